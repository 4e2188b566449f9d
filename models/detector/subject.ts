import {
  type BothSizes,
  type BurstDays,
  type BurstSize,
  burstDays,
  sumsOf,
} from '../baseline/burst-days.ts'
import { addSeries, EMPTY_POOL, type PoolSums } from '../baseline/burst-law.ts'
import { type Activity, activityOf } from '../baseline/class.ts'
import { dayOf, type Grid, LOOKBACK_DAYS } from '../series/grid.ts'
import type { SeriesHistory } from '../series/history.ts'
import { taughtCounts } from '../series/taught.ts'

/** Days to score: `[fromDay, untilDay)`, UTC day numbers. */
export interface DaySpan {
  readonly fromDay: number
  readonly untilDay: number
}

/** One series with what its days are sorted by. */
export interface Subject {
  readonly series: SeriesHistory
  readonly firstDay: number
  /** Calls per day, of the activity's days, whether they teach or not. */
  readonly dailyCalls: Float64Array
  readonly activity: Activity
  readonly bursts: BothSizes<BurstDays>
}

/** The account's series in the one order that sums are made in: by key, then metric. */
export function subjectsOf(
  series: readonly SeriesHistory[],
  { fromDay, untilDay }: DaySpan,
  grid: Grid,
): readonly Subject[] {
  const days = { fromDay: fromDay - LOOKBACK_DAYS, untilDay }
  return [...series].sort(bySeries).map((each) => {
    const taught = taughtCounts(each)
    const activity = activityOf(taught, days, grid)
    const whole = taught === each.counts ? activity : activityOf(each.counts, days, grid)
    return {
      ...{ series: each, firstDay: dayOf(each.firstWindow, grid), activity },
      dailyCalls: whole.calls,
      bursts: burstDays(taught, grid),
    }
  })
}

/** Orders series, and what is told of them, by key and then metric. */
export function bySeries(
  one: Pick<SeriesHistory, 'key' | 'metric'>,
  other: Pick<SeriesHistory, 'key' | 'metric'>,
): number {
  if (one.key !== other.key) return one.key < other.key ? -1 : 1
  return one.metric < other.metric ? -1 : Number(one.metric > other.metric)
}

/** Sums over the bursts of these subjects in the 28 days before a day. */
export function sumBursts(subjects: readonly Subject[], day: number, size: BurstSize): PoolSums {
  let sums = EMPTY_POOL
  for (const { bursts } of subjects) sums = addSeries(sums, sumsOf(bursts[size].before(day)), 1)
  return sums
}

/** Whether a series had a call on the day or in the days it looks back on: no other is known to it. */
export function isSeen({ firstDay, activity, dailyCalls }: Subject, day: number): boolean {
  if (day < firstDay) return false
  const today = day - activity.fromDay
  for (let at = today - LOOKBACK_DAYS; at <= today; at++) {
    if ((dailyCalls[at] as number) > 0) return true
  }
  return false
}
