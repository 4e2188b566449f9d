import { recordHigh, recordLaw, recordSurprise, stretchesIn } from '../baseline/record-law.ts'
import { dayOf, type Grid, windowsPerDay } from '../series/grid.ts'
import type { SeriesHistory } from '../series/history.ts'
import { runReach } from '../series/run.ts'
import { skippedDays, taughtCounts } from '../series/taught.ts'
import { familyOf, type Keep, leastKept, type Score } from './score.ts'

/** One caller's different APIs on one day: all that its scores are made of. */
export interface BreadthDay {
  readonly series: SeriesHistory
  readonly day: number
  readonly grid: Grid
  /** The account's first window. */
  readonly bornWindow: number
  /** Callers seen by then. */
  readonly peers: number
  readonly keep: Keep
}

/**
 * Scores how many different APIs one caller called in half an hour, at each complete window of the
 * day in which it turned to another, held against its own record of the 28 days before. People differ
 * too much for a law of them all, and a person from day to day too little to need one.
 */
export function scanBreadth(input: BreadthDay): readonly Score[] {
  const { series, day, grid, bornWindow, peers, keep } = input
  const perDay = windowsPerDay(grid)
  const until = Math.min((day + 1) * perDay, series.untilWindow)
  const today = stretchesIn(
    series.counts,
    { from: day * perDay - runReach(grid) + 1, until },
    grid,
  ).filter(({ untilWindow }) => untilWindow > day * perDay)
  if (today.length === 0) return []
  const law = recordLaw(taughtCounts(series), {
    ...{ day, ageDays: day - dayOf(bornWindow, grid), peers, grid },
    skippedDays: skippedDays(series, day, grid),
  })
  return today
    .filter(({ count }) => count > law.record)
    .map(({ fromWindow, untilWindow, count }) => ({
      ...{ key: series.key, metric: series.metric, family: familyOf(series.pool, false) },
      ...({ direction: 'up', fromWindow, untilWindow, standsUntil: untilWindow } as const),
      ...{ hotFromWindow: fromWindow, hotUntilWindow: untilWindow, unconfirmed: false },
      ...{ count, expected: law.record, hourly: 0, low: 0, high: recordHigh(law, peers) },
      ...{ surprise: recordSurprise(law, count), peers, firstSeen: false },
      terms: {
        law: "the caller's own days",
        record: law.record,
        recordScale: law.scale,
        recordsPerWeek: law.perWeek,
        callers: peers,
      },
    }))
    .filter(({ surprise }) => surprise >= leastKept(keep, peers))
}
