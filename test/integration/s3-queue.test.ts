import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { CreateTopicCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Fault } from '../../src/base/fault.ts'
import { type WatchOptions, type WatchReport, watch } from '../../src/pipeline/watch.ts'
import { inboxDoor } from '../../src/sink/inbox.ts'
import { inboxOf } from '../../src/source/inbox.ts'
import { formatObjectName } from '../../src/source/object-name.ts'
import { type S3QueueOptions, s3Queue } from '../../src/source/s3-queue.ts'
import type { Store } from '../../src/store/store.ts'
import { type Fate, faultProxy, type PassingRequest } from '../support/fault-proxy.ts'
import { DAY_MS, DEFAULTS, dayText, FIRST_DAY_MS } from '../support/pipeline-world.ts'
import {
  CREDENTIALS,
  eventBridgeEvent,
  type QueueWorld,
  queueWorld,
  s3Event,
  s3Record,
  wrappedBySns,
} from '../support/queue-world.ts'
import { memoryStore } from '../support/temporary-store.ts'

const CALLS = 144
let world: QueueWorld
let store: Store
let folder: string
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'offtrail-queue-'))
  world = await queueWorld()
  store = memoryStore()
})
afterEach(async () => {
  store.close()
  await world.stop()
  rmSync(folder, { recursive: true, force: true })
})

const keyOf = (day: number, kind = 'CloudTrail'): string =>
  formatObjectName(
    {
      account: '111122223333',
      region: 'eu-west-1',
      folder: kind,
      stampMs: FIRST_DAY_MS + (day + 1) * DAY_MS,
    },
    { suffix: 'AbCdEfGhIjKlMnOp', prefix: 'a b+c' },
  )

const putDay = (day: number) => world.put(keyOf(day), gzipSync(dayText(day)))

const queueOf = (changes: Partial<S3QueueOptions> = {}) =>
  s3Queue({
    ...{ url: world.queueUrl, endpointUrl: world.endpointUrl, credentials: CREDENTIALS },
    ...{ receives: 3, visibilitySeconds: 120, signal: new AbortController().signal, ...changes },
  })

/** Watches until the queue is empty. */
async function drain(
  changes: Partial<S3QueueOptions> = {},
  options: Partial<WatchOptions> = {},
): Promise<WatchReport> {
  const reports: WatchReport[] = []
  const queue = queueOf(changes)
  // This queue need not be waited for: it has one server, which knows when it is empty.
  await watch({ ...queue, receive: () => queue.receive(0) }, store, {
    ...{ settings: DEFAULTS, account: null, asOfMs: null, deliverSinceMs: null, sinks: [] },
    ...{ now: () => 1000, sleep: async () => {}, everyMs: 60_000, untilEmpty: true },
    ...{ isStopped: () => false, onSilence: () => {}, inbox: inboxOf(join(folder, 'store.db')) },
    onRun: async (report) => {
      reports.push(report)
    },
    ...options,
  })
  return reports.at(-1) as WatchReport
}

/** Watches through a proxy. */
async function drainBehind(
  fateOf: (passing: PassingRequest) => Fate | Promise<Fate>,
  changes: Partial<S3QueueOptions> = {},
): Promise<WatchReport> {
  const proxy = await faultProxy(world.server.port, fateOf)
  try {
    return await drain({ endpointUrl: proxy.url, ...changes })
  } finally {
    await proxy.close()
  }
}

