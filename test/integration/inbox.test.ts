import { once } from 'node:events'
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { AuditEntry } from '../../src/http/access/audit.ts'
import { PUSH_LIMITS } from '../../src/http/limits.ts'
import { listen } from '../../src/http/listen.ts'
import { inboxDoor } from '../../src/sink/inbox.ts'
import { inboxOf } from '../../src/source/inbox.ts'
import { inboxWorld } from '../support/inbox-world.ts'
import { DEFAULTS, withStore } from '../support/pipeline-world.ts'
import { bearer } from '../support/tokens.ts'
import { trailRecord } from '../support/trail-records.ts'

const records = [trailRecord(0), trailRecord(1)]
const [first] = records
const busEvent = (detail: object) => ({
  ...{ version: '0', id: 'cd2d702e-ab31-411b-9344-793ce56b1bc7', source: 'aws.ec2' },
  ...{ 'detail-type': 'AWS API Call via CloudTrail', account: '111122223333', detail },
})
const linesOf = (values: readonly object[]) => values.map((each) => JSON.stringify(each)).join('\n')
const ONE = JSON.stringify(first)

/** A gzip member that inflates to 1.1 GiB, from 1.1 MB. */
function bomb(): Buffer {
  const member = gzipSync(Buffer.alloc(64 * 2 ** 20, 0x20))
  return Buffer.concat(Array.from({ length: 18 }, () => member))
}

describe('POST /v1/events', () => {
  it.each([
    ['a record', ONE, 1],
    ['an array', JSON.stringify(records), 2],
    ['an array over lines', JSON.stringify(records, null, 2), 2],
    ['a trail file', JSON.stringify({ Records: records }), 2],
    ['a record a line', linesOf(records), 2],
    ['an event of EventBridge', JSON.stringify(busEvent(records[0] ?? {})), 1],
    ['such an event over lines', JSON.stringify(busEvent(records[0] ?? {}), null, 2), 1],
    ['an array of such events', JSON.stringify(records.map(busEvent)), 2],
    ['such an event a line', linesOf(records.map(busEvent)), 2],
    ['such events as a trail file', JSON.stringify({ Records: records.map(busEvent) }), 2],
  ])('takes %s, plain and gzip, and the next run counts each call once', async (_, text, calls) => {
    const { push, run, waiting } = await inboxWorld()
    const plain = await push(text)
    expect(plain).toMatchObject({
      ...{ status: 202 },
      body: { id: expect.stringMatching(/^[\da-f]{64}$/), bytes: Buffer.byteLength(text) },
    })
    const packed = await push(gzipSync(text), { 'content-type': 'application/gzip' })
    expect(packed).toMatchObject({ status: 202, body: { repeated: false } })
    expect(await waiting()).toBe(2)
    const { ingest } = await run()
    expect(ingest.objects).toMatchObject({ done: 2, failed: 0, skipped: 0 })
    expect(ingest.tally).toMatchObject({ read: 2 * calls, counted: calls, duplicate: calls })
    expect(await waiting()).toBe(0)
  })

  it.each([
    { 'content-type': 'application/json; charset=utf-8' },
    { 'content-type': 'APPLICATION/X-NDJSON' },
    { 'content-type': 'application/octet-stream' },
    { 'content-encoding': 'gzip' },
    { 'content-encoding': 'identity' },
  ])('takes what is sent as %j', async (headers) => {
    const { push, run } = await inboxWorld()
    const isGzip = headers['content-encoding'] === 'gzip'
    const { status } = await push(isGzip ? gzipSync(ONE) : ONE, headers as Record<string, string>)
    expect(status).toBe(202)
    expect((await run()).ingest.tally.counted).toBe(1)
  })
})

describe('POST /v1/events, where a body does not fit', () => {
  it('refuses what is empty, too large or of another type, and stores nothing', async () => {
    const { push, waiting } = await inboxWorld()
    const most = Buffer.alloc(PUSH_LIMITS.bodyBytes, 0x20)
    const refused = async (...given: Parameters<typeof push>) => {
      const { status, body } = await push(...given)
      return [status, body['type']]
    }
    expect(await refused('')).toEqual([400, '/problems/USAGE'])
    const tooLarge = [413, '/problems/REQUEST_TOO_LARGE']
    expect(await refused(Buffer.concat([most, Buffer.from(' ')]))).toEqual(tooLarge)
    const unsupported = [415, '/problems/UNSUPPORTED_MEDIA_TYPE']
    expect(await refused(ONE, { 'content-type': 'text/html' })).toEqual(unsupported)
    expect(await refused(ONE, { 'content-encoding': 'br' })).toEqual(unsupported)
    expect(await waiting()).toBe(0)
    expect((await push(most)).status).toBe(202)
  })
})

