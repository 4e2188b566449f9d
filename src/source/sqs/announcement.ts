import type { KnownObject } from '../s3/object.ts'
import { decoded, type Fields, field, parsed, text } from './fields.ts'

/** An object that a message tells of. */
export interface AnnouncedObject extends KnownObject {
  readonly bucket: string
}

/** What a message says. */
export interface Announcement {
  /** Objects that were made. */
  readonly objects: readonly AnnouncedObject[]
  /** Records of CloudTrail that it brings itself. */
  readonly records: readonly object[]
  /** Events of another kind: S3's test, deletions, restores. */
  readonly otherEvents: number
  /** Why it, or some of it, could not be read; null: all of it was. */
  readonly problem: string | null
}

/** SNS around EventBridge around an event is as deep as it gets. */
const MOST_WRAPPINGS = 3
/** Names of buckets, those of before 2018 included, and nothing else that a client would take for one. */
const BUCKET = /^[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]$/

/** `AWS API Call via CloudTrail`, sign-ins, service events. */
const OF_CLOUDTRAIL = /^AWS [\w -]{1,60} via CloudTrail$/
const INSIGHT = 'AWS Insight via CloudTrail'

/**
 * Reads a message body: S3's event notification as it stands, wrapped by SNS or by EventBridge, CloudTrail's own
 * notification of delivered files, or a record of CloudTrail as EventBridge has it. Never throws.
 */
export function readAnnouncement(body: string): Announcement {
  return announcementIn(parsed(body), MOST_WRAPPINGS)
}

function announcementIn(message: Fields | null, wrappings: number): Announcement {
  if (message === null) return unreadable('it is no JSON object')
  if (Array.isArray(message['Records'])) return joined(message['Records'].map(ofRecord))
  if (message['Event'] === 's3:TestEvent') return OTHER
  if (typeof message['detail-type'] === 'string') return ofEventBridge(message)
  if (Array.isArray(message['s3ObjectKey'])) return ofCloudTrail(message)
  const { Type: type, Message: inner } = message
  if (type === 'Notification' && typeof inner === 'string' && wrappings > 0)
    return announcementIn(parsed(inner), wrappings - 1)
  if (type === 'SubscriptionConfirmation')
    return unreadable('SNS asks for a subscription to be confirmed: open its SubscribeURL')
  return unreadable('it is none of what S3, SNS, EventBridge and CloudTrail send')
}

/** One of S3's records, whose keys are encoded as in the query of a URL. */
function ofRecord(record: unknown): Announcement {
  const event = text(record, 'eventName')
  const s3 = field(record, 's3')
  if (event === null || text(record, 'eventSource') !== 'aws:s3' || s3 === undefined)
    return unreadable('one of its records is no event of S3')
  if (!/^(s3:)?ObjectCreated:/.test(event)) return OTHER
  const object = field(s3, 'object')
  const key = decoded(text(object, 'key'))
  return announced(text(field(s3, 'bucket'), 'name'), key, {
    ...{ etag: text(object, 'eTag'), size: field(object, 'size') },
  })
}

/** EventBridge has keys as they are. */
function ofEventBridge(message: Fields): Announcement {
  if (OF_CLOUDTRAIL.test(String(message['detail-type']))) return ofCall(message)
  if (message['source'] !== 'aws.s3')
    return unreadable(`it is an event of ${text(message, 'source') ?? 'nobody'}, not of aws.s3`)
  if (message['detail-type'] !== 'Object Created') return OTHER
  const object = field(message['detail'], 'object')
  const bucket = text(field(message['detail'], 'bucket'), 'name')
  const known = { etag: text(object, 'etag'), size: field(object, 'size') }
  return announced(bucket, text(object, 'key'), known)
}

/**
 * Nobody but AWS may send events from `aws.*`: what others put onto a bus counts for nothing. An Insight record is passed on
 * as it would stand in a file.
 */
function ofCall(message: Fields): Announcement {
  const source = text(message, 'source') ?? 'nobody'
  if (!source.startsWith('aws.'))
    return message['detail-type'] === INSIGHT
      ? OTHER
      : unreadable(`it is an event of ${source}, not of AWS`)
  const { detail, account } = message
  if (typeof detail !== 'object' || detail === null || Array.isArray(detail))
    return unreadable('its detail is no record of CloudTrail')
  // Whose call it is, where the record does not say so itself.
  const isAccount = typeof account === 'string' && /^\d{12}$/.test(account)
  const owner = isAccount && !Object.hasOwn(detail, 'recipientAccountId')
  const record = owner ? { ...detail, recipientAccountId: account } : detail
  return { ...NOTHING, records: [record] }
}

/** CloudTrail's notification knows neither ETag nor size. */
function ofCloudTrail(message: Fields): Announcement {
  const bucket = text(message, 's3Bucket')
  const keys = message['s3ObjectKey'] as readonly unknown[]
  const unknown = { etag: null, size: null }
  return joined(keys.map((key) => announced(bucket, typeof key === 'string' ? key : null, unknown)))
}

function announced(
  bucket: string | null,
  key: string | null,
  { etag, size }: { readonly etag: string | null; readonly size: unknown },
): Announcement {
  if (bucket === null || !BUCKET.test(bucket) || key === null)
    return unreadable('it names no bucket, or no key in it')
  const isSize = Number.isSafeInteger(size) && Number(size) >= 0
  const known = { etag: etag?.replaceAll('"', '') ?? null, size: isSize ? Number(size) : null }
  return { ...NOTHING, objects: [{ bucket, key, ...known }] }
}

function joined(parts: readonly Announcement[]): Announcement {
  return {
    objects: parts.flatMap(({ objects }) => objects),
    records: parts.flatMap(({ records }) => records),
    otherEvents: parts.reduce((sum, { otherEvents }) => sum + otherEvents, 0),
    problem: parts.find(({ problem }) => problem !== null)?.problem ?? null,
  }
}

const NOTHING: Announcement = { objects: [], records: [], otherEvents: 0, problem: null }
const OTHER: Announcement = { ...NOTHING, otherEvents: 1 }

function unreadable(problem: string): Announcement {
  return { ...NOTHING, problem }
}
