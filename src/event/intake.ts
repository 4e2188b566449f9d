import type { FileContext, Reading, RejectionCode } from './api-call.ts'
import { decode } from './fields/text.ts'
import { parseRecord, rejected } from './parse-record.ts'
import { skipped } from './stop-reading.ts'

/** A file that begins with this many values of which none is CloudTrail's is taken for something else. */
const FOREIGN_VALUES = 1000

/**
 * Where the values of a file arrive: it reads the records in them, counts, and passes them on. What comes before the
 * first sign of CloudTrail is held back, so that a file of something else gives no rejections.
 */
export class Intake {
  /** Everything that stood where a record belongs. */
  records = 0
  insights = 0
  /** Lines and rows that were none. */
  brokenLines = 0
  /** Whether anything in the file can only be CloudTrail's. */
  isTrail = false
  readonly context: FileContext
  readonly #take: (reading: Reading) => void
  #foreign: Reading[] = []

  constructor(context: FileContext, take: (reading: Reading) => void) {
    this.context = context
    this.#take = take
  }

  /** One value that stands where a record belongs: a record, or what LookupEvents or EventBridge put around one. */
  value(value: unknown, bytes: Uint8Array | string): void {
    const embedded = embeddedIn(value)
    if (embedded === undefined) {
      this.reading(parseRecord(value, bytes, this.context), this.isTrail || isRecordLike(value))
      return
    }
    this.reading(readEmbedded(embedded, bytes, this.context), true)
  }

  /** Something unreadable that stands where a record belongs; only its beginning is needed. */
  reject(code: RejectionCode, start: Uint8Array | string): void {
    if (code === 'LINE_NOT_JSON' || code === 'ROW_NOT_CSV') this.brokenLines++
    const text = typeof start === 'string' ? start : decode(start)
    this.reading(rejected(code, start, this.context.account), hasTrailMark(text))
  }

  /** Counts one reading and passes it on. */
  reading(reading: Reading, isTrail: boolean): void {
    this.records++
    if (reading.kind === 'insight') this.insights++
    if (isTrail && !this.isTrail) this.recognise()
    if (this.isTrail) this.#take(reading)
    else if (this.#foreign.push(reading) > FOREIGN_VALUES) throw skipped('NOT_CLOUDTRAIL')
  }

  /** The file is CloudTrail's: what was held back goes on. */
  recognise(): void {
    this.isTrail = true
    for (const reading of this.#foreign) this.#take(reading)
    this.#foreign = []
  }
}

/** Whether text names a field that hardly anything but CloudTrail has. */
export function hasTrailMark(text: string): boolean {
  return TRAIL_MARK.test(text)
}

/** The top-level fields of a record that tell it from other JSON: it has at least two of them. */
export const RECORD_FIELDS = [
  ...['eventVersion', 'eventTime', 'eventSource', 'eventName', 'eventID', 'eventType'],
  ...['awsRegion', 'userIdentity', 'recipientAccountId', 'eventCategory'],
] as const

const TRAIL_MARK =
  /"(?:eventVersion|eventTime|eventSource|eventName|userIdentity|CloudTrailEvent|Records)"/

function isRecordLike(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return RECORD_FIELDS.filter((field) => Object.hasOwn(value, field)).length >= 2
}

function embeddedIn(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  if (Object.hasOwn(value, EMBEDDED)) return (value as Wrapped)[EMBEDDED]
  return isBusEvent(value) ? value.detail : undefined
}

/** Whether it is what EventBridge makes of a record; one that is a call by itself is none, whatever else it holds. */
function isBusEvent(value: object): value is Wrapped {
  const { [BUS_FIELD]: type, detail } = value as Wrapped
  if (typeof type !== 'string' || !type.endsWith(' via CloudTrail')) return false
  return typeof detail === 'object' && detail !== null && !Object.hasOwn(value, 'eventName')
}

const EMBEDDED = 'CloudTrailEvent'
const BUS_FIELD = 'detail-type'
interface Wrapped {
  readonly [EMBEDDED]?: unknown
  readonly [BUS_FIELD]?: unknown
  readonly detail?: unknown
}

function readEmbedded(embedded: unknown, itemBytes: Uint8Array | string, context: FileContext) {
  const reject = () => rejected('EMBEDDED_NOT_JSON', itemBytes, context.account)
  if (typeof embedded === 'object' && embedded !== null)
    return parseRecord(embedded, itemBytes, context)
  if (typeof embedded !== 'string') return reject()
  try {
    return parseRecord(JSON.parse(embedded), embedded, context)
  } catch {
    return reject()
  }
}
