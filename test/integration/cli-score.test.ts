import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { CountFiles } from '../../src/source/count-files.ts'
import { RowReader } from '../../src/source/counts/row-reader.ts'
import { countFolder } from '../support/count-folder.ts'
import { type MadeKey, madeCounts } from '../support/made-counts.ts'
import { commandLine } from '../support/offtrail.ts'
import { seededRandom } from '../support/seeded-random.ts'

const START_MS = Date.UTC(2026, 8, 7)
const DAYS = 21
const COUNTS_HEAD = 'key,bucket_start,calls,errors\n'
const CODES_HEAD = 'key,bucket_start,code,errors\n'
const BURST_MS = Date.UTC(2026, 8, 25, 3)
const DENIED_MS = Date.UTC(2026, 8, 26, 12)
const HOSTILE_KEY = '__proto__, "the" key\n=1+1'

const KEYS: readonly MadeKey[] = [
  { key: 'fine', bucketS: 300, mean: 0.8 },
  { key: HOSTILE_KEY, bucketS: 300, mean: 0.5, extra: new Map([[BURST_MS, { calls: 60 }]]) },
  { key: 'half', bucketS: 1800, mean: 6 },
  {
    ...{ key: 'hourly', bucketS: 3600, mean: 12 },
    extra: new Map([[DENIED_MS, { codes: { AccessDenied: 40, Throttling: 1 } }]]),
  },
  { key: 'rare', bucketS: 3600, mean: 0.01 },
]
const made = madeCounts([...KEYS], { startMs: START_MS, days: DAYS, seed: 11 })

function writtenCounts(counts = made.counts, codes: readonly string[] | null = null): CountFiles {
  return countFolder({
    counts: [COUNTS_HEAD, ...counts].join(''),
    ...{ series: `${made.series}never called,3600\n`, meta: made.meta },
    ...(codes === null ? {} : { codes: [CODES_HEAD, ...codes].join('') }),
  })
}

async function scored(files: CountFiles, ...more: readonly string[]) {
  const out = join(dirname(files.series), 'out')
  const { counts, series, errorCodes } = files
  const ending = await commandLine([
    ...['score', '--counts', counts, '--series', series, '--out', out, ...more],
    ...(errorCodes === undefined ? [] : ['--error-codes', errorCodes]),
  ])
  const text = (name: string): string =>
    ending.code === 0 ? readFileSync(join(out, name), 'utf8') : ''
  return { ...ending, scores: text('scores.csv'), events: text('events.csv') }
}

function rowsOf(text: string): readonly (readonly string[])[] {
  const rows: (readonly string[])[] = []
  const reader = new RowReader('written', (fields) => rows.push(fields))
  reader.push(text)
  reader.end()
  return rows.slice(1)
}

/** Fisher and Yates' shuffle. */
function shuffled<Item>(items: readonly Item[]): readonly Item[] {
  const random = seededRandom(5)
  const mixed = [...items]
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    ;[mixed[last], mixed[other]] = [mixed[other] as Item, mixed[last] as Item]
  }
  return mixed
}

