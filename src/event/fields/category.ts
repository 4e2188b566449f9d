import type { Category } from '../api-call.ts'

/** The fields of a record that say which category it is of. */
export interface CategoryFields {
  readonly eventCategory?: unknown
  readonly managementEvent?: unknown
  readonly eventType?: unknown
  readonly eventSource?: unknown
  readonly eventName?: unknown
}

/**
 * The category of a call. `eventCategory` says it since eventVersion 1.07 and `managementEvent` since 1.06; before, an
 * S3 call on objects or a Lambda invocation could be logged as a data event only, so these names are Data and all
 * others Management. Unknown categories are inferred in the same way.
 */
export function categoryOf(record: CategoryFields): Category {
  const { eventCategory, managementEvent } = record
  if (isCategory(eventCategory)) return eventCategory
  if (record.eventType === 'AwsVpceEvent') return 'NetworkActivity'
  if (isFlag(managementEvent, false)) return 'Data'
  if (isFlag(managementEvent, true)) return 'Management'
  return isDataEventName(record.eventSource, record.eventName) ? 'Data' : 'Management'
}

/** Insight records tell of calls and are none. */
export function isInsight(record: CategoryFields): boolean {
  return record.eventType === 'AwsCloudTrailInsight' || record.eventCategory === 'Insight'
}

function isCategory(value: unknown): value is Category {
  return value === 'Management' || value === 'Data' || value === 'NetworkActivity'
}

function isFlag(value: unknown, expected: boolean): boolean {
  return value === expected || value === String(expected)
}

function isDataEventName(source: unknown, name: unknown): boolean {
  if (source === 'lambda.amazonaws.com') return name === 'Invoke'
  return source === 's3.amazonaws.com' && typeof name === 'string' && S3_OBJECT_CALLS.has(name)
}

// "Amazon S3 object-level actions that are tracked by AWS CloudTrail logging", Amazon S3 User Guide.
const S3_OBJECT_CALLS: ReadonlySet<string> = new Set([
  'AbortMultipartUpload',
  'CompleteMultipartUpload',
  'CopyObject',
  'CreateMultipartUpload',
  'DeleteObject',
  'DeleteObjects',
  'DeleteObjectTagging',
  'GetObject',
  'GetObjectAcl',
  'GetObjectAttributes',
  'GetObjectLockLegalHold',
  'GetObjectLockRetention',
  'GetObjectTagging',
  'GetObjectTorrent',
  'HeadBucket',
  'HeadObject',
  'ListMultipartUploads',
  'ListObjects',
  'ListObjectVersions',
  'ListParts',
  'PutObject',
  'PutObjectAcl',
  'PutObjectLockLegalHold',
  'PutObjectLockRetention',
  'PutObjectTagging',
  'RestoreObject',
  'SelectObjectContent',
  'UploadPart',
  'UploadPartCopy',
])