describe('POST /v1/events, as often as it comes', () => {
  it('keeps a body that waits once, and counts one that comes again after a run once', async () => {
    const { push, run, waiting } = await inboxWorld()
    const [one, two] = await Promise.all([push(ONE), push(ONE)])
    expect([one.body['repeated'], two.body['repeated']]).toEqual([false, true])
    expect(two.body['id']).toBe(one.body['id'])
    expect(await waiting()).toBe(1)
    expect((await run()).ingest.tally.counted).toBe(1)
    expect((await push(ONE)).body).toEqual({ ...one.body, repeated: false })
    const { ingest } = await run()
    expect(ingest).toMatchObject({ objects: { unchanged: 1 }, tally: { read: 0 } })
    expect(await waiting()).toBe(0)
  })

  it.each([{ files: 1 }, { bytes: 4096 }])(
    'is told to come again later where no more than %j may wait',
    async (most) => {
      const audits: AuditEntry[] = []
      const { push, run } = await inboxWorld(most, (entry) => audits.push(entry))
      const large = ONE.padEnd(4000)
      expect((await push(large)).status).toBe(202)
      const { status, headers, body } = await push(linesOf(records))
      expect([status, body['type'], headers['retry-after']]).toEqual([
        503,
        '/problems/INBOX_FULL',
        '60',
      ])
      expect((await push(large)).status).toBe(202)
      await run()
      expect((await push(linesOf(records))).status).toBe(202)
      expect(audits.map(({ what, result }) => [what, result])).toEqual(
        ['done', 'full', 'repeated', 'done'].map((result) => ['POST /v1/events', result]),
      )
      expect(audits[0]).toMatchObject({ who: 'writes', target: expect.stringMatching(/^\w{64}$/) })
    },
  )

  it('says that it failed where nothing can be written, and takes it down', async () => {
    const audits: AuditEntry[] = []
    const { push, folder } = await inboxWorld({}, (entry) => audits.push(entry))
    writeFileSync(folder, 'in the way')
    expect(await push(ONE)).toMatchObject({
      status: 503,
      body: { type: '/problems/STORAGE_FAILED' },
    })
    expect(audits).toMatchObject([{ target: null, result: 'STORAGE_FAILED' }])
  })

  it('takes in so many bodies at once, and others when those are through', async () => {
    const { app, push, waiting } = await inboxWorld()
    const port = Number(new URL(await listen(app, { port: 0 })).port)
    const head = `POST /v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${bearer('writes')}\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n`
    const sockets = Array.from({ length: PUSH_LIMITS.atOnce + 1 }, () => connect(port, '127.0.0.1'))
    for (const socket of sockets) socket.write(head)
    const refused = String(await Promise.race(sockets.map((socket) => once(socket, 'data'))))
    expect(refused).toMatch(/^HTTP\/1.1 429 .*\r\nretry-after: 1\r\n/s)
    expect((await push(ONE)).body['type']).toBe('/problems/TOO_MANY_REQUESTS')
    for (const socket of sockets) socket.destroy()
    while ((await push(ONE)).status !== 202) await setImmediate()
    expect(await waiting()).toBe(1)
  })
})

describe('GET /v1/events', () => {
  it('says what waits, as /metrics does', async () => {
    const { app, push } = await inboxWorld()
    await push(ONE)
    await push(linesOf(records))
    const bytes = ONE.length + linesOf(records).length
    const ask = (url: string) => app.inject({ url, headers: { authorization: bearer('writes') } })
    expect((await ask('/v1/events')).json()).toEqual({
      waiting: { files: 2, bytes },
      limits: { files: 10_000, bytes: 2 ** 30, bodyBytes: 5 * 2 ** 20 },
    })
    const { body } = await ask('/metrics')
    expect(body).toContain('\nofftrail_inbox_files 2\n')
    expect(body).toContain(`\nofftrail_inbox_bytes ${bytes}\n`)
  })
})

