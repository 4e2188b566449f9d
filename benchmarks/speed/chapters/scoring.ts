import type { Bench } from '../bench/bench.ts'
import { interleaved, type Row } from '../measure/interleaved.ts'
import type { Chapter } from '../report/chapter.ts'
import { figure, rate } from '../report/table.ts'
import type { Target } from '../report/target.ts'

const ASKED = { daySeries: 20_000, backfillSeries: 2_000, backfillDays: 90 } as const

/** What judging costs: windows, a day of many series, months of fewer. */
export function scoring(bench: Bench): Chapter {
  const { share, days, rates: rateSeries } = bench.scale.scoring
  const one = { series: ASKED.daySeries * share, days: 1 }
  const many = { series: ASKED.backfillSeries * share, days }
  const task = (sizes: Readonly<Record<string, number>>) => ({ folder: '', threads: 1, sizes })
  const rows = interleaved(
    [
      { title: 'rates', name: 'scoring-rates', task: task({ series: rateSeries }) },
      { title: 'one more day', name: 'scoring-days', task: task(one) },
      { title: 'backfill', name: 'scoring-days', task: task(many) },
    ],
    bench.isFull ? 1 : Math.min(bench.rounds, 2),
  )
  const [rates, day, backfill] = rows as readonly Row[] as readonly [Row, Row, Row]
  return {
    title: 'Scoring',
    notes: [
      'Counts in memory, 28 days of them learned from; windows of 5 minutes; one thread. _Learning_ is what hours and windows say; how heavy a tail is, is worked out where a window asks for it, and counts as scoring.',
    ],
    tables: [
      { columns: ['part', 'a CPU second', 'of'], rows: rateLines(rates) },
      {
        columns: ['days', 'series', 'days', 'CPU s', 'us a series-day', 'peak MB'],
        rows: [dayLine(day, one), dayLine(backfill, many)],
      },
    ],
    targets: targetsOf(rates, day, backfill),
    measured: { rows, one, many },
  }
}

function rateLines({ figures, failure }: Row): readonly (readonly string[])[] {
  if (failure !== null) return [[failure]]
  return [
    ['scoring quiet dense days', 'windowsPerSecond', 'windows, each in all lengths on both sides'],
    ['the same, with learning', 'wholePerSecond', 'windows'],
    ['both tails', 'bothTailsPerSecond', 'windows'],
    ['learning', 'learnedPerSecond', 'dense series, 28 days each'],
    ['peer: mean, spread, z', 'zPerSecond', 'windows, its 28 days read again each day'],
  ].map(([title = '', name = '', of = '']) => [title, rate(figures[name]), of])
}

function dayLine(row: Row, { series, days }: { series: number; days: number }) {
  if (row.failure !== null) return [`${row.title}: ${row.failure}`]
  const each = (row.cpuSeconds / series / days) * 1e6
  return [
    ...[`${row.title}, a tenth dense`, String(series), String(days)],
    ...[row.cpuSeconds, each, row.peakMb].map(figure),
  ]
}

function targetsOf(rates: Row, day: Row, backfill: Row): readonly Target[] {
  const each = ({ figures }: Row) => figures['perSeriesDay'] ?? Number.NaN
  const millions = (name: string) => (rates.figures[name] ?? Number.NaN) / 1e6
  const { daySeries, backfillSeries, backfillDays } = ASKED
  return [
    {
      ...{ what: 'window scores on quiet series', limit: 5, unit: 'M/s', bound: 'least' },
      measured: millions('windowsPerSecond'),
    },
    {
      ...{ what: 'window scores where both tails are needed', limit: 1, unit: 'M/s' },
      ...{ bound: 'least', measured: millions('bothTailsPerSecond') },
    },
    {
      ...{ what: `one more day of ${daySeries} series, in proportion`, limit: 60, unit: 's' },
      ...{ bound: 'most', measured: each(day) * daySeries },
    },
    {
      what: `${backfillDays} days of ${backfillSeries} series, in proportion`,
      ...{ limit: 300, unit: 's', bound: 'most' },
      measured: each(backfill) * backfillSeries * backfillDays,
    },
  ]
}
