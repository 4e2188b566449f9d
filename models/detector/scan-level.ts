import { type Dispersion, riseLaw } from '../baseline/baseline.ts'
import { bandOf } from '../baseline/expect.ts'
import { type CountLaw, upperTail } from '../distribution/count-tails.ts'
import { countIn } from '../series/counts.ts'
import { type WindowSpan, windowsPerDay, windowsPerHour } from '../series/grid.ts'
import type { Counts } from '../series/history.ts'
import { skippedIn, taughtCounts } from '../series/taught.ts'
import { amongChanges, changeShare } from './changes.ts'
import { type DensePlan, penaltyOf } from './dense-day.ts'
import { LAW } from './law.ts'
import { familyOf, leastKept, type Score } from './score.ts'

/** Days at the end that are held against… */
const RECENT_DAYS = 7
/** …these before them. */
const EARLIER_DAYS = 21
/** A week is unusual from twice the earlier ones on, and from so many calls a day. */
const CLIMB_RATIO = 2
const CLIMB_DAILY = 20

/**
 * What whole days say that no window does: that a rise nobody confirmed still stands, and that a
 * series climbed so slowly that its baseline went along. One score each, at the end of a complete day.
 */
export function scanLevel(plan: DensePlan): readonly Score[] {
  const { baseline, series, grid } = plan
  const until = (baseline.day + 1) * windowsPerDay(grid)
  if (series.pool !== 'calls' || series.untilWindow < until) return []
  const found = baseline.level.before < 1 ? unconfirmed(plan, until) : climb(plan, until)
  return found === undefined ? [] : [found]
}

/** The day beside the level before the rise: still nearer to the new one? */
function unconfirmed(plan: DensePlan, until: number): Score | undefined {
  const { baseline, season } = plan
  const perDay = windowsPerDay(plan.grid)
  const expected = (season.meanSums[2 * perDay] as number) - (season.meanSums[perDay] as number)
  const mean = expected * baseline.level.before
  const span = { from: until - perDay, until }
  const count = countIn(plan.series.counts, span)
  // The middle of the two levels on the scale that levels are followed on.
  if (count * count < expected * mean) return undefined
  return scoreOf(plan, span, { count, mean, unconfirmed: true, law: LAW.level })
}

/** The last 7 days beside the 21 before them. */
function climb(plan: DensePlan, until: number): Score | undefined {
  const { series, baseline, grid } = plan
  const perDay = windowsPerDay(grid)
  const span = { from: until - RECENT_DAYS * perDay, until }
  const earlier = { from: span.from - EARLIER_DAYS * perDay, until: span.from }
  if (series.firstWindow > earlier.from || !baseline.level.settled) return undefined
  const taught = taughtCounts(series)
  const count = countIn(taught, span)
  const days = (of: WindowSpan, all: number): number => all - skippedIn(series, of) / perDay
  const recentDays = days(span, RECENT_DAYS)
  const mean = (countIn(taught, earlier) * recentDays) / days(earlier, EARLIER_DAYS)
  if (count < CLIMB_RATIO * mean || count < CLIMB_DAILY * recentDays || !(mean > 0))
    return undefined
  const others = count - largestDay(taught, span, perDay)
  if (others < CLIMB_RATIO * mean * (1 - 1 / recentDays)) return undefined
  const found = { count, mean, unconfirmed: false, law: LAW.climb }
  const score = scoreOf(plan, span, found)
  return score.surprise < leastKept(plan.keep, plan.denseCount) ? undefined : score
}

/** The calls of its busiest day: one day is no climb. */
function largestDay(counts: Counts, { from, until }: WindowSpan, perDay: number): number {
  let largest = 0
  for (let day = from; day < until; day += perDay) {
    largest = Math.max(largest, countIn(counts, { from: day, until: day + perDay }))
  }
  return largest
}

interface Found {
  readonly count: number
  readonly mean: number
  readonly unconfirmed: boolean
  readonly law: string
}

function scoreOf(plan: DensePlan, { from, until }: WindowSpan, found: Found): Score {
  const { series, grid, denseCount } = plan
  const { count, mean, unconfirmed, law: name } = found
  const dispersion = plan.baseline.dispersion.at(-1) as Dispersion
  const law: CountLaw = riseLaw(dispersion, mean)
  const logTail = upperTail(count, law)
  const penalty = penaltyOf(plan, windowsPerDay(grid))
  const share = changeShare({ direction: 'up', count, mean })
  const { expected, low, high } = bandOf(law)
  return {
    ...{ key: series.key, metric: series.metric, family: familyOf(series.pool, true) },
    ...{ direction: 'up', fromWindow: from, untilWindow: until },
    standsUntil: until + windowsPerDay(grid),
    unconfirmed,
    ...{ hotFromWindow: from, hotUntilWindow: until, count, expected, low, high },
    hourly: (mean / (until - from)) * windowsPerHour(grid),
    surprise: amongChanges(-logTail - penalty, plan.changes * share),
    peers: denseCount,
    firstSeen: false,
    terms: {
      ...{ law: name, windows: until - from, countJudged: count, mean },
      ...{ phi: dispersion.phi, alpha: dispersion.alpha, variance: law.variance },
      ...{ logTail, penalty, changesPerWeek: plan.changes, changeShare: share },
    },
  }
}
