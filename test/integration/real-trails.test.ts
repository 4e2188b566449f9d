import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { ApiCall, FileContext, FileReading } from '../../src/event/api-call.ts'
import { parseEventTime } from '../../src/event/event-time.ts'
import { readTrailFile } from '../../src/event/read-trail-file.ts'
import { FILE_LIMITS } from '../support/file-limits.ts'
import { callsOf, codesOf, type Outcome } from '../support/trail-records.ts'

const ROOT = fileURLToPath(new URL('../fixtures/trails/', import.meta.url))
const CONTEXT: FileContext = { account: null, stampMs: null, limits: FILE_LIMITS }

/** What `manifest.tsv` says of a file. */
interface Entry {
  readonly path: string
  readonly events: number
  readonly first: string
  readonly last: string
  readonly apis: number
  readonly errors: number
}

const MANIFEST: readonly Entry[] = readFileSync(`${ROOT}manifest.tsv`, 'utf8')
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => line.split('\t'))
  .map(([path = '', events, first = '', last = '', apis, errors]) => {
    return { path, events: Number(events), first, last, apis: Number(apis), errors: Number(errors) }
  })
  .filter(({ path }) => !path.startsWith('series/'))

async function read(path: string): Promise<Outcome> {
  const readings: Outcome['readings'][number][] = []
  const bytes = createReadStream(ROOT + path)
  const file = await readTrailFile(bytes, CONTEXT, (reading) => readings.push(reading))
  return { file, readings }
}

/** The verdict that a file of the manifest deserves, by its kind. */
function verdictOf(path: string): Pick<FileReading, 'outcome' | 'code'> {
  if (path.startsWith('aws-docs/digest')) return { outcome: 'skipped', code: 'DIGEST' }
  if (path.startsWith('aws-docs/insight')) return { outcome: 'skipped', code: 'INSIGHT' }
  if (path.endsWith('broken-json.json')) return { outcome: 'failed', code: 'JSON_INVALID' }
  return { outcome: 'done', code: null }
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)
const apisOf = (calls: readonly ApiCall[]) =>
  new Set(calls.map((call) => `${call.eventSource} ${call.eventName}`))

describe('readTrailFile, of the published trails', () => {
  it('finds every record that the manifest counts: 8 473 in all', async () => {
    const files = await Promise.all(MANIFEST.map(({ path }) => read(path)))
    const found = files.map(({ file }) => file.records)
    expect(found).toEqual(MANIFEST.map(({ events }) => events))
    expect(sum(found)).toBe(8473)
  })

  it.each(MANIFEST)('$path: the verdict of its kind', async ({ path }) => {
    expect((await read(path)).file).toMatchObject(verdictOf(path))
  })

  it.each(MANIFEST.filter(({ path }) => verdictOf(path).outcome === 'done'))(
    '$path: every record is a call, with the times, APIs and errors of the manifest',
    async (entry) => {
      const { readings } = await read(entry.path)
      expect(codesOf(readings)).toEqual([])
      const calls = callsOf(readings)
      const times = calls.map((call) => call.timeMs).sort((a, b) => a - b)
      expect({
        calls: calls.length,
        first: times[0],
        last: times.at(-1),
        apis: apisOf(calls).size,
        errors: calls.filter((call) => call.errorCode !== null).length,
      }).toEqual({
        calls: entry.events,
        first: parseEventTime(entry.first),
        last: parseEventTime(entry.last),
        apis: entry.apis,
        errors: entry.errors,
      })
    },
  )

  it('passes over everything else: licences, sources, the manifest', async () => {
    const known = new Set(MANIFEST.map(({ path }) => path))
    const others = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter(
      (path) => !known.has(path) && statSync(ROOT + path).isFile(),
    )
    expect(others.length).toBeGreaterThan(10)
    for (const path of others) {
      expect({ path, ...(await read(path)).file }).toMatchObject({
        path,
        outcome: 'skipped',
        code: 'NOT_CLOUDTRAIL',
        records: 0,
      })
    }
  })

  it.each([
    ['event-history/kinshuk4.csv', 'event-history/kinshuk4.records.json'],
    ['event-history/stefanpapp.csv', 'event-history/stefanpapp.records.json'],
    ['formats/lookup-events.json', 'formats/lookup-events.jsonl'],
  ])('reads the same calls from %s and %s', async (left, right) => {
    const sorted = async (path: string) =>
      [...callsOf((await read(path)).readings)].sort((a, b) => (a.eventId < b.eventId ? -1 : 1))
    expect(await sorted(left)).toEqual(await sorted(right))
  })
})

describe('readTrailFile, of their quirks', () => {
  it.each([
    ['formats/lookup-events.json', 'lookup'],
    ['formats/lookup-events.jsonl', 'lines'],
    ['formats/logstash.ndjson.gz', 'lines'],
    ['formats/records-2017.json', 'records'],
    ['event-history/kinshuk4.csv', 'csv'],
    ['console-sessions/96db96348347.json.gz', 'array'],
  ])('sees how %s is framed', async (path, framing) => {
    expect((await read(path)).file.framing).toBe(framing)
  })

  it('infers what old records leave out', async () => {
    const calls = callsOf((await read('formats/records-2017.json')).readings)
    expect(calls.every((call) => call.category === 'Management')).toBe(true)
    const readers = new Set(calls.filter((call) => call.readOnly).map((call) => call.eventName))
    const writers = new Set(calls.filter((call) => !call.readOnly).map((call) => call.eventName))
    expect(readers).toContain('DescribeSubnets')
    expect(writers).toContain('RunInstances')
  })

  it('names data events, their anonymous callers and no account that is none', async () => {
    const calls = callsOf((await read('honeybucket-two-years/records.ndjson.gz')).readings)
    expect(new Set(calls.map((call) => call.category))).toEqual(new Set(['Data']))
    expect(new Set(calls.map((call) => call.identity))).toEqual(new Set(['ANONYMOUS_PRINCIPAL']))
    expect(new Set(calls.map((call) => call.account))).toEqual(new Set(['123456789012']))
  })

  it('takes an error code of null for success', async () => {
    const calls = callsOf((await read('console-sessions/01b11411976e.json.gz')).readings)
    expect(calls.filter((call) => call.errorCode !== null)).toEqual([])
  })

  it('infers readOnly as CloudTrail set it in all records that have it', async () => {
    const { readOnlyOf } = await import('../../src/event/fields/read-only.ts')
    for (const { path } of MANIFEST) {
      for (const call of callsOf((await read(path)).readings))
        expect([call.eventName, readOnlyOf(null, call.eventName)]).toEqual([
          call.eventName,
          call.readOnly,
        ])
    }
  })

  it('gives no session name away', async () => {
    for (const { path } of MANIFEST)
      for (const { identity } of callsOf((await read(path)).readings))
        expect(identity ?? '').not.toMatch(/:assumed-role\/[^/]+\//)
  })
})
