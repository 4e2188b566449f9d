import { awsConfig } from '../aws/client.ts'
import { type AwsDoor, withRegion } from '../aws/door.ts'

/** A message in hand: nobody else is given it until its visibility runs out. */
export interface Message {
  readonly id: string
  /** Names this receive of it, to delete it or keep it in hand. */
  readonly receipt: string
  readonly body: string
  /** How often it was received by now, this time included. */
  readonly receives: number
}

/** What is asked of a queue. Rejects with the SDK's own errors, after its tries. */
export interface Queue {
  /** Up to ten messages, as soon as there are any; none after `waitSeconds` (0 to 20), or when `signal` says so. */
  receive(how: {
    readonly waitSeconds: number
    readonly visibilitySeconds: number
    readonly signal: AbortSignal
  }): Promise<readonly Message[]>
  /** Deletes up to ten messages; answers how many could not be. */
  remove(messages: readonly Message[]): Promise<number>
  /** Keeps up to ten messages in hand for so long from now on; 0 gives them back. */
  hold(messages: readonly Message[], visibilitySeconds: number): Promise<void>
  /** About how many messages wait, and how many somebody has in hand. */
  backlog(): Promise<{ readonly waiting: number; readonly inHand: number }>
}

const MOST_MESSAGES = 10

/** Loads the AWS SDK and opens a queue. Its address says its Region, where it is one of AWS's own. */
export async function queueOf(url: string, door: AwsDoor): Promise<Queue> {
  const sdk = await import('@aws-sdk/client-sqs')
  const region = regionIn(url) ?? door.region
  const config = awsConfig({ ...door, ...(region === undefined ? {} : { region }) })
  const client = await withRegion((any) => new sdk.SQSClient({ ...config, ...any }))
  return {
    async receive({ waitSeconds, visibilitySeconds, signal }) {
      const command = new sdk.ReceiveMessageCommand({
        ...{ QueueUrl: url, MaxNumberOfMessages: MOST_MESSAGES },
        ...{ WaitTimeSeconds: waitSeconds, VisibilityTimeout: visibilitySeconds },
        MessageSystemAttributeNames: ['ApproximateReceiveCount'],
      })
      const { Messages = [] } = await client.send(command, { abortSignal: signal })
      return Messages.map(({ MessageId = '', ReceiptHandle = '', Body = '', Attributes }) => ({
        ...{ id: MessageId, receipt: ReceiptHandle, body: Body },
        receives: Number(Attributes?.ApproximateReceiveCount ?? 1),
      }))
    },
    async remove(messages) {
      const Entries = entriesOf(messages)
      const command = new sdk.DeleteMessageBatchCommand({ QueueUrl: url, Entries })
      const { Failed = [] } = await client.send(command)
      return Failed.length
    },
    async hold(messages, visibilitySeconds) {
      const Entries = entriesOf(messages).map((entry) => ({
        ...{ ...entry, VisibilityTimeout: visibilitySeconds },
      }))
      await client.send(new sdk.ChangeMessageVisibilityBatchCommand({ QueueUrl: url, Entries }))
    },
    async backlog() {
      const command = new sdk.GetQueueAttributesCommand({
        ...{ QueueUrl: url },
        AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
      })
      const { Attributes = {} } = await client.send(command)
      return {
        waiting: Number(Attributes['ApproximateNumberOfMessages'] ?? 0),
        inHand: Number(Attributes['ApproximateNumberOfMessagesNotVisible'] ?? 0),
      }
    },
  }
}

function regionIn(url: string): string | undefined {
  return /^https?:\/\/(?:[\w-]+\.)*?([a-z]{2}(?:-[a-z]+)+-\d+)\./.exec(url)?.[1]
}

function entriesOf(messages: readonly Message[]) {
  return messages.map(({ receipt }, at) => ({ Id: String(at), ReceiptHandle: receipt }))
}