describe('a queue', () => {
  it('has its objects counted, however they are wrapped, and is empty then', async () => {
    await world.send(s3Event(await putDay(0)))
    await world.send(wrappedBySns(s3Event(await putDay(1))))
    await world.send(eventBridgeEvent(await putDay(2)))
    await world.send(wrappedBySns(eventBridgeEvent(await putDay(3))))
    await world.send(s3Event(await putDay(4), await putDay(5), await putDay(6)))
    await world.send({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: world.bucket })
    const { ingest, messages } = await drain()
    expect(ingest.tally).toMatchObject({ counted: 7 * CALLS, duplicate: 0 })
    expect(messages).toMatchObject({ received: 6, deleted: 6, left: 0, otherEvents: 1 })
    expect(world.messages()).toEqual({ ready: [], inflight: [] })
  })

  it('is told by SNS itself, raw and not', async () => {
    const { server, endpointUrl } = world
    const sns = new SNSClient({
      ...{ endpoint: endpointUrl, region: 'us-east-1', credentials: CREDENTIALS },
    })
    for (const raw of ['true', 'false']) {
      const topic = `raw-${raw}`
      const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: topic }))
      const attributes = { RawMessageDelivery: raw }
      server.subscribe({ topic, queue: world.bucket, attributes })
      const Message = JSON.stringify(s3Event(await putDay(raw === 'true' ? 0 : 1)))
      await sns.send(new PublishCommand({ TopicArn, Message }))
    }
    sns.destroy()
    expect((await drain()).ingest.tally.counted).toBe(2 * CALLS)
  })

  it('is read in more than one batch', async () => {
    for (let day = 0; day < 23; day++) await world.send(s3Event(await putDay(day)))
    const { ingest, messages } = await drain()
    expect(ingest.tally.counted).toBe(23 * CALLS)
    expect(messages).toMatchObject({ received: 23, deleted: 23 })
  })

  it('leads to the ledger rows that a listing leads to', async () => {
    const told = await putDay(0)
    await world.send(s3Event(told))
    await drain()
    const row = store.ledgerRow('s3', `s3://${world.bucket}/${told.key}`)
    expect(row).toMatchObject({ outcome: 'done', version: `${told.etag} ${told.size}` })
  })

  it('is passed over where it tells of digests, Insights files and folders', async () => {
    const known = { etag: 'abc', size: 12 }
    for (const folder of ['CloudTrail-Digest', 'CloudTrail-Insight'])
      await world.send(s3Event({ key: keyOf(0, folder), ...known }))
    await world.send(s3Event({ key: 'AWSLogs/', etag: 'abc', size: 0 }))
    await world.send(s3Event(await world.put('notes.txt', 'nothing of CloudTrail')))
    await world.send({ Records: [s3Record({ key: keyOf(1), ...known }, 'ObjectRemoved:Delete')] })
    const { ingest, messages } = await drain()
    expect(messages).toMatchObject({ received: 5, deleted: 5, passedOver: 3, otherEvents: 1 })
    expect(ingest.objects).toMatchObject({ skipped: 1, failed: 0 })
  })
})

describe('a message', () => {
  it('that comes twice is counted once', async () => {
    const told = await putDay(0)
    for (const body of [s3Event(told), s3Event(told), eventBridgeEvent(told)]) {
      await world.send(body)
    }
    const { ingest } = await drain()
    await world.send(s3Event(told))
    expect(ingest.objects).toMatchObject({ done: 1, unchanged: 2 })
    expect((await drain()).ingest.objects).toMatchObject({ done: 0, unchanged: 1 })
    expect(store.totals()).toMatchObject({ counted: CALLS, duplicate: 0 })
  })

  it('of CloudTrail, which says no ETag, is read again and counted once', async () => {
    const { key } = await putDay(0)
    for (let time = 0; time < 2; time++) {
      await world.send({ s3Bucket: world.bucket, s3ObjectKey: [key] })
      await drain()
    }
    expect(store.totals()).toMatchObject({ counted: CALLS, duplicate: CALLS })
  })

  it('that the queue would not delete comes again and is counted once', async () => {
    await world.send(s3Event(await putDay(0)))
    await world.send(s3Event(await putDay(1)))
    const Failed = [{ Id: '1', SenderFault: false, Code: 'InternalError' }]
    const { messages } = await drainBehind(({ operation }) =>
      operation === 'DeleteMessageBatch'
        ? { json: { Successful: [{ Id: '0' }], Failed } }
        : 'answer',
    )
    expect(messages).toMatchObject({ received: 2, deleted: 1, undeleted: 1 })
    await world.runOut()
    const { ingest } = await drain()
    expect(ingest.objects).toMatchObject({ done: 0, unchanged: 2 })
    expect(store.totals()).toMatchObject({ counted: 2 * CALLS, duplicate: 0 })
    expect(world.messages()).toEqual({ ready: [], inflight: [] })
  })

  it('that may not be deleted ends the watch, and loses nothing', async () => {
    await world.send(s3Event(await putDay(0)))
    const refused = drainBehind(({ operation }) =>
      operation === 'DeleteMessageBatch' ? 403 : 'answer',
    )
    await expect(refused).rejects.toMatchObject({ code: 'AWS_ACCESS' })
    await world.runOut()
    expect((await drain()).ingest.objects).toMatchObject({ unchanged: 1 })
  })

  it('that announces nothing goes to the quarantine with its reason, and is gone', async () => {
    const poison = ['{"Records":', 'hello', '{}', '{"Records":[{"s3":7}]}']
    for (const body of poison) await world.send(body)
    await world.send(s3Event(await putDay(0)))
    const { ingest, messages } = await drain()
    expect(messages).toMatchObject({ received: 5, deleted: 5 })
    expect(ingest.tally.counted).toBe(CALLS)
    const failed = store.ledger({ outcome: 'failed' })
    expect(failed.map(({ code }) => code)).toEqual(poison.map(() => 'NO_ANNOUNCEMENT'))
    expect(failed.map(({ message }) => message)).toContain('it is no JSON object: {"Records":')
    expect(failed[0]?.key).toMatch(/^sqs:\/\/000000000000\/trail\/[0-9a-f-]{36}$/)
    expect(world.messages()).toEqual({ ready: [], inflight: [] })
  })

  it('that is readable in part has that part counted, and the rest quarantined', async () => {
    await world.send({ Records: [s3Record(await putDay(0)), { eventName: 'odd' }] })
    expect((await drain()).ingest).toMatchObject({ objects: { done: 1, failed: 1 } })
    expect(world.messages()).toEqual({ ready: [], inflight: [] })
  })
})

