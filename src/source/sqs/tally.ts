/** What became of messages. received = deleted + undeleted + left + returned. */
export interface QueueTally {
  readonly received: number
  readonly deleted: number
  /** Done with, but the queue would not delete them: they come again, and are known then. */
  readonly undeleted: number
  /** For another try: something of them could not be read. */
  readonly left: number
  /** Given back as they came, when the watch was told to stop. */
  readonly returned: number
  /** Objects they announced that hold none: digests, Insights files, folders. */
  readonly passedOver: number
  /** Events other than a new object: S3's test, deletions. */
  readonly otherEvents: number
  /** What went wrong and is tried again, for people. */
  readonly troubles: readonly string[]
}

export const emptyQueueTally: QueueTally = {
  ...{ received: 0, deleted: 0, undeleted: 0, left: 0, returned: 0 },
  ...{ passedOver: 0, otherEvents: 0, troubles: [] },
}

/** The sum of two tallies. */
export function addQueueTally(a: QueueTally, b: QueueTally): QueueTally {
  return {
    received: a.received + b.received,
    deleted: a.deleted + b.deleted,
    undeleted: a.undeleted + b.undeleted,
    left: a.left + b.left,
    returned: a.returned + b.returned,
    passedOver: a.passedOver + b.passedOver,
    otherEvents: a.otherEvents + b.otherEvents,
    troubles: [...a.troubles, ...b.troubles],
  }
}
