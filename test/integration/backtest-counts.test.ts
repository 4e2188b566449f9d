import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { perWeek } from '../../models/index.ts'
import type { CountFiles } from '../../src/source/count-files.ts'
import { RowReader } from '../../src/source/counts/row-reader.ts'
import { madeCounts } from '../support/made-counts.ts'
import { commandLine, place } from '../support/offtrail.ts'

const { path } = place()
const START_MS = Date.UTC(2026, 8, 7)
const DAYS = 21
const BURST_MS = Date.UTC(2026, 8, 25, 3)
const DENIED_MS = Date.UTC(2026, 8, 26, 12)
const made = madeCounts(
  [
    { key: 'fine', bucketS: 300, mean: 0.8, extra: new Map([[BURST_MS, { calls: 60 }]]) },
    {
      ...{ key: 'hourly', bucketS: 3600, mean: 12 },
      extra: new Map([[DENIED_MS, { codes: { AccessDenied: 150 } }]]),
    },
    {
      key: 'other',
      bucketS: 300,
      mean: 2,
      extra: new Map([[BURST_MS - 86_400_000, { calls: 25 }]]),
    },
  ],
  { startMs: START_MS, days: DAYS, seed: 11 },
)
const LABELS = [
  'key,metric,kind,startTime,endTime,note',
  'fine,calls,theft,2026-09-25T02:57:00Z,2026-09-25T03:05:00Z,a',
  'hourly,errors,guessing,2026-09-26T12:00:00Z,2026-09-26T13:00:00Z,b',
  'hourly,,drop,2026-09-27T12:00:00Z,2026-09-27T13:00:00Z,never seen',
  '',
].join('\n')

let files: Required<CountFiles>

beforeAll(() => {
  const written = (name: string, text: string): string => {
    const file = path(name)
    writeFileSync(file, text)
    return file
  }
  written('meta.json', made.meta)
  files = {
    series: written('series.csv', made.series),
    counts: written('counts.csv', `key,bucket_start,calls,errors\n${made.counts.join('')}`),
    errorCodes: written('codes.csv', `key,bucket_start,code,errors\n${made.codes.join('')}`),
  }
  written('labels.csv', LABELS)
})

const given = () => [
  ...['--counts', files.counts, '--series', files.series, '--error-codes', files.errorCodes],
]
const backtested = (...more: readonly string[]) => commandLine(['backtest', ...given(), ...more])

interface Line {
  readonly settings: Readonly<Record<string, number>>
  readonly incidents: number
  readonly [figure: string]: unknown
}

/** The events that `offtrail score` writes at a budget. */
async function eventsAt(budget: number) {
  const out = join(dirname(files.series), `at-${budget}`)
  await commandLine(['score', ...given(), '--out', out, '--alarm-budget', String(budget)])
  const rows: (readonly string[])[] = []
  const reader = new RowReader('events', (fields) => rows.push(fields))
  reader.push(readFileSync(join(out, 'events.csv'), 'utf8'))
  reader.end()
  return rows.slice(1).map(([key, metric, start]) => ({ key, metric, start }))
}

