import type { Bench } from '../bench/bench.ts'
import { PARTS } from '../bench/months.ts'
import type { Chapter } from '../report/chapter.ts'
import { figure } from '../report/table.ts'

const NOTE =
  'The same account and APIs for the same 30 days, in files of the same sizes; only the calls become more.'

/** What an event costs in a month with four and sixteen times the calls; the series stay the same. */
export function growth(bench: Bench): Chapter {
  const { runs } = bench.months()
  const costs = runs.map(({ times, trail, run }) => {
    const cost = (seconds = Number.NaN) => (seconds / trail.digest.events) * 1e6
    const { reading, writes, scoring, insights } = run.figures
    return {
      ...{ times, events: trail.digest.events, whole: cost(run.cpuSeconds) },
      ...{ reading: cost(reading), writes: cost(writes) },
      ...{ scoring: cost(scoring), insights: cost(insights) },
    }
  })
  return {
    title: 'Growth: microseconds of CPU an event',
    notes: [NOTE],
    tables: [
      {
        columns: ['month', 'events', 'whole run', ...PARTS],
        rows: costs.map((cost) => [
          ...[`${cost.times}x`, String(cost.events), figure(cost.whole)],
          ...PARTS.map((part) => figure(cost[part])),
        ]),
      },
    ],
    targets: (['whole', 'reading', 'writes'] as const).map((part) => ({
      what: `an event at 16x beside one at 1x, ${part === 'whole' ? 'whole run' : part}`,
      ...{ limit: 1.15, bound: 'most', unit: 'times' },
      measured: (costs.at(-1)?.[part] ?? Number.NaN) / (costs[0]?.[part] ?? Number.NaN),
    })),
    measured: { costs, runs },
  }
}
