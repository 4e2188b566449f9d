import type {
  ApiCall,
  FileContext,
  FileLimits,
  FileReading,
  Reading,
  RejectionCode,
} from '../../src/event/api-call.ts'
import { readTrailFile } from '../../src/event/read-trail-file.ts'
import { FILE_LIMITS } from './file-limits.ts'

/** A record as CloudTrail writes it, the `at`-th of many: one call a second, each with an id of its own. */
export function trailRecord(at: number, changes: object = {}): Record<string, unknown> {
  return {
    eventVersion: '1.11',
    userIdentity: {
      type: 'AssumedRole',
      arn: `arn:aws:sts::111122223333:assumed-role/deploy/session-${at}`,
      accountId: '111122223333',
    },
    eventTime: new Date(Date.UTC(2026, 2, 2, 12, 0, at)).toISOString().replace('.000Z', 'Z'),
    eventSource: 'ec2.amazonaws.com',
    eventName: 'RunInstances',
    awsRegion: 'eu-west-1',
    userAgent: 'aws-cli/2.31',
    requestParameters: { instancesSet: { items: [{ imageId: 'ami-1' }] } },
    eventID: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: '111122223333',
    eventCategory: 'Management',
    ...changes,
  }
}

/** The text of `{"Records":[…]}` around texts of records. */
export function recordsText(...records: readonly string[]): string {
  return `{"Records":[${records.join(',')}]}`
}

/** What a file gave: the verdict and every reading. */
export interface Outcome {
  readonly file: FileReading
  readonly readings: readonly Reading[]
}

/** How a test reads: where the chunks are cut, and what differs from the default context. */
export interface ReadOptions {
  readonly chunkBytes?: number
  readonly account?: string
  readonly stampMs?: number
  readonly limits?: Partial<FileLimits>
}

/** Reads content through the front door. */
export async function readContent(
  content: Uint8Array | string,
  options: ReadOptions = {},
): Promise<Outcome> {
  const readings: Reading[] = []
  const bytes = Buffer.from(content)
  const context: FileContext = {
    account: options.account ?? null,
    stampMs: options.stampMs ?? null,
    limits: { ...FILE_LIMITS, ...options.limits },
  }
  const file = await readTrailFile(chunks(bytes, options.chunkBytes), context, (reading) =>
    readings.push(reading),
  )
  return { file, readings }
}

/** Content in chunks of one size; each is overwritten after use, as a source that keeps one buffer would. */
export async function* chunks(content: Buffer, chunkBytes = 65_536): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += chunkBytes) {
    const chunk = Buffer.from(content.subarray(at, at + chunkBytes))
    yield chunk
    chunk.fill('?')
  }
}

/** The calls among readings. */
export function callsOf(readings: readonly Reading[]): readonly ApiCall[] {
  return readings.flatMap((reading) => (reading.kind === 'call' ? [reading.call] : []))
}

/** The codes of the rejections among readings, in order. */
export function codesOf(readings: readonly Reading[]): readonly RejectionCode[] {
  return readings.flatMap((reading) => (reading.kind === 'rejected' ? [reading.code] : []))
}