describe('offtrail backtest --counts', () => {
  it('tells what score tells at each budget, held against labels by hand', async () => {
    const { out, err, code } = await backtested('--labels', path('labels.csv'), '--json')
    expect([code, err]).toEqual([0, expect.stringContaining('3 labels')])
    const lines: readonly Line[] = JSON.parse(out)
    expect(lines.map(({ settings }) => settings['alarmBudget.account'])).toEqual([
      ...[0.25, 0.5, 1, 2, 4, 8],
    ])
    for (const { settings, ...figures } of lines) {
      const events = await eventsAt(settings['alarmBudget.account'] ?? 0)
      const theft = events.filter(
        ({ key, start }) => key === 'fine' && start === '2026-09-25T03:00:00Z',
      )
      const guessing = events.filter(
        ({ key, metric, start }) =>
          key === 'hourly' && metric === 'errors' && start === '2026-09-26T12:00:00Z',
      )
      expect([theft.length, guessing.length]).toEqual([1, 1])
      const others = events.length - 2
      const precision = 2 / events.length
      expect(figures).toMatchObject({
        ...{ incidents: events.length, others, accountWeeks: 3, labelled: 3, caught: 2, precision },
        ...{ othersPerWeek: perWeek(others, 3), recall: 2 / 3 },
        f1: expect.closeTo((2 * precision * (2 / 3)) / (precision + 2 / 3), 12),
        // Minutes: 03:05 after 02:57, and 13:00 after 12:00.
        medianDelay: (8 + 60) / 2,
        kinds: {
          theft: { caught: 1, labelled: 1 },
          guessing: { caught: 1, labelled: 1 },
          drop: { caught: 0, labelled: 1 },
        },
      })
    }
    expect(new Set(lines.map(({ incidents }) => incidents)).size).toBeGreaterThan(1)
  })

  it('follows a grid and the settings file, and writes every format', async () => {
    writeFileSync(path('high.yaml'), 'floors: { calls: 500, denseCalls: 500 }\n')
    const grid = ['--grid', 'floors.errors=5,500', '--grid', 'alarmBudget.account=1']
    const labels = ['--labels', path('labels.csv'), '-c', path('high.yaml'), ...grid]
    const lines: readonly Line[] = JSON.parse((await backtested(...labels, '--json')).out)
    expect(lines.map(({ incidents, caught }) => [incidents, caught])).toEqual([
      [1, 1],
      [0, 0],
    ])
    const csv = (await backtested(...labels, '--format', 'csv')).out
    expect(csv).toMatch(/^floors.errors,alarmBudget.account,others_a_week,.*caught_theft\r\n5,1,/)
    expect((await backtested(...labels, '--format', 'table')).out).toContain('1 of 3')
    expect((await backtested(...labels, '--format', 'html')).out).toMatch(/^<!doctype html>/)
  })

  it('keeps to the time asked for', async () => {
    const span = ['--from', '2026-09-26T00:00:00Z', '--to', '2026-09-27T00:00:00Z']
    const labels = ['--labels', path('labels.csv'), '--json', '--grid', 'alarmBudget.account=1']
    const [line] = JSON.parse((await backtested(...labels, ...span)).out) as readonly Line[]
    expect(line).toMatchObject({ labelled: 1, caught: 1, accountWeeks: 1 / 7 })
  })
})

describe('offtrail backtest of counts that are wrong', () => {
  it.each([
    ['nobody,,x,2026-09-25T02:57:00Z,2026-09-25T03:05:00Z', 'key "nobody" is not in the series'],
    ['fine,,x,yesterday,2026-09-25T03:05:00Z', 'startTime is "yesterday": write a time in UTC'],
    ['fine,,x,2026-09-25T03:05:00Z,2026-09-25', 'endTime must lie after startTime'],
    ['fine,both,x,2026-09-25,2026-09-26', 'metric is "both": write calls, errors or nothing'],
    ['fine,,,2026-09-25,2026-09-26', 'kind is empty'],
    ['fine', '1 '],
  ])('names the line of a label that is none: %s', async (row, words) => {
    const file = path('wrong.csv')
    writeFileSync(file, `key,metric,kind,startTime,endTime\n${row}\n`)
    const { code, err } = await backtested('--labels', file)
    expect(code).toBe(2)
    expect(err).toContain(`${file}:2: `)
    expect(err).toContain(words)
  })

  it('names the line of a count that is none', async () => {
    const file = path('bad.csv')
    writeFileSync(file, 'key,bucket_start,calls,errors\nfine,2026-09-07T00:00:00Z,many,\n')
    const { code, err } = await commandLine([
      'backtest',
      '--counts',
      file,
      '--series',
      files.series,
    ])
    expect([code, err]).toEqual([2, expect.stringContaining(`${file}:2: `)])
  })

  it.each([
    [['--counts', 'x.csv'], 'both --counts and --series'],
    [['--series', 'x.csv'], 'both --counts and --series'],
    [['--error-codes', 'x.csv'], 'both --counts and --series'],
    [['--counts', 'x', '--series', 'y', '--grid', 'floors.breadth=1'], 'floors.breadth decides'],
  ])('refuses %j', async (args, words) => {
    const { code, err } = await commandLine(['backtest', ...args])
    expect([code, err]).toEqual([2, expect.stringContaining(words)])
  })
})
