import { addBurst, type BurstSums, joinBursts, NO_BURSTS } from '../baseline/burst-law.ts'
import { type Activity, activityOf } from '../baseline/class.ts'
import { dayOf, type Grid, LEARN_DAYS, LOOKBACK_DAYS } from '../series/grid.ts'
import type { SeriesHistory } from '../series/history.ts'
import { runsOfDay } from '../series/run.ts'

/** Days to score: `[fromDay, untilDay)`, UTC day numbers. */
export interface DaySpan {
  readonly fromDay: number
  readonly untilDay: number
}

/** One series with what its days are sorted by. */
export interface Subject {
  readonly series: SeriesHistory
  readonly firstDay: number
  readonly activity: Activity
  /** Sums over the bursts of a day, made when first asked for. */
  readonly bursts: Map<number, BurstSums>
}

/** The account's series in the one order that sums are made in: by key, then metric. */
export function subjectsOf(
  series: readonly SeriesHistory[],
  { fromDay, untilDay }: DaySpan,
  grid: Grid,
): readonly Subject[] {
  const days = { fromDay: fromDay - LOOKBACK_DAYS, untilDay }
  return [...series].sort(bySeries).map((each) => ({
    series: each,
    firstDay: dayOf(each.firstWindow, grid),
    activity: activityOf(each.counts, days, grid),
    bursts: new Map(),
  }))
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
export function sumBursts(subjects: readonly Subject[], day: number, grid: Grid): BurstSums {
  let sums = NO_BURSTS
  for (const subject of subjects) {
    for (let each = day - LEARN_DAYS; each < day; each++) {
      if (subject.activity.calls[each - subject.activity.fromDay] === 0) continue
      sums = joinBursts(sums, burstsOn(subject, each, grid))
    }
  }
  return sums
}

function burstsOn({ bursts, series }: Subject, day: number, grid: Grid): BurstSums {
  const known = bursts.get(day)
  if (known !== undefined) return known
  const sums = runsOfDay(series.counts, day, grid).reduce(
    (sum, run) => addBurst(sum, run.count, 1),
    NO_BURSTS,
  )
  bursts.set(day, sums)
  return sums
}
