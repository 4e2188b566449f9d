/** CloudTrail's event categories that are calls. Insight records are not. */
export type Category = 'Management' | 'Data' | 'NetworkActivity'

/** What a series is: one API of one account, Region and category. */
export interface SeriesKey {
  readonly account: string
  readonly region: string
  readonly category: Category
  readonly eventSource: string
  readonly eventName: string
}

/** The few fields of a CloudTrail record that are counted. Plain strings; nothing else of the record is kept. */
export interface ApiCall extends SeriesKey {
  /** Epoch milliseconds, UTC. */
  readonly timeMs: number
  /** `null` is success. */
  readonly errorCode: string | null
  readonly readOnly: boolean
  /** The caller's ARN without session name, or what stands for it (`root`, a service name); `null` where nothing does. */
  readonly identity: string | null
  readonly userAgent: string | null
  /** Data events only: the first resource's ARN. */
  readonly resource: string | null
  /** 16 bytes as 32 hexadecimal digits: the eventID (a GUID), or the first half of a SHA-256 of it or of the record. */
  readonly eventId: string
  /** An `UPDATED_DATA` addendum replaces this event (same form as eventId). */
  readonly replaces: string | null
}

/** Why a record is not counted. Only what AWS itself sets (time, source, name), size and syntax may reject. */
export const REJECTIONS = {
  TIME_MISSING: 'has neither eventTime nor @timestamp',
  TIME_INVALID: 'eventTime is not a UTC time such as 2026-10-21T02:35:00Z',
  TIME_OUT_OF_RANGE: 'eventTime lies outside the years 2006 to 2100',
  TIME_AFTER_DELIVERY: 'eventTime lies more than 15 minutes after the delivery stamp of its file',
  SOURCE_MISSING: 'eventSource is missing, no text or longer than 1 KiB',
  NAME_MISSING: 'eventName is missing, no text or longer than 1 KiB',
  NOT_AN_OBJECT: 'is not a JSON object',
  RECORD_TOO_LARGE: 'is larger than 2 MiB (CloudTrail writes at most 256 KB)',
  LINE_NOT_JSON: 'is a line that is no JSON',
  ROW_NOT_CSV: 'is a CSV row with more or fewer fields than the header',
  EMBEDDED_NOT_JSON: 'CloudTrailEvent is not the JSON text of a record',
  FILE_DAMAGED: 'stands in a file that is damaged further on, which counts whole or not at all',
} as const

export type RejectionCode = keyof typeof REJECTIONS

/** One record as read: a call to count, an Insights record (as `JSON.parse` gives it), or a rejection. */
export type Reading =
  | { readonly kind: 'call'; readonly call: ApiCall }
  | { readonly kind: 'insight'; readonly record: unknown }
  | Rejected

export interface Rejected {
  readonly kind: 'rejected'
  readonly code: RejectionCode
  readonly account: string | null
  /** The first bytes of the record as text, at most 4 KiB. */
  readonly sample: string
}

/** Why a whole file is not counted. */
export const DAMAGES = {
  GZIP_CUT_OFF: 'the gzip data ends early: copy the file again',
  GZIP_CORRUPT: 'the gzip data is damaged (wrong checksum or format): copy the file again',
  GZIP_BOMB:
    'it inflates beyond the limits for a trail file (limits.inflatedBytes, limits.inflateRatio)',
  NOT_UTF8: 'it is UTF-16 or UTF-32: convert it, for example with iconv -t UTF-8',
  JSON_CUT_OFF: 'the JSON ends early: copy the file again',
  JSON_INVALID: 'it is not valid JSON',
  RECORDS_NOT_AN_ARRAY: 'Records (or Events) is not an array',
  RECORDS_REPEATED: 'it has Records (or Events) more than once, so readers would disagree about it',
  CSV_CUT_OFF: 'the CSV ends inside a quoted field: export it again',
  TOO_LARGE:
    'it is larger than it may be (limits.storedBytes, limits.inflatedBytes, for CSV limits.wholeFileBytes)',
  READ_FAILED: 'the operating system could not read it',
  NOT_A_REGULAR_FILE:
    'it is not a regular file (a FIFO, socket or device): name it - and pipe it in',
  NO_PERMISSION: 'permission to read it is missing',
  NO_ANNOUNCEMENT: 'it is a message of a queue that announces no S3 objects',
  NOT_AS_SIGNED: 'its content is not what CloudTrail signed',
} as const

export type DamageCode = keyof typeof DAMAGES

/** Why a file is passed over without complaint. */
export type SkipCode = 'EMPTY' | 'DIGEST' | 'INSIGHT' | 'NOT_CLOUDTRAIL'

/** How records were framed in the file. */
export type Framing = 'records' | 'array' | 'single' | 'lines' | 'lookup' | 'csv'

/** What became of one file, read to its end. */
export interface FileReading {
  readonly outcome: 'done' | 'partial' | 'failed' | 'skipped'
  /** `partial`: some lines or rows were no records. Codes belong to failed and skipped files. */
  readonly code: DamageCode | SkipCode | null
  /** For people, about `failed`: what was expected, what came, where (byte offset). */
  readonly message: string | null
  readonly framing: Framing | null
  /** Hexadecimal SHA-256 of the bytes as stored, or null where they were not read to their end. */
  readonly sha256: string | null
  readonly storedBytes: number
  readonly inflatedBytes: number
  /**
   * Every record seen, whatever became of it: Insight records and broken lines included, and in a damaged document those
   * that can still be told after the damage. 0 where nothing is CloudTrail's.
   */
  readonly records: number
}

/** Limits of one file; bytes. */
export interface FileLimits {
  readonly storedBytes: number
  readonly inflatedBytes: number
  readonly inflateRatio: number
  readonly recordBytes: number
  /** Formats that must be held whole (CSV). */
  readonly wholeFileBytes: number
}

/** What is known of a file before it is read. */
export interface FileContext {
  /** From the path, else `--account`. */
  readonly account: string | null
  /** Delivery stamp, epoch milliseconds, where the name has one. */
  readonly stampMs: number | null
  readonly limits: FileLimits
  /** Whether what does not count must be valid JSON too, which takes several times as long to tell. */
  readonly strictJson?: boolean
}
