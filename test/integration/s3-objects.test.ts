import { gzipSync } from 'node:zlib'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { type FauxqsServer, startFauxqs } from 'fauxqs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settingsFrom } from '../../src/base/settings.ts'
import { formatObjectName } from '../../src/source/object-name.ts'
import { type S3Options, s3Objects } from '../../src/source/s3-objects.ts'
import type { Source } from '../../src/source/source.ts'
import { faultProxy } from '../support/fault-proxy.ts'
import { DAY_MS, dayText, entriesOf, FIRST_DAY_MS, runOver } from '../support/pipeline-world.ts'
import { memoryStore } from '../support/temporary-store.ts'

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }
let server: FauxqsServer
let endpointUrl = ''
let client: S3Client
beforeAll(async () => {
  server = await startFauxqs({ port: 0, logger: false })
  endpointUrl = `http://127.0.0.1:${server.port}`
  client = new S3Client({
    ...{ endpoint: endpointUrl, region: 'eu-west-1', credentials, forcePathStyle: true },
  })
})
afterAll(() => server.stop())

const put = (Bucket: string, Key: string, Body: Uint8Array | string) =>
  client.send(new PutObjectCommand({ Bucket, Key, Body }))

function bucket(name: string): string {
  server.createBucket(name)
  return name
}

const source = (url: string, changes: Partial<S3Options> = {}): Source =>
  s3Objects({ url, span: null, region: 'eu-west-1', endpointUrl, credentials, ...changes })

const keyOf = (
  day: number,
  { account = '111122223333', region = 'eu-west-1', folder = 'CloudTrail', prefix = '' } = {},
): string =>
  formatObjectName(
    { account, region, folder, stampMs: FIRST_DAY_MS + day * DAY_MS + 3_600_000 },
    { suffix: 'AbCdEfGhIjKlMnOp', prefix },
  )

const keysOf = async (of: Source): Promise<readonly string[]> =>
  (await entriesOf(of)).map(({ key }) => key)

describe('a bucket', () => {
  it('is read once, whatever appears where in its listing', async () => {
    const name = bucket('once')
    const store = memoryStore()
    const days = Array.from({ length: 12 }, (_, day) => day)
    const read = async (some: readonly number[]) => {
      for (const day of some) await put(name, keyOf(day + 1), gzipSync(dayText(day)))
      const { ingest } = await runOver(store, source(`s3://${name}`))
      return ingest.tally.counted
    }
    // Later runs find objects before, between and behind those that were read.
    expect(await read(days.filter((day) => day % 3 === 1))).toBe(4 * 144)
    expect(await read(days.filter((day) => day % 3 === 0))).toBe(4 * 144)
    expect(await read(days.filter((day) => day % 3 === 2))).toBe(4 * 144)
    expect(await read([])).toBe(0)
    expect(store.totals()).toMatchObject({ read: 1728, counted: 1728, duplicate: 0 })
    store.close()
  })

  it('is read again where an object was replaced, and counted once', async () => {
    const name = bucket('replaced')
    const store = memoryStore()
    const first = dayText(0)
    await put(name, 'a.json', first)
    await runOver(store, source(`s3://${name}`))
    await put(name, 'a.json', first.replace(/\]\}\s*$/, ']}\n\n'))
    const { ingest } = await runOver(store, source(`s3://${name}`))
    expect(ingest.tally).toMatchObject({ counted: 0, duplicate: 144 })
    store.close()
  })

  it('lists more than a page, in the order of its keys', async () => {
    const name = bucket('pages')
    const keys = Array.from(
      { length: 1_050 },
      (_, at) => `logs/${String(at).padStart(5, '0')}.json`,
    )
    for (let at = 0; at < keys.length; at += 50)
      await Promise.all(keys.slice(at, at + 50).map((key) => put(name, key, '{"Records":[]}')))
    expect(await keysOf(source(`s3://${name}/logs/`))).toEqual(
      keys.map((key) => `s3://${name}/${key}`),
    )
    expect(await keysOf(source(`s3://${name}/logs/0004`))).toHaveLength(10)
  })

  it('leaves out digests, Insights files and folders made by hand', async () => {
    const name = bucket('kinds')
    const folders = ['CloudTrail', 'CloudTrail-Insight', 'CloudTrail-NetworkActivity']
    for (const folder of folders) await put(name, keyOf(1, { folder }), '{"Records":[]}')
    await put(name, 'AWSLogs/', Buffer.alloc(0))
    await put(name, 'notes.json', '{"Records":[]}')
    const found = await keysOf(source(`s3://${name}`))
    expect(found.map((key) => key.split('/').at(6) ?? key.split('/').at(3))).toEqual([
      'eu-west-1',
      'eu-west-1',
      'notes.json',
    ])
    expect(found.filter((key) => key.includes('-Insight'))).toEqual([])
  })

  it('is asked for the days that are wanted alone, of every account and Region', async () => {
    const name = bucket('days')
    const places = [
      { prefix: 'audit' },
      { prefix: 'audit', region: 'us-east-1' },
      { prefix: 'audit', account: '444455556666' },
      { prefix: 'audit', folder: 'CloudTrail-NetworkActivity' },
    ]
    for (const place of places)
      for (let day = 0; day < 8; day++) await put(name, keyOf(day, place), '{"Records":[]}')
    const organisation = `audit/AWSLogs/o-abc123/777788889999/CloudTrail/eu-west-1/2026/03/06/777788889999_CloudTrail_eu-west-1_20260306T0100Z_AbCdEfGhIjKlMnOp.json.gz`
    await put(name, organisation, '{"Records":[]}')
    const span = { fromMs: FIRST_DAY_MS + 4 * DAY_MS, untilMs: FIRST_DAY_MS + 5 * DAY_MS }
    for (const prefix of ['audit', 'audit/', 'audit/AWSLogs/']) {
      const found = await keysOf(source(`s3://${name}/${prefix}`, { span }))
      expect(found).toContain(`s3://${name}/${organisation}`)
      expect(found).toHaveLength(4 * 3 + 1)
    }
  })
})