describe('a run over an inbox', () => {
  it('that ends between commit and removal counts nothing twice', async () => {
    const world = await inboxWorld()
    await world.push(JSON.stringify(records))
    await world.push(ONE)
    const inbox = inboxOf(world.store)
    const dying = {
      ...inbox,
      async *list() {
        for await (const entry of inbox.list()) {
          yield { ...entry, remove: () => Promise.reject(new Error('killed')) }
        }
      },
    }
    await expect(world.run(dying)).rejects.toThrow('killed')
    expect(await world.waiting()).toBe(2)
    const { ingest } = await world.run()
    expect(ingest).toMatchObject({ listed: 2, objects: { unchanged: 2 }, tally: { read: 0 } })
    expect(await world.waiting()).toBe(0)
    await withStore(world.store, async (store) => {
      expect(store.totals()).toMatchObject({ counted: 2, duplicate: 1 })
    })
  })

  it('keeps what cannot be read just now, and reads it with the next one', async () => {
    const world = await inboxWorld()
    await world.push(ONE)
    const inbox = inboxOf(world.store)
    const broken = {
      ...inbox,
      async *list() {
        for await (const entry of inbox.list()) {
          const { place: _, ...rest } = entry as typeof entry & { place?: unknown }
          yield {
            ...(rest as typeof entry),
            // biome-ignore lint/correctness/useYield: it fails before it has any bytes
            async *open(): AsyncGenerator<Uint8Array> {
              throw new Error('EIO')
            },
          }
        }
      },
    }
    expect((await world.run(broken)).ingest.objects.failed).toBe(1)
    expect(await world.waiting()).toBe(1)
    expect((await world.run()).ingest.tally.counted).toBe(1)
    expect(await world.waiting()).toBe(0)
  })

  it('puts what is hostile or none of CloudTrail’s aside, and goes on', async () => {
    const { push, run, waiting, store } = await inboxWorld()
    const bodies: readonly (string | Buffer)[] = [
      ...[gzipSync(ONE).subarray(0, 40), Buffer.concat([gzipSync(ONE), Buffer.from('more')])],
      ...[bomb(), '{"Records":[', `{"Records":[${ONE},{]}`, '{"Records":7}', '"text"', '\0\0\0\0'],
      ...['{"Records":[{}]}', JSON.stringify({ 'detail-type': 'a via CloudTrail', detail: {} })],
      '['.repeat(100_000),
    ]
    for (const body of bodies) expect((await push(body)).status).toBe(202)
    expect((await push(ONE)).status).toBe(202)
    const { ingest } = await run()
    expect(ingest.listed).toBe(bodies.length + 1)
    expect(ingest.tally).toMatchObject({ counted: 1 })
    expect(ingest.troubles.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['GZIP_CUT_OFF', 'GZIP_CORRUPT', 'GZIP_BOMB', 'JSON_CUT_OFF']),
    )
    for (const { key } of ingest.troubles) expect(key).toMatch(/^inbox:\/\/[\da-f]{64}$/)
    expect(await waiting()).toBe(0)
    await withStore(store, async (opened) => {
      expect(opened.totals().objects.failed).toBe(ingest.objects.failed)
    })
  })

  it('passes over files that are none of the inbox’s', async () => {
    const { push, run, folder, waiting } = await inboxWorld()
    await push(ONE)
    writeFileSync(join(folder, '.offtrail-0.tmp'), ONE)
    writeFileSync(join(folder, 'notes.json'), ONE)
    mkdirSync(join(folder, 'a folder'))
    const { ingest } = await run()
    expect(ingest).toMatchObject({ listed: 1, tally: { counted: 1 } })
    expect(await waiting()).toBe(0)
    expect(readdirSync(folder).sort()).toEqual(['.offtrail-0.tmp', 'a folder', 'notes.json'])
  })
})

describe('inboxDoor', () => {
  it('removes what a server that was killed had half written', async () => {
    const { store, folder } = await inboxWorld()
    mkdirSync(folder)
    const draft = join(folder, '.offtrail-0b9f7c1e-0000-4000-8000-000000000001.tmp')
    writeFileSync(draft, ONE.slice(0, 9))
    utimesSync(draft, 0, 0)
    await inboxDoor(store, DEFAULTS.inbox, Date.now).put(Buffer.from(ONE))
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/^\d{8}T\d{9}Z_/)])
  })
})
