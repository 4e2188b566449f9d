import type { Bench, MonthRun } from '../bench/bench.ts'
import { CLOSE, TIMES } from '../bench/months.ts'
import type { Chapter } from '../report/chapter.ts'
import { figure } from '../report/table.ts'

/** The peak of whole runs: it must not follow the number of events, nor what callers make up. */
export function memory(bench: Bench): Chapter {
  const { runs, strangers } = bench.months()
  const close = runs[TIMES.indexOf(CLOSE)] as MonthRun
  const line = (title: string, { trail, run }: MonthRun) => [
    ...[title, String(trail.digest.events), figure(run.peakMb)],
    figure(run.peakMb - close.run.peakMb),
  ]
  return {
    title: 'Memory',
    notes: [
      'Largest resident memory of the process of a whole run, 45 MB of Node itself included.',
    ],
    tables: [
      {
        columns: ['run', 'events', 'peak MB', `beside ${CLOSE}x`],
        rows: [
          ...runs.map((each) => line(`month, ${each.times}x`, each)),
          line(`month, ${CLOSE}x, an agent and a session for each event`, strangers),
        ],
      },
    ],
    targets: [
      ...runs.slice(1).map(({ trail, run }) => ({
        ...{ what: `peak with ${trail.digest.events} events`, limit: 300, unit: 'MB' },
        ...{ bound: 'most' as const, measured: run.peakMb },
      })),
      {
        what: `more for ${strangers.trail.digest.events} agents and sessions`,
        ...{ limit: 100, unit: 'MB', bound: 'most' },
        measured: strangers.run.peakMb - close.run.peakMb,
      },
    ],
    measured: { runs, strangers },
  }
}