describe('a bucket that cannot be read', () => {
  it.each([
    ['s3://no-such-bucket', 'INPUT_NOT_FOUND', 'there is no bucket behind s3://no-such-bucket/'],
    ['s3://Bad_Name', 'USAGE', 'write s3://BUCKET'],
    ['s3:/', 'USAGE', 'write s3://BUCKET'],
  ])('%s says so', async (url, code, words) => {
    const failure = (async () => keysOf(source(url)))()
    await expect(failure).rejects.toMatchObject({ code, message: expect.stringContaining(words) })
  })

  it('says so where nobody answers', async () => {
    const proxy = await faultProxy(server.port, () => 503)
    const failure = keysOf(source(`s3://${bucket('silent')}`, { endpointUrl: proxy.url }))
    await expect(failure).rejects.toMatchObject({
      ...{ code: 'AWS_UNREACHABLE', message: expect.stringContaining('s3://silent/') },
    })
    await proxy.close()
  }, 120_000)

  it('fails object by object where objects are gone, and goes on', async () => {
    const name = bucket('gone')
    await put(name, 'a.json', dayText(0))
    await put(name, 'b.json', dayText(1))
    const store = memoryStore()
    const whole = source(`s3://${name}`)
    const broken: Source = {
      title: whole.title,
      async *list() {
        for await (const entry of whole.list()) {
          if (entry.key.endsWith('a.json')) server.emptyBucket(name)
          yield entry
          if (entry.key.endsWith('a.json')) await put(name, 'b.json', dayText(1))
        }
      },
    }
    const { ingest } = await runOver(store, broken)
    expect(ingest.tally.counted).toBe(144)
    expect(store.ledger({ outcome: 'failed' })).toMatchObject([
      { key: `s3://${name}/a.json`, code: 'READ_FAILED' },
    ])
    await put(name, 'a.json', dayText(0))
    expect((await runOver(store, whole)).ingest.tally.counted).toBe(144)
    store.close()
  })

  it('takes no more of an object than is allowed, whatever its listing said', async () => {
    const endless: Source = {
      title: 'endless',
      async *list() {
        yield {
          ...({ kind: 'object', source: 's3', key: 's3://b/endless.json', version: '1' } as const),
          ...{ size: 10, name: null, isFar: true },
          async *open() {
            for (;;) yield new Uint8Array(2 ** 20).fill(32)
          },
        }
      },
    }
    const store = memoryStore()
    const settings = settingsFrom({ limits: { storedBytes: 4 * 2 ** 20 } })
    await runOver(store, endless, { settings })
    expect(store.ledger({ outcome: 'failed' })).toMatchObject([{ key: 's3://b/endless.json' }])
    store.close()
  })
})
