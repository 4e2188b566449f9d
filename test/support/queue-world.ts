import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { ChangeMessageVisibilityCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { startFauxqs } from 'fauxqs'

const NAME = 'trail'
export const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }

/** What tells of one object in a message. */
export interface Told {
  readonly key: string
  readonly etag: string
  readonly size: number
}

/** What is in the queue, and who was given it until when. */
export interface QueuedMessages {
  readonly ready: readonly unknown[]
  readonly inflight: readonly {
    readonly receiptHandle: string
    /** Epoch milliseconds. */
    readonly visibilityDeadline: number
  }[]
}

/** S3 and SQS on the wire, with a bucket and a queue; the notifications of the bucket are sent by whoever tests. */
export async function queueWorld() {
  const server = await startFauxqs({ port: 0, logger: false })
  const endpointUrl = `http://127.0.0.1:${server.port}`
  const config = { endpoint: endpointUrl, region: 'us-east-1', credentials: CREDENTIALS }
  const s3 = new S3Client({ ...config, forcePathStyle: true })
  const sqs = new SQSClient(config)
  server.createBucket(NAME)
  const { queueUrl } = server.createQueue(NAME)
  const messages = (): QueuedMessages => {
    const { ready = [], inflight = [] } = server.inspectQueue(NAME)?.messages ?? {}
    return { ready, inflight }
  }
  return {
    ...{ server, endpointUrl, sqs, queueUrl, bucket: NAME, messages },
    async put(key: string, body: Uint8Array | string): Promise<Told> {
      const sent = await s3.send(new PutObjectCommand({ Bucket: NAME, Key: key, Body: body }))
      return { key, etag: (sent.ETag ?? '').replaceAll('"', ''), size: Buffer.byteLength(body) }
    },
    async send(body: unknown): Promise<void> {
      const text = typeof body === 'string' ? body : JSON.stringify(body)
      await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: text }))
    },
    /** Messages in hand come at once again, as if their visibility had run out. */
    async runOut(): Promise<void> {
      for (const { receiptHandle } of messages().inflight) {
        const given = { QueueUrl: queueUrl, ReceiptHandle: receiptHandle, VisibilityTimeout: 0 }
        await sqs.send(new ChangeMessageVisibilityCommand(given))
      }
    },
    async stop(): Promise<void> {
      s3.destroy()
      sqs.destroy()
      await server.stop()
    },
  }
}

export type QueueWorld = Awaited<ReturnType<typeof queueWorld>>

/** S3's own notification. */
export function s3Event(...objects: readonly Told[]): object {
  return { Records: objects.map((object) => s3Record(object)) }
}

/** One record of it, as S3 sends it. */
export function s3Record({ key, etag, size }: Told, eventName = 'ObjectCreated:Put'): object {
  return {
    ...{ eventVersion: '2.1', eventSource: 'aws:s3', awsRegion: 'us-east-1', eventName },
    ...{ eventTime: '2026-03-02T00:05:00.000Z', userIdentity: { principalId: 'AWS:CloudTrail' } },
    s3: {
      ...{ s3SchemaVersion: '1.0', configurationId: 'trail' },
      bucket: { name: NAME, arn: `arn:aws:s3:::${NAME}` },
      object: {
        key: encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/'),
        ...{ size, eTag: etag, sequencer: '0055AED6DCD90281E5' },
      },
    },
  }
}

/** EventBridge's event of the same. */
export function eventBridgeEvent({ key, etag, size }: Told): object {
  return {
    ...{ version: '0', id: '17793124-05d4-b198-2fde-7ededc63b103', account: '111122223333' },
    ...{ 'detail-type': 'Object Created', source: 'aws.s3', region: 'us-east-1' },
    ...{ time: '2026-03-02T00:05:00Z', resources: [`arn:aws:s3:::${NAME}`] },
    detail: {
      ...{ version: '0', bucket: { name: NAME }, reason: 'PutObject' },
      object: { key, size, etag, sequencer: '0055AED6DCD90281E5' },
    },
  }
}

/** EventBridge's event of one record of CloudTrail. */
export function callEvent(detail: object, what = 'AWS API Call via CloudTrail'): object {
  return {
    ...{ version: '0', id: '36eb8523-97d0-4518-b33d-ee3579ff19f0', account: '111122223333' },
    ...{ 'detail-type': what, source: 'aws.ec2', region: 'eu-west-1', resources: [] },
    ...{ time: '2026-03-02T00:05:00Z', detail },
  }
}

/** What SNS makes of a message it does not deliver raw. */
export function wrappedBySns(message: object): object {
  return {
    ...{ Type: 'Notification', MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324' },
    ...{ TopicArn: 'arn:aws:sns:us-east-1:111122223333:trail', Subject: 'Amazon S3 Notification' },
    ...{ Message: JSON.stringify(message), Timestamp: '2026-03-02T00:05:01.000Z' },
  }
}
