import { rmSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CoverageReport } from '../../src/pipeline/coverage-report.ts'
import type { RunReport } from '../../src/pipeline/run.ts'
import {
  type Held,
  HOUR_MS,
  keyList,
  makeSigner,
  makeTrail,
  START_MS,
  type Trail,
  writeCopy,
} from '../support/digest-chain.ts'
import { ended, place } from '../support/offtrail.ts'
import { digestOf, edited, logOf } from '../support/tampering.ts'
import { CREDENTIALS, trailBuckets } from '../support/trail-bucket.ts'
import { recordsText, trailRecord } from '../support/trail-records.ts'

const { start, path } = place()
const signer = makeSigner()
const before = { ...process.env }
let buckets: Awaited<ReturnType<typeof trailBuckets>>
beforeAll(async () => {
  Object.assign(process.env, CREDENTIALS)
  writeFileSync(path('keys.json'), keyList(signer))
  buckets = await trailBuckets()
})
afterAll(async () => {
  process.env = before
  await buckets.stop()
})

/** Hours of two logs with five calls each. */
function hoursOf(bucket: string, hours: number): Trail {
  const trail = makeTrail({ signer, objects: new Map(), bucket })
  let at = 0
  for (let hour = 0; hour < hours; hour += 1) {
    const texts = [0, 1].map((log) => {
      const records = Array.from({ length: 5 }, () => {
        at += 1
        const timeMs = START_MS + hour * HOUR_MS + log * 300_000 + at * 1000
        const eventTime = new Date(timeMs).toISOString().replace('.000Z', 'Z')
        return JSON.stringify(trailRecord(at, { eventTime }))
      })
      return recordsText(...records)
    })
    trail.digest({ texts })
  }
  return trail
}

async function run(source: string, store: string, ...more: readonly string[]) {
  const keys = ['--public-keys', path('keys.json')]
  const args = ['run', source, '--store', path(store), '--require-verified', '--json', ...keys]
  const { code, out, err } = await ended(start([...args, ...more]))
  const { ingest, verified } = JSON.parse(out || '{}').report as RunReport
  const { tally, objects } = ingest
  return { code, err, tally, objects, unnamed: verified?.unnamed, troubles: ingest.troubles }
}

async function hoursIn(store: string): Promise<readonly string[]> {
  const { out } = await ended(start(['coverage', '--store', path(store), '--json']))
  const { stretches } = JSON.parse(out) as CoverageReport
  const hour = (text: string): number => (Date.parse(text) - START_MS) / HOUR_MS
  return stretches.map(({ from, to, state }) => `${hour(from)}-${hour(to)} ${state}`)
}

const copyOf = (folder: string, objects: ReadonlyMap<string, Held>): void =>
  writeCopy(path(folder), objects, { withMetadata: true })
const only = (trail: Trail, key: string): ReadonlyMap<string, Held> =>
  new Map([[key, trail.held(key)]])
const all = (read: number) => ({ read, counted: read, duplicate: 0, late: 0, rejected: 0 })

