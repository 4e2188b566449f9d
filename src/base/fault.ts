/** What can go wrong in the world: a code for machines, its exit code and its HTTP status. `faults.md` has the remedies. */
export const FAULTS = {
  USAGE: { exit: 2, status: 400 },
  SETTINGS_INVALID: { exit: 2, status: 400 },
  INPUT_INCOMPLETE: { exit: 3, status: 500 },
  INPUT_NOT_FOUND: { exit: 2, status: 404 },
  COUNTS_INVALID: { exit: 2, status: 400 },
  NOT_FOUND: { exit: 4, status: 404 },
  NOT_ENOUGH_BASELINE: { exit: 5, status: 409 },
  AWS_ACCESS: { exit: 6, status: 502 },
  AWS_UNREACHABLE: { exit: 69, status: 502 },
  SINK_FAILED: { exit: 7, status: 502 },
  WORKER_LOST: { exit: 71, status: 500 },
  STORE_DAMAGED: { exit: 65, status: 503 },
  STORE_VERSION: { exit: 65, status: 503 },
  STORE_MISSING: { exit: 4, status: 503 },
  STORAGE_FAILED: { exit: 74, status: 503 },
  STORE_LOCKED: { exit: 75, status: 503 },
} as const

export type FaultCode = keyof typeof FAULTS

/** The world is wrong: the message says what was expected, what came, and what to do next. */
export class Fault extends Error {
  readonly code: FaultCode
  override readonly name = 'Fault'

  constructor(code: FaultCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
