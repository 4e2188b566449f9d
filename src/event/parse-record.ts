import type { ApiCall, FileContext, Reading, RejectionCode } from './api-call.ts'
import { parseEventTime } from './event-time.ts'
import { type CategoryFields, categoryOf, isInsight } from './fields/category.ts'
import { eventIdOf, namedId } from './fields/event-id.ts'
import { ARN_BYTES, identityOf } from './fields/identity.ts'
import { readOnlyOf } from './fields/read-only.ts'
import { clip, sampleOf } from './fields/text.ts'

/** What is known beside the record itself. */
export type RecordContext = Pick<FileContext, 'account' | 'stampMs'>

/**
 * One record, as `JSON.parse` gives it, to a call. Only what AWS itself sets can reject it: the time, the source and the
 * name; odd values anywhere else become text or nothing. Fields are read one by one and the record is never copied or
 * written out again, so its depth and its other keys do not matter.
 *
 * @param recordBytes the record as it stood in the file: what names it if it has no eventID, and the sample if rejected
 */
export function parseRecord(
  record: unknown,
  recordBytes: Uint8Array | string,
  context: RecordContext,
): Reading {
  if (!isFields(record)) return rejected('NOT_AN_OBJECT', recordBytes, context.account)
  if (isInsight(record)) return { kind: 'insight', record }
  const account = accountOf(record) ?? context.account
  const timeMs = timeOf(record, context.stampMs)
  if (typeof timeMs !== 'number') return rejected(timeMs, recordBytes, account)
  const eventSource = nameOf(record.eventSource)
  if (eventSource === null) return rejected('SOURCE_MISSING', recordBytes, account)
  const eventName = nameOf(record.eventName)
  if (eventName === null) return rejected('NAME_MISSING', recordBytes, account)
  const category = categoryOf(record)
  const call: ApiCall = {
    account: account ?? 'unknown',
    region: textOf(record.awsRegion) ?? 'unknown',
    category,
    eventSource,
    eventName,
    timeMs,
    errorCode: errorCodeOf(record.errorCode),
    readOnly: readOnlyOf(record.readOnly, eventName),
    identity: identityOf(record.userIdentity),
    userAgent: textOf(record.userAgent),
    resource: category === 'Data' ? firstArn(record.resources) : null,
    eventId: eventIdOf(record.eventID, recordBytes),
    replaces: replacedId(record.addendum),
  }
  return { kind: 'call', call }
}

/** A record, or what stands where a record was expected, that is not counted. */
export function rejected(
  code: RejectionCode,
  recordBytes: Uint8Array | string,
  account: string | null,
): Reading {
  return { kind: 'rejected', code, account, sample: sampleOf(recordBytes) }
}

const NAME_BYTES = 1024
const ACCOUNT = /^\d{12}$/
/** An event's time may lie this long after the delivery stamp of its file. */
export const DELIVERY_SLACK_MS: number = 15 * 60_000

interface Fields extends CategoryFields {
  readonly eventTime?: unknown
  readonly '@timestamp'?: unknown
  readonly awsRegion?: unknown
  readonly errorCode?: unknown
  readonly readOnly?: unknown
  readonly userIdentity?: unknown
  readonly userAgent?: unknown
  readonly resources?: unknown
  readonly recipientAccountId?: unknown
  readonly eventID?: unknown
  readonly addendum?: unknown
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function accountOf(record: Fields): string | null {
  const caller = record.userIdentity as { readonly accountId?: unknown } | null | undefined
  return accountText(record.recipientAccountId) ?? accountText(caller?.accountId)
}

function accountText(value: unknown): string | null {
  return typeof value === 'string' && ACCOUNT.test(value) ? value : null
}

function timeOf(record: Fields, stampMs: number | null): number | RejectionCode {
  const text = record.eventTime ?? record['@timestamp']
  if (text === undefined || text === null) return 'TIME_MISSING'
  if (typeof text !== 'string') return 'TIME_INVALID'
  const timeMs = parseEventTime(text)
  if (typeof timeMs !== 'number' || stampMs === null) return timeMs
  return timeMs > stampMs + DELIVERY_SLACK_MS ? 'TIME_AFTER_DELIVERY' : timeMs
}

function nameOf(value: unknown): string | null {
  if (typeof value !== 'string' || value === '') return null
  if (value.length * 3 > NAME_BYTES && Buffer.byteLength(value) > NAME_BYTES) return null
  return clip(value, NAME_BYTES)
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? clip(value, NAME_BYTES) : null
}

function errorCodeOf(value: unknown): string | null {
  if (value === undefined || value === null) return null
  // An object's own text could be made to take any time and depth, so its kind has to do.
  return textOf(typeof value === 'object' ? 'object' : String(value))
}

/** The first ARN in a record's resources. */
export function firstArn(resources: unknown): string | null {
  if (!Array.isArray(resources)) return null
  for (const resource of resources) {
    const arn: unknown = resource?.ARN
    if (typeof arn === 'string' && arn !== '') return clip(arn, ARN_BYTES)
  }
  return null
}

function replacedId(addendum: unknown): string | null {
  if (!isFields(addendum)) return null
  const { reason, originalEventID } = addendum as Addendum
  return reason === 'UPDATED_DATA' ? namedId(originalEventID) : null
}

interface Addendum {
  readonly reason?: unknown
  readonly originalEventID?: unknown
}
