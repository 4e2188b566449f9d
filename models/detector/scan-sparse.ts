import {
  type BothSizes,
  type BurstDays,
  type BurstSize,
  onlyRuns,
  sumsOf,
} from '../baseline/burst-days.ts'
import { addSeries, burstLaw, ownLaw } from '../baseline/burst-law.ts'
import { type WindowRates, windowRecord } from '../baseline/doubling-law.ts'
import { mostTaught } from '../baseline/own-bursts.ts'
import { RECURRENCE_SPREAD, recurringCalls } from '../baseline/recurrence.ts'
import { shareLaw } from '../baseline/share-law.ts'
import { once } from '../once.ts'
import { cellsBefore, countIn } from '../series/counts.ts'
import { dayOf, type Grid, LEARN_DAYS, windowsPerDay, windowsPerHour } from '../series/grid.ts'
import type { SeriesHistory } from '../series/history.ts'
import { type Run, runReach } from '../series/run.ts'
import { skippedDays, taughtCounts, taughtDays } from '../series/taught.ts'
import { type BurstDay, judgeBurst, mostSurprise, type WindowRecord } from './judge-burst.ts'
import { type PoolBursts, SIZE_PRIORS } from './pool-day.ts'
import { familyOf, type Keep, leastKept, type Score } from './score.ts'

/** One sparse series on one day: all that its scores are made of. */
export interface SparseDay {
  readonly series: SeriesHistory
  readonly bursts: BothSizes<BurstDays>
  readonly day: number
  readonly grid: Grid
  /** What the bursts of all sparse series of its pool were in the 28 days before, its own among them. */
  readonly known: BothSizes<PoolBursts>
  /** The account's first window. */
  readonly bornWindow: number
  /** Sparse series of its pool on the day. */
  readonly peers: number
  readonly keep: Keep
  /** Series of its pool expected to be seen for the first time in a week. */
  readonly firstsPerWeek: number
  /** How often windows of its pool stand out. */
  readonly windows: WindowRates
}

/** Calls under which a burst is none, whatever the law says. */
const LEAST_BURST = 2
/** The standard normal distribution's 99 % quantile. */
const Z99 = 2.3263478740408408

/**
 * Scores a sparse series' day by its own law of bursts, drawn towards the pool's, from its first call
 * on: at each window with calls, those of the window, and of the run so far (of the last 24 hours, across midnight too;
 * of the last hour in the series' first 24). What comes at the same time as on earlier days is held
 * against those. The calls judged never enter their own law.
 */
export function scanSparse(input: SparseDay): readonly Score[] {
  const best = new Map<number, Score>()
  for (const score of [...scanSize(input, 'whole'), ...scanSize(input, 'window')]) {
    const known = best.get(score.untilWindow)
    if (known === undefined || score.surprise > known.surprise) best.set(score.untilWindow, score)
  }
  return [...best.values()].sort((one, other) => one.untilWindow - other.untilWindow)
}

/** The scores of one size of bursts alone, in the order of time. */
export function scanSize(input: SparseDay, size: BurstSize): readonly Score[] {
  const bursts = burstsSoFar(input, size).filter((burst) => burst.count >= LEAST_BURST)
  if (bursts.length === 0) return []
  const { day, grid } = input
  const law = dayLaw(input, size, undefined)
  const carried = size === 'whole' ? carriedOver(input) : undefined
  const lawOfCarried = carried === undefined ? law : dayLaw(input, size, carried)
  const hourly = once(() => hourlyBefore(input))
  const least = leastKept(input.keep, input.peers)
  const scores: Score[] = []
  for (const burst of bursts) {
    const crosses = burst.fromWindow < day * windowsPerDay(grid)
    const ofDay = crosses ? lawOfCarried : law
    if (mostSurprise(burst.count, ofDay) < least) continue
    const score = scoreOf(input, burst, ofDay, hourly())
    if (score.surprise >= least) scores.push(score)
  }
  return scores
}

/** The law of the day, without a run of yesterday's that must not judge itself. */
function dayLaw(input: SparseDay, size: BurstSize, without: Run | undefined): BurstDay {
  const { series, bursts, day, grid, known, bornWindow, peers } = input
  const { sums, tail, skippedDays: skipped } = known[size]
  const lesson = bursts[size].before(day)
  const kept = without === undefined ? lesson : onlyRuns(lesson, (run) => run !== without)
  const others = addSeries(sums, sumsOf(lesson), -1)
  const bornDay = dayOf(bornWindow, grid)
  const sizePrior = SIZE_PRIORS[size]
  const pool = burstLaw(addSeries(others, sumsOf(kept), 1), day - bornDay, sizePrior, skipped)
  const ageDays = day - dayOf(series.firstWindow, grid)
  const past = { ageDays: taughtDays(series, day, grid), peers }
  const own = ownLaw(pool, sumsOf(kept, mostTaught(kept, pool)), past)
  // On its first day a series is one of those seen for the first time, which have a budget like all others together.
  const firsts = ageDays === 0 ? (2 * input.firstsPerWeek) / peers : own.perWeek
  return {
    ...{ of: series.pool, peers, size, pool, tail, share: shareLaw(series, day, grid) },
    own: { ...own, perWeek: Math.min(own.perWeek, firsts) },
    record: size === 'window' && series.pool === 'calls' ? recordOf(input) : null,
  }
}

