import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { type FauxqsServer, startFauxqs } from 'fauxqs'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { S3Settings } from '../../../src/base/sinks.ts'
import { healthOf } from '../../../src/pipeline/delivery/sink-memory.ts'
import { insightBucket } from '../../../src/sink/aws/insight-bucket.ts'
import { deliverToFolder } from '../../../src/sink/insight-folder.ts'
import { type Fate, faultProxy } from '../../support/fault-proxy.ts'
import { anInsight, stillOpen } from '../../support/insights.ts'
import { commandLine } from '../../support/offtrail.ts'
import {
  insightsOf,
  runOver,
  temporaryFolder,
  withStore,
  writeDays,
} from '../../support/pipeline-world.ts'
import { aWorld, receiver } from '../../support/receiver.ts'
import { toldTo } from '../../support/sink-world.ts'
import { CREDENTIALS } from '../../support/trail-bucket.ts'

const awsKeys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }
const MINING = { day: 10, minute: 720, count: 300 }
const AWS_KEY =
  /^lake\/AWSLogs\/o-abcdefghij\/\d{12}\/CloudTrail-Insight\/[a-z0-9-]+\/\d{4}\/\d{2}\/\d{2}\/\d{12}_CloudTrail-Insight_[a-z0-9-]+_\d{8}T\d{4}Z_[A-Za-z0-9]{16}\.json\.gz$/

let now = 1000
const world = { ...aWorld(), aws: { credentials: awsKeys } }
let server: FauxqsServer
let endpointUrl = ''
let client: S3Client
beforeAll(async () => {
  server = await startFauxqs({ port: 0, logger: false })
  endpointUrl = `http://127.0.0.1:${server.port}`
  const config = { endpoint: endpointUrl, region: 'eu-west-1', credentials: awsKeys }
  client = new S3Client({ ...config, forcePathStyle: true })
})
afterAll(async () => {
  client.destroy()
  await server.stop()
})

/** A bucket with its sink. */
function bucket(name: string, changes: Partial<S3Settings> = {}): S3Settings {
  server.createBucket(name)
  return { name, type: 's3', bucket: name, region: 'eu-west-1', endpointUrl, ...changes }
}

async function objectsOf(Bucket: string): Promise<ReadonlyMap<string, string>> {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }))
  const objects = new Map<string, string>()
  for (const { Key = '' } of Contents) {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }))
    objects.set(Key, (await buffer(Body as NodeJS.ReadableStream)).toString('hex'))
  }
  return objects
}

describe('a bucket', () => {
  it('gets the files of a folder, byte for byte, and the same again when told again', async () => {
    const insights = [anInsight(), anInsight({ id: 'another', region: 'eu-west-1', ...stillOpen })]
    const folder = temporaryFolder()
    await deliverToFolder(folder, insights, { strict: false })
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
    const expected = new Map(
      files.map((path) => [relative(folder, path), readFileSync(path).toString('hex')]),
    )
    const sink = insightBucket(bucket('same'), world)
    await sink.deliver(insights)
    expect(await objectsOf('same')).toEqual(expected)
    await sink.deliver(insights.toReversed())
    expect(await objectsOf('same')).toEqual(expected)
  })

  it('has keys of an organisation below a prefix, where it is asked to', async () => {
    const place = { prefix: 'lake', organization: 'o-abcdefghij' }
    await insightBucket(bucket('placed', place), world).deliver([anInsight()])
    const keys = [...(await objectsOf('placed')).keys()]
    expect(keys).toHaveLength(2)
    for (const key of keys) expect(key).toMatch(AWS_KEY)
  })

  it('is asked to encrypt by a key, and to belong to whom it should', async () => {
    const { url, received } = await receiver()
    const kmsKeyId = 'arn:aws:kms:eu-west-1:111122223333:key/abc'
    const settings = { endpointUrl: url, kmsKeyId, expectedBucketOwner: '111122223333' }
    await insightBucket(bucket('owned', settings), world).deliver([anInsight(stillOpen)])
    expect(received).toHaveLength(1)
    expect(received[0]?.headers).toMatchObject({
      ...{ 'x-amz-server-side-encryption': 'aws:kms', 'content-type': 'application/json' },
      'x-amz-server-side-encryption-aws-kms-key-id': kmsKeyId,
      ...{ 'x-amz-expected-bucket-owner': '111122223333', 'content-encoding': 'gzip' },
    })
  })

  it.each([
    ['it is not there', 'nowhere', 404, 'place', 'NoSuchBucket'],
    ['it is denied', 'denied', 403, 'place', ''],
    ['it is slow', 'slow', 503, 'passing', ''],
  ] as const)('says so where %s', async (_, name, status, about, words) => {
    const proxy = await faultProxy(server.port, () => (status === 404 ? 'answer' : status))
    const settings = { name, type: 's3', bucket: name, region: 'eu-west-1' } as const
    const sink = insightBucket({ ...settings, endpointUrl: proxy.url }, world)
    await expect(sink.deliver([anInsight()])).rejects.toMatchObject({
      ...{ name: 'SinkFailure', about, message: expect.stringContaining(words) },
    })
    await proxy.close()
  })
})