describe('an object', () => {
  it('that is not there yet is left for another try, and counted when it is', async () => {
    const [body, size] = [dayText(0), Buffer.byteLength(dayText(0))]
    await world.send(s3Event({ key: keyOf(0), etag: 'abc', size }, await putDay(1)))
    const { ingest, messages } = await drain()
    expect(ingest.objects).toMatchObject({ done: 1, failed: 0 })
    expect(messages).toMatchObject({ received: 1, deleted: 0, left: 1 })
    expect(messages.troubles).toEqual([expect.stringContaining('NoSuchKey')])
    expect(store.ledger({ outcome: 'failed' })).toEqual([])
    await world.put(keyOf(0), body)
    await world.runOut()
    expect((await drain()).messages).toMatchObject({ deleted: 1, left: 0 })
    expect(store.totals()).toMatchObject({ counted: 2 * CALLS, duplicate: 0 })
  })

  it('that never comes is quarantined after so many receives, with its reason', async () => {
    await world.send(s3Event({ key: keyOf(0), etag: 'abc', size: 7 }))
    for (let receive = 1; receive <= 2; receive++) {
      expect((await drain()).messages).toMatchObject({ left: 1 })
      await world.runOut()
    }
    expect((await drain()).messages).toMatchObject({ deleted: 1, left: 0 })
    expect(store.ledger({ outcome: 'failed' })).toMatchObject([
      { code: 'READ_FAILED', message: expect.stringContaining('NoSuchKey') },
    ])
    expect(world.messages()).toEqual({ ready: [], inflight: [] })
  })

  it('that is denied is quarantined the same way', async () => {
    await world.send(s3Event(await putDay(0)))
    const { messages } = await drainBehind(({ operation }) => (operation === '' ? 403 : 'answer'), {
      receives: 1,
    })
    expect(messages.deleted).toBe(1)
    expect(store.ledger({ outcome: 'failed' })).toMatchObject([{ code: 'NO_PERMISSION' }])
  })

  it('that is damaged is quarantined at once: it will not mend', async () => {
    await world.send(s3Event(await world.put(keyOf(0), gzipSync(dayText(0)).subarray(0, 100))))
    expect((await drain()).messages.deleted).toBe(1)
    expect(store.ledger({ outcome: 'failed' })).toMatchObject([{ code: 'GZIP_CUT_OFF' }])
  })

  it('that is cut off on its way is left for another try', async () => {
    const told = await putDay(0)
    await world.send(s3Event(told))
    const { messages } = await drainBehind(({ operation }) =>
      operation === '' ? 'truncate' : 'answer',
    )
    expect(messages.left).toBe(1)
    await world.runOut()
    expect((await drain()).ingest.tally).toMatchObject({ counted: CALLS, rejected: 0 })
  })
})

