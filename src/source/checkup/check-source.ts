import { Fault } from '../../base/fault.ts'
import { type Checked, doubtful, type Finding, failing, fine } from '../../base/finding.ts'
import type { AwsDoor } from '../aws/door.ts'
import { localFiles } from '../local-files.ts'
import { callerFor } from '../lookup/ask.ts'
import { type Bucket, bucketOf, type Listed } from '../s3/door.ts'
import { listTrail } from '../s3/list-trail.ts'
import { bucketAddress } from '../s3-objects.ts'
import { queueOf } from '../sqs/door.ts'
import { awsFinding } from './aws-finding.ts'

const DAY_MS = 86_400_000
const RECENT_DAYS = 2

/** Whether a file or folder of this machine is there and can be read. Nothing is opened. */
export async function checkFiles(path: string): Promise<readonly Finding[]> {
  const of = { check: 'files', place: path }
  try {
    for await (const first of localFiles([path]).list()) {
      if (first.kind === 'object') return [fine(of, 'it is there')]
      return [failing(of, `${first.key} cannot be read`, 'look at its permissions')]
    }
    return [doubtful(of, 'there is no file in it')]
  } catch (error) {
    if (error instanceof Fault) return [failing(of, error.message)]
    throw error
  }
}

/** Whether a bucket can be listed, and one of its newest files be read: its beginning is fetched. Throws `USAGE` for what is no address. */
export async function checkBucket(
  url: string,
  door: AwsDoor,
  nowMs: number,
): Promise<readonly Finding[]> {
  const { name, prefix } = bucketAddress(url)
  const listing = { check: 'list', place: url }
  try {
    const bucket = await bucketOf(name, door)
    const recent = await recentFile(bucket, prefix, nowMs)
    const file = recent ?? (await bucket.list({ prefix })).objects[0]
    if (file === undefined)
      return [doubtful(listing, 'there is nothing', 'name the prefix that holds AWSLogs')]
    const listed =
      recent === undefined
        ? doubtful(listing, `nothing was delivered in the last ${RECENT_DAYS} days`)
        : fine(listing, 'it can be listed')
    return [listed, await checkObject(bucket, file, url)]
  } catch (error) {
    return [awsFinding(listing, error, { action: 's3:ListBucket' })]
  }
}

async function recentFile(
  bucket: Bucket,
  prefix: string,
  nowMs: number,
): Promise<Listed | undefined> {
  const span = { fromMs: nowMs - RECENT_DAYS * DAY_MS, untilMs: nowMs }
  for await (const file of listTrail(bucket, prefix, { span, files: 'events' })) return file
  return undefined
}

async function checkObject(bucket: Bucket, { key }: Listed, place: string): Promise<Finding> {
  const of: Checked = { check: 'read', place }
  try {
    for await (const _ of bucket.read(key)) break
    return fine(of, `${key} can be read`)
  } catch (error) {
    return awsFinding(of, error, { action: 's3:GetObject' })
  }
}

/** Whether events of a Region can be looked up: one is. */
export async function checkLookup(
  region: string,
  door: AwsDoor,
  nowMs: number,
): Promise<readonly Finding[]> {
  const of = { check: 'lookup', place: `lookup://${region}` }
  try {
    const { ask } = await callerFor({ ...door, region })
    await ask({ fromMs: nowMs - DAY_MS, untilMs: nowMs, token: undefined, most: 1 })
    return [fine(of, 'events can be looked up')]
  } catch (error) {
    return [awsFinding(of, error, { action: 'cloudtrail:LookupEvents' })]
  }
}

/** Whether a queue is there, and what waits in it. No message is received. */
export async function checkQueue(url: string, door: AwsDoor): Promise<readonly Finding[]> {
  const of = { check: 'queue', place: url }
  try {
    const { waiting, inHand } = await (await queueOf(url, door)).backlog()
    return [fine(of, `messages waiting: ${waiting}, in hand: ${inHand}`)]
  } catch (error) {
    return [awsFinding(of, error, { action: 'sqs:GetQueueAttributes', isDoctorsOwn: true })]
  }
}