describe('offtrail run --require-verified', () => {
  it('leaves logs that no digest names yet for later, and counts them once it names them', async () => {
    const trail = hoursOf('later', 3)
    const early = new Map(trail.objects)
    early.delete(digestOf(trail, 2))
    copyOf('later', early)
    const first = await run(path('later'), 'later.db')
    expect(first).toMatchObject({ code: 0, unnamed: 2, tally: all(20), troubles: [] })
    expect(first.objects).toMatchObject({ done: 4, failed: 0, skipped: 0, unchanged: 0 })
    expect(first.err).toContain('Waiting  2 files that no valid digest names yet')
    expect(await hoursIn('later.db')).toEqual(['0-2 proven'])
    const same = await run(path('later'), 'later.db')
    expect(same).toMatchObject({ code: 0, unnamed: 2, tally: all(0) })
    copyOf('later', only(trail, digestOf(trail, 2)))
    const second = await run(path('later'), 'later.db')
    expect(second).toMatchObject({ code: 0, unnamed: 0, tally: all(10) })
    expect(second.objects).toMatchObject({ done: 2, unchanged: 4 })
    expect(await hoursIn('later.db')).toEqual(['0-3 proven'])
  })

  it('refuses a log whose content is not what was signed, until it is restored', async () => {
    const trail = hoursOf('altered', 3)
    const log = logOf(trail, 2)
    const whole = new Map(only(trail, log))
    trail.objects.set(log, {
      body: edited(trail.held(log).body, 'RunInstances', 'RunFunctions'),
      metadata: {},
    })
    copyOf('altered', trail.objects)
    const first = await run(path('altered'), 'altered.db')
    expect(first).toMatchObject({ code: 3, unnamed: 0, tally: all(25) })
    expect(first.troubles).toMatchObject([{ key: path('altered', log), code: 'NOT_AS_SIGNED' }])
    expect(await hoursIn('altered.db')).toEqual(['0-1 proven', '1-2 damaged', '2-3 proven'])
    copyOf('altered', whole)
    expect(await run(path('altered'), 'altered.db')).toMatchObject({ code: 0, tally: all(5) })
    expect(await hoursIn('altered.db')).toEqual(['0-3 proven'])
  })

  it('counts out of a bucket what it counts out of a copy, and nothing a stranger put there', async () => {
    const trail = hoursOf('audit-stranger', 4)
    trail.addLog(START_MS + 1.7 * HOUR_MS, recordsText(JSON.stringify(trailRecord(999))))
    await buckets.put(trail)
    const far = await run('s3://audit-stranger', 'far.db', '--endpoint-url', buckets.url)
    expect(far).toMatchObject({ code: 0, unnamed: 1, tally: all(40) })
    const hours = ['0-1 proven', '1-2 damaged', '2-4 proven']
    expect(await hoursIn('far.db')).toEqual(hours)
    copyOf('stranger', trail.objects)
    expect(await run(path('stranger'), 'near.db')).toMatchObject({ unnamed: 1, tally: all(40) })
    expect(await hoursIn('near.db')).toEqual(hours)
  })

  it.each([
    [['-'], "'-' has no digests"],
    [['lookup://eu-west-1'], "'lookup://eu-west-1' has no digests"],
  ])('refuses %s, which nobody signed', async (sources, words) => {
    const { code, err } = await ended(start(['run', ...sources, '--require-verified']))
    expect(code).toBe(2)
    expect(err).toContain(words)
  })
})

describe('offtrail verify --store', () => {
  const verify = (source: string, store: string, ...more: readonly string[]) =>
    ended(
      start([
        ...['verify', source, '--store', path(store)],
        ...['--public-keys', path('keys.json'), ...more],
      ]),
    )

  it('notes what that store has read, and takes it back and again as files change', async () => {
    const trail = hoursOf('kept', 4)
    copyOf('kept', trail.objects)
    const until = ['--to', new Date(trail.endMs()).toISOString()]
    const missing = await verify(path('kept'), 'none.db', ...until)
    expect(missing.code).toBe(4)
    await ended(start(['run', path('kept'), '--store', path('kept.db')]))
    rmSync(path('kept', logOf(trail, 4)))
    const first = await verify(path('kept'), 'kept.db', ...until)
    expect(first.code).toBe(1)
    expect(first.err).toContain('Noted    4 hours in')
    expect(await hoursIn('kept.db')).toEqual(['0-2 proven', '2-3 missing', '3-4 proven'])
    copyOf('kept', only(trail, logOf(trail, 4)))
    expect((await verify(path('kept'), 'kept.db', ...until)).code).toBe(0)
    expect(await hoursIn('kept.db')).toEqual(['0-4 proven'])
  })

  it('says nothing of hours whose logs the store has not read', async () => {
    const trail = hoursOf('unread', 4)
    copyOf('unread', trail.objects)
    const some = new Map([...trail.objects].filter(([key]) => key !== logOf(trail, 3)))
    copyOf('some', some)
    await ended(start(['run', path('some'), '--store', path('unread.db')]))
    const { err } = await verify(path('unread'), 'unread.db')
    expect(err).toContain('1 valid log it has not read')
    expect(await hoursIn('unread.db')).toEqual(['0-1 proven', '2-4 proven'])
  })
})
