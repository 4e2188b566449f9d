import { Fault } from '../base/fault.ts'
import type { AwsDoor } from './aws/door.ts'
import { troubleOf, unreachable } from './lookup/trouble.ts'
import { type Bucket, bucketOf } from './s3/door.ts'
import { Batch, type Beat } from './sqs/batch.ts'
import { type Queue, queueOf } from './sqs/door.ts'

/** Which queue to read, as whom, and how patiently. */
export interface S3QueueOptions extends AwsDoor {
  /** `https://sqs.REGION.amazonaws.com/ACCOUNT/NAME`. */
  readonly url: string
  /** A message received so often is not left for another try. */
  readonly receives: number
  /** How long a message in hand is kept from others at a time; it is renewed as long as it is worked on. */
  readonly visibilitySeconds: number
  /** Ends waiting, and has no object begun any more. */
  readonly signal: AbortSignal
  /** What keeps time for the renewals; the process's own timers unless said otherwise. */
  readonly beat?: Beat
}

/** A queue that is told of new objects. */
export interface S3Queue {
  readonly title: string
  /** Up to ten messages, as soon as there are any; null: there were none within `waitSeconds` (0 to 20), or it was told to stop. */
  receive(waitSeconds: number): Promise<Batch | null>
}

/**
 * Trail files as a queue announces them. A message tells where objects are and says nothing else that counts: the ledger
 * decides what is new. Throws `USAGE` for a malformed address; receiving throws `INPUT_NOT_FOUND` where there is no such
 * queue, `AWS_ACCESS` without permission, `AWS_UNREACHABLE` without an answer. The SDK is loaded when receiving.
 */
export function s3Queue(options: S3QueueOptions): S3Queue {
  const { url, signal, visibilitySeconds } = options
  const title = titleOf(url)
  let opened: Promise<Queue> | null = null
  const bucket = buckets(options)
  return {
    title,
    async receive(waitSeconds) {
      if (signal.aborted) return null
      try {
        opened ??= queueOf(url, options)
        const queue = await opened
        const messages = await queue.receive({ waitSeconds, visibilitySeconds, signal })
        if (messages.length === 0) return null
        const faultOf = (error: unknown) => queueFault(error, title)
        return new Batch(messages, { ...options, queue, title, bucket, faultOf })
      } catch (error) {
        if (signal.aborted) return null
        throw queueFault(error, title)
      }
    },
  }
}

/** `sqs://ACCOUNT/NAME`. */
function titleOf(url: string): string {
  const [, account, name] =
    /^https?:\/\/[^/\s]+\/(?:\S+\/)?(\d{12})\/([\w.-]{1,80})$/.exec(url) ?? []
  if (account !== undefined) return `sqs://${account}/${name}`
  throw new Fault(
    'USAGE',
    `'${url}' is no queue: write https://sqs.REGION.amazonaws.com/ACCOUNT/NAME, as "aws sqs get-queue-url" prints it`,
  )
}

/** Buckets by name, each opened when something of it is read. */
function buckets(door: AwsDoor): (name: string) => Pick<Bucket, 'read'> {
  const opened = new Map<string, Promise<Bucket>>()
  return (name) => ({
    async *read(key) {
      const known = opened.get(name) ?? bucketOf(name, door)
      opened.set(name, known)
      yield* (await known).read(key)
    },
  })
}

function queueFault(error: unknown, title: string): unknown {
  if (!(error instanceof Error) || error instanceof Fault) return error
  const said = `${error.name}: ${error.message}`
  if (/QueueDoesNotExist|NonExistentQueue|InvalidAddress/.test(error.name)) {
    const message = `there is no queue behind ${title} (${said})`
    return new Fault('INPUT_NOT_FOUND', message, { cause: error })
  }
  const trouble = troubleOf(error)
  if (trouble === 'busy') return unreachable(error, title)
  if (trouble !== 'access') return error
  return new Fault(
    'AWS_ACCESS',
    `AWS refused ${title} (${said}): expected credentials that allow sqs:ReceiveMessage, sqs:DeleteMessage and sqs:ChangeMessageVisibility there, and s3:GetObject on what it announces; name a profile with --profile, sign in again ("aws sso login"), or set the AWS_… environment variables`,
    { cause: error },
  )
}