function recordOf({ series, bursts, day, grid, bornWindow, windows }: SparseDay): WindowRecord {
  const daysSince = (window: number): number => Math.max(0, day - window / windowsPerDay(grid))
  const lesson = bursts.window.before(day)
  const most = windowRecord(lesson, {
    apiDays: daysSince(series.firstWindow),
    accountDays: daysSince(bornWindow),
  })
  return { most, isNew: lesson.length === 0, ...windows }
}

/**
 * At each complete window of the day with calls: the window itself, or the run it is in, as far as 24 hours reach back. In
 * a series' first 24 hours only one: nothing else tells a busy service from a burst yet.
 */
function burstsSoFar({ series, day, grid }: SparseDay, size: BurstSize): readonly Run[] {
  const { counts, untilWindow } = series
  const perDay = windowsPerDay(grid)
  const reach = runReach(grid)
  const bursts: Run[] = []
  // All 24 hours of the day's windows lie between yesterday's midnight and the day's end.
  let first = cellsBefore(counts, (day - 1) * perDay)
  const end = cellsBefore(counts, Math.min((day + 1) * perDay, untilWindow))
  let last = Number.NEGATIVE_INFINITY
  let count = 0
  for (let cell = first; cell < end; cell++) {
    const window = counts.at[cell] as number
    if (window - last > reach) {
      first = cell
      count = 0
    }
    last = window
    count += counts.count[cell] as number
    // The first day of a series takes part with its last hour alone.
    const youth = Math.min(window, series.firstWindow + perDay) - windowsPerHour(grid)
    for (; (counts.at[first] as number) <= Math.max(window - perDay, youth); first++) {
      count -= counts.count[first] as number
    }
    if (window < day * perDay) continue
    const peak = counts.count[cell] as number
    bursts.push(
      size === 'window'
        ? { fromWindow: window, untilWindow: window + 1, count: peak, peak }
        : { fromWindow: counts.at[first] as number, untilWindow: window + 1, count, peak },
    )
  }
  return bursts
}

/** Yesterday's part of a run that goes on today: it is in the law, and must not judge itself. */
function carriedOver({ series, bursts, day, grid }: SparseDay): Run | undefined {
  const first = series.counts.at[cellsBefore(series.counts, day * windowsPerDay(grid))] as number
  const last = bursts.whole.on(day - 1).runs.at(-1)
  return last !== undefined && first - (last.untilWindow - 1) <= runReach(grid) ? last : undefined
}

/** Calls per hour in the hours since its first call that teach, as far as they lie in the 28 days before; at least one. */
function hourlyBefore({ series, day, grid }: SparseDay): number {
  const until = day * windowsPerDay(grid)
  const calls = countIn(taughtCounts(series), {
    from: (day - LEARN_DAYS) * windowsPerDay(grid),
    until,
  })
  const seenHours = (until - series.firstWindow) / windowsPerHour(grid)
  const hours = Math.min(LEARN_DAYS * 24, Math.max(1, seenHours))
  return calls / Math.max(1, hours - 24 * skippedDays(series, day, grid))
}

function scoreOf(input: SparseDay, burst: Run, day: BurstDay, hourly: number): Score {
  const { series, grid, peers } = input
  const { own } = day
  const { fromWindow, untilWindow, count } = burst
  const calls = recurringCalls(
    taughtCounts(series),
    { from: fromWindow, until: untilWindow, count },
    grid,
  )
  const isAgain = calls > 0 && Math.log(calls) > own.location
  const again = isAgain ? { location: Math.log(calls), spread: RECURRENCE_SPREAD } : null
  const law = again ?? own
  const ownCalls = (hourly * (untilWindow - fromWindow)) / windowsPerHour(grid)
  return {
    key: series.key,
    metric: series.metric,
    family: familyOf(series.pool, false),
    direction: 'up',
    fromWindow,
    untilWindow,
    standsUntil: untilWindow,
    unconfirmed: false,
    hotFromWindow: fromWindow,
    hotUntilWindow: untilWindow,
    count,
    // A series too rare for a baseline still has days of its own to be held against.
    expected: Math.max(Math.exp(law.location), ownCalls),
    hourly,
    low: 0,
    // P(Y > high) is at most 1 %, with half a call's continuity as in the tail.
    high: Math.ceil(Math.exp(law.location + Z99 * law.spread) - 0.5),
    ...judgeBurst(burst, day, { calls, law: again }),
    peers,
    firstSeen: fromWindow <= series.firstWindow && series.firstWindow < untilWindow,
  }
}