describe('a run', () => {
  it('tries a bucket again, and every file is there once', async () => {
    const fates: Fate[] = [503, 'reset']
    const proxy = await faultProxy(server.port, () => fates.shift() ?? 'answer')
    const settings = bucket('tried', { endpointUrl: proxy.url })
    await toldTo(
      [settings],
      async ({ store, run }) => {
        const [report] = await run(12, [MINING])
        expect(report).toMatchObject({ delivered: 1, waiting: 0, trouble: null })
        expect((await objectsOf('tried')).size).toBe(1)
        expect(healthOf(store, 'tried')).toMatchObject({ waiting: 0, failures: 0 })
        expect(await run(13)).toMatchObject([{ delivered: 0, waiting: 0 }])
      },
      { world, sleep: async () => {} },
    )
    await proxy.close()
  })

  it('leaves a dead bucket alone after three, and tells it all when it is back', async () => {
    let isDown = true
    let asked = 0
    const proxy = await faultProxy(server.port, () => {
      asked += 1
      return isDown ? 503 : 'answer'
    })
    const settings = bucket('dead', { endpointUrl: proxy.url })
    await toldTo(
      [settings],
      async ({ store, run }) => {
        for (let day = 11; day <= 13; day++)
          expect(await run(day, [MINING])).toMatchObject([{ delivered: 0, waiting: 1 }])
        expect(asked).toBe(9)
        const [resting] = await run(14)
        expect(resting).toMatchObject({ waiting: 1, trouble: expect.stringContaining('not tried') })
        expect(asked).toBe(9)
        isDown = false
        now += 6 * 60_000
        expect(await run(15)).toMatchObject([{ delivered: 1, waiting: 0, trouble: null }])
        expect(healthOf(store, 'dead')).toMatchObject({ failures: 0, waiting: 0, lastSentMs: now })
        expect((await objectsOf('dead')).size).toBe(1)
      },
      { world, sleep: async () => {}, now: () => now },
    )
    await proxy.close()
  })
})

describe('what was written to a bucket', () => {
  it('is skipped by run, and read by compare-insights', async () => {
    for (const [name, value] of Object.entries(CREDENTIALS)) vi.stubEnv(name, value)
    const folder = temporaryFolder()
    writeDays(join(folder, 'trail'), { from: 0, until: 12 }, (day) => (day === 10 ? [MINING] : []))
    const store = join(folder, 'offtrail.db')
    const found = await withStore(store, async (opened) => {
      await runOver(opened, join(folder, 'trail'))
      return insightsOf(opened)
    })
    await insightBucket(bucket('published', { strict: true }), world).deliver(found)
    const at = ['--endpoint-url', endpointUrl]
    const fresh = ['--store', join(folder, 'fresh.db'), '--json']
    const { code, out } = await commandLine(['run', 's3://published', ...at, ...fresh])
    expect([code, JSON.parse(out).report.ingest.tally]).toMatchObject([0, { counted: 0 }])
    const compared = ['compare-insights', '--insights', 's3://published', ...at]
    const answer = await commandLine([...compared, '--store', store, '--json'])
    expect(answer).toMatchObject({ code: 0 })
    expect(JSON.parse(answer.out)).toMatchObject({
      ...{ records: 2 * found.length, unread: [] },
      totals: { aws: 0, both: found.length },
    })
    vi.unstubAllEnvs()
  })

  it('is skipped record by record where its name does not say what it is', async () => {
    const folder = temporaryFolder()
    const [path = ''] = await deliverToFolder(folder, [anInsight()], { strict: false })
    const store = join(folder, 'offtrail.db')
    const { out } = await commandLine(['run', path, '--store', store, '--json'])
    expect(JSON.parse(out).report.ingest.tally).toMatchObject({ counted: 0 })
  })
})