describe('offtrail score', () => {
  it('gives the bucket of a planted burst the highest score, and makes an event of it', async () => {
    const { code, out, err, scores, events } = await scored(writtenCounts())
    expect(code).toBe(0)
    const best = rowsOf(scores)
      .filter(([, metric]) => metric === 'calls')
      .toSorted((one, other) => Number(other[3]) - Number(one[3]))[0]
    expect(best?.slice(0, 3)).toEqual([HOSTILE_KEY, 'calls', '2026-09-25T03:00:00Z'])
    const event = rowsOf(events).find(([key]) => key === HOSTILE_KEY)
    expect(event?.slice(0, 3)).toEqual([HOSTILE_KEY, 'calls', '2026-09-25T03:00:00Z'])
    expect(Date.parse(event?.[3] ?? '')).toBeGreaterThan(BURST_MS)
    expect(event?.slice(5)).toEqual(['up', '55'])
    expect(JSON.parse(out)).toMatchObject({
      rows: { series: 6, counts: made.counts.length, errorCodes: null },
      silentKeys: 1,
      calls: { dense: expect.any(Number), events: rowsOf(events).length - 1 },
      files: [expect.stringMatching(/scores\.csv$/), expect.stringMatching(/events\.csv$/)],
    })
    expect(err).toMatch(
      /^Read {5}.* rows of .*counts\.csv, 6 keys in .*series\.csv, 1 of them without calls\n/,
    )
    expect(err).toMatch(/Scored {3}5 series of calls and 1 of errors over 21\.0 days in/)
  })

  it('scores errors by code where they are told apart, and says what it leaves aside', async () => {
    const codes = made.codes.slice(0, -1)
    const { err, scores, events } = await scored(writtenCounts(made.counts, codes))
    const errors = rowsOf(scores).filter(([, metric]) => metric === 'errors')
    expect(errors[0]?.slice(0, 3)).toEqual(['hourly', 'errors', '2026-09-26T12:00:00Z'])
    const failing = rowsOf(events).filter(([, metric]) => metric === 'errors')
    expect(failing.map(([key, , start]) => [key, start])).toEqual([
      ['hourly', '2026-09-26T12:00:00Z'],
    ])
    expect(err).toContain('41 errors in')
    expect(err).toContain('codes.csv: only the latter are scored')
  })

  it('orders scores as the series are, then by metric and time, each bucket once', async () => {
    const { scores } = await scored(writtenCounts(made.counts, made.codes))
    const places = new Map(KEYS.map(({ key }, place) => [key, place]))
    const ranks = rowsOf(scores).map(
      ([key = '', metric, start, score]) =>
        `${places.get(key)} ${metric} ${start} ${Number(score) > 0}`,
    )
    expect(ranks).toEqual([...new Set(ranks)].toSorted())
    expect(ranks.every((rank) => rank.endsWith('true'))).toBe(true)
    expect(new Set(ranks.map((rank) => rank[0]))).toContain('3')
  })

  it('gives the same files whatever the order of the rows, plain or gzip', async () => {
    const inOrder = await scored(writtenCounts(made.counts, made.codes))
    const files = writtenCounts(shuffled(made.counts), made.codes.toReversed())
    writeFileSync(files.counts, gzipSync(readFileSync(files.counts)))
    const mixed = await scored(files)
    expect({ ...mixed, out: '', err: '' }).toEqual({ ...inOrder, out: '', err: '' })
    expect(inOrder.scores.length).toBeGreaterThan(100)
  })

  it('raises fewer events for a smaller budget, and the same scores', async () => {
    const files = writtenCounts()
    const many = await scored(files, '--alarm-budget', '500')
    const few = await scored(files, '--alarm-budget', '0.01', '--quiet', '--json')
    expect(few.scores).toBe(many.scores)
    expect(rowsOf(few.events).length).toBeLessThan(rowsOf(many.events).length)
    expect(few.err).toBe('')
    expect(JSON.parse(few.out).calls.events).toBe(
      rowsOf(few.events).filter(([, metric]) => metric === 'calls').length,
    )
  })
})

describe('offtrail score, at its edges', () => {
  it('shows people a table', async () => {
    const { out } = await scored(writtenCounts(), '--format', 'table')
    expect(out).toMatch(/^METRIC {2}DENSE {2}SPARSE {2}LEARNING {2}SCORES {2}EVENTS\ncalls {7}4/)
  })

  it('writes empty files where there was nothing to score', async () => {
    const { code, scores, events } = await scored(writtenCounts([]))
    expect(code).toBe(0)
    expect(scores).toBe('key,metric,bucket_start,score\n')
    expect(events).toBe('key,metric,start,end,score,direction,severity\n')
  })

  it.each([
    [['--alarm-budget', '0'], 2, '--alarm-budget takes a number above 0'],
    [['--counts', '/no/such.csv'], 2, 'cannot read /no/such.csv'],
    [['--wat'], 2, "unknown option '--wat'"],
  ])('ends %j with %i and says why', async (args, code, words) => {
    const ending = await scored(writtenCounts(), ...args)
    expect({ ...ending, err: ending.err.includes(words) }).toMatchObject({ code, err: true })
  })

  it('names the line of a row that cannot be counted, and writes nothing', async () => {
    const { code, err } = await scored(writtenCounts([...made.counts, made.counts[0] ?? '']))
    expect(code).toBe(2)
    expect(err).toMatch(
      /counts\.csv:\d+: line 2 counts the same bucket of "fine" already: .*\[COUNTS_INVALID\]/,
    )
  })
})