describe('a message in hand', () => {
  it('is kept from others as long as it is worked on', async () => {
    await world.send(s3Event(await putDay(0)))
    const deadline = () => world.messages().inflight[0]?.visibilityDeadline ?? 0
    const held: number[] = []
    let beat = () => {}
    const { messages } = await drainBehind(
      async ({ operation }): Promise<Fate> => {
        if (operation !== '') return 'answer'
        const before = deadline()
        // The clock of the queue is a real one: it moves on before the renewal.
        while (Date.now() + 120_000 <= before)
          await new Promise((resolve) => setTimeout(resolve, 1))
        beat()
        while (deadline() === before) await new Promise((resolve) => setTimeout(resolve, 1))
        held.push(deadline() - before)
        return 'answer'
      },
      {
        beat: (call, everyMs) => {
          expect(everyMs).toBe(40_000)
          beat = call
          return () => {
            beat = () => {}
          }
        },
      },
    )
    expect(held).toHaveLength(1)
    expect(held[0]).toBeGreaterThan(0)
    expect(messages).toMatchObject({ deleted: 1, troubles: [] })
  })

  it('is given back at once when the watch is told to stop before it is begun', async () => {
    for (let day = 0; day < 3; day++) await world.send(s3Event(await putDay(day)))
    const stop = new AbortController()
    const batch = await queueOf({ signal: stop.signal }).receive(0)
    expect(world.messages().inflight).toHaveLength(3)
    for await (const _ of batch?.source.list() ?? []) stop.abort()
    expect(await batch?.settle()).toMatchObject({ received: 3, deleted: 1, left: 0, returned: 2 })
    expect(world.messages()).toMatchObject({ ready: [{}, {}], inflight: [] })
  })
})

describe('a queue that does not answer as it should', () => {
  it.each([
    ['https://example.com/queue', 'USAGE'],
    ['trail', 'USAGE'],
    ['http://sqs.localhost/000000000000/no-such-queue', 'INPUT_NOT_FOUND'],
  ])('%s says so', async (url, code) => {
    await expect((async () => drain({ url }))()).rejects.toMatchObject({ code })
  })

  it('refuses: that is told with the permissions it takes', async () => {
    await expect(drainBehind(() => 403)).rejects.toMatchObject({
      ...{ code: 'AWS_ACCESS', message: expect.stringContaining('sqs:ReceiveMessage') },
    })
  })

  it('is silent: that is told, and a watch goes on', async () => {
    await world.send(s3Event(await putDay(0)))
    const said: Fault[] = []
    let isDown = true
    let isStopped = false
    const proxy = await faultProxy(world.server.port, () => (isDown ? 'reset' : 'answer'))
    const options: Partial<WatchOptions> = {
      ...{ untilEmpty: false, everyMs: 0, isStopped: () => isStopped },
      onSilence: (fault) => {
        said.push(fault)
        isDown = false
      },
      onRun: async ({ ingest }) => {
        isStopped = ingest.tally.counted === CALLS
      },
    }
    await drain({ endpointUrl: proxy.url }, options)
    await proxy.close()
    expect(said).toMatchObject([{ code: 'AWS_UNREACHABLE' }])
    expect(store.totals().counted).toBe(CALLS)
  }, 60_000)
})

describe('what is pushed while a queue is watched', () => {
  const push = (day: number) =>
    inboxDoor(join(folder, 'store.db'), DEFAULTS.inbox, () => 1000).put(Buffer.from(dayText(day)))

  it('is counted behind what was announced', async () => {
    await world.send(s3Event(await putDay(0)))
    await push(1)
    const { ingest, messages } = await drain()
    expect(ingest.tally.counted).toBe(2 * CALLS)
    expect(messages.received).toBe(1)
    expect((await drain()).ingest.listed).toBe(0)
  })

  it('has a run begin where nothing is announced', async () => {
    const counted: number[] = []
    let nowMs = 0
    await drain(
      {},
      {
        untilEmpty: false,
        now: () => {
          nowMs += 60_000
          return nowMs
        },
        isStopped: () => counted.length === 2,
        onRun: async ({ ingest }) => {
          counted.push(ingest.tally.counted)
          if (counted.length === 1) await push(0)
        },
      },
    )
    expect(counted).toEqual([0, CALLS])
  })
})
