import type { SharedLaw } from '../baseline/burst-law.ts'
import { classify } from '../baseline/class.ts'
import { dayOf, type Grid } from '../series/grid.ts'
import type { ErrorTotal } from '../series/total.ts'
import { type Classed, eachPool, type PerPool, type PoolDay, poolDays } from './pool-day.ts'
import type { TotalsOf } from './scan-total.ts'
import type { Keep } from './score.ts'
import { isSeen, type Subject } from './subject.ts'

/** What one day was judged by. */
export interface ScoredDay {
  readonly day: number
  /** Keys of the series with a baseline of their own, ascending; of every pool that has series. */
  readonly denseKeys: PerPool<readonly string[]>
  readonly laws: PerPool<SharedLaw>
}

/** A day's series by class, with the laws of the day. */
export interface DayPlan extends ScoredDay {
  /** Errors over all codes, where an API's have a baseline. */
  readonly totals: readonly ErrorTotal[]
  /** Seen by then, in order. */
  readonly seen: readonly Classed[]
  readonly pools: PerPool<PoolDay>
  readonly ageDays: number
  readonly bornWindow: number
  readonly keep: Keep
}

/** Sorts what was seen by a day, and makes the laws it is judged by. */
export function planDay(
  { subjects, totals }: { subjects: readonly Subject[]; totals: TotalsOf },
  day: number,
  { bornWindow, keep, grid }: { bornWindow: number; keep: Keep; grid: Grid },
): DayPlan {
  const seen = subjects
    .filter((subject) => isSeen(subject, day))
    .map((subject) => ({
      seriesClass: classify(subject.activity, day, subject.firstDay),
      ...subject,
    }))
  const ageDays = day - dayOf(bornWindow, grid)
  const pools = poolDays(seen, { day, ageDays, grid })
  return {
    ...{ day, ageDays, bornWindow, keep, seen, pools },
    totals: totals(day),
    denseKeys: eachPool(pools, ({ denseKeys }) => denseKeys),
    laws: eachPool(pools, ({ bursts, sparseCount }) => ({
      ...bursts.whole.law,
      series: Math.max(1, sparseCount),
      tail: bursts.whole.tail,
    })),
  }
}
