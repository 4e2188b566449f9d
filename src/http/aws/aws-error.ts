/** Errors of the CloudTrail protocol that are not answered with status 400. */
const STATUS: Readonly<Record<string, number>> = {
  TrailNotFoundException: 404,
  AccessDeniedException: 403,
  EventDataStoreNotFoundException: 404,
  InternalFailure: 500,
  ServiceUnavailable: 503,
}

/** What AWS's clients turn into their own exceptions: the shape's name, and words for people. */
export class AwsError extends Error {
  override readonly name: string

  constructor(shape: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = shape
  }

  get status(): number {
    return STATUS[this.name] ?? 400
  }
}
