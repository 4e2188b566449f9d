import { addBurst, type BurstLaw, type BurstSums, burstLaw } from '../baseline/burst-law.ts'
import { logNormalTail } from '../distribution/log-normal.ts'
import { cellsBefore } from '../series/counts.ts'
import { dayOf, type Grid, LEARN_DAYS, windowsPerDay, windowsPerHour } from '../series/grid.ts'
import type { SeriesHistory } from '../series/history.ts'
import { type Run, runReach, runsOfDay } from '../series/run.ts'
import { familyOf, type Keep, leastKept, type Score } from './score.ts'

/** One sparse series on one day: all that its scores are made of. */
export interface SparseDay {
  readonly series: SeriesHistory
  readonly day: number
  readonly grid: Grid
  /** Bursts of all sparse series of its metric in the 28 days before. */
  readonly sums: BurstSums
  /** The account's first window. */
  readonly bornWindow: number
  /** Sparse series of its pool on the day. */
  readonly peers: number
  readonly keep: Keep
}

/** Calls under which a burst is none, whatever the law says. */
const LEAST_BURST = 2
/** The standard normal distribution's 99 % quantile. */
const Z99 = 2.3263478740408408

/**
 * Scores a sparse series' day by the account's law of bursts, from its first call on: at each window
 * with calls, those of the run so far (of the last 24 hours, across midnight too; of the last hour in
 * the account's first 24). The calls judged never enter their own law.
 */
export function scanSparse(input: SparseDay): readonly Score[] {
  const bursts = burstsSoFar(input).filter((burst) => burst.count >= LEAST_BURST)
  if (bursts.length === 0) return []
  const { day, grid, sums, bornWindow } = input
  const ageDays = day - dayOf(bornWindow, grid)
  const law = burstLaw(sums, ageDays)
  const carried = carriedOver(input)
  const lawOfCarried =
    carried === undefined ? law : burstLaw(addBurst(sums, carried.count, -1), ageDays)
  const hourly = hourlyBefore(input)
  return bursts
    .map((burst) => {
      const crosses = burst.fromWindow < day * windowsPerDay(grid)
      return scoreOf(input, burst, crosses ? lawOfCarried : law, hourly)
    })
    .filter((score) => score.surprise >= leastKept(input.keep, input.peers))
}

/**
 * At each complete window of the day with calls: the run it is in, as far as 24 hours reach back. In
 * an account's first 24 hours only one: nothing else tells a busy service from a burst yet.
 */
function burstsSoFar({ series, day, grid, bornWindow }: SparseDay): readonly Run[] {
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
    const span = window - bornWindow < perDay ? windowsPerHour(grid) : perDay
    for (; (counts.at[first] as number) <= window - span; first++) {
      count -= counts.count[first] as number
    }
    if (window < day * perDay) continue
    bursts.push({ fromWindow: counts.at[first] as number, untilWindow: window + 1, count })
  }
  return bursts
}

/** Yesterday's part of a run that goes on today: it is in the law, and must not judge itself. */
function carriedOver({ series, day, grid }: SparseDay): Run | undefined {
  const first = series.counts.at[cellsBefore(series.counts, day * windowsPerDay(grid))] as number
  const last = runsOfDay(series.counts, day - 1, grid).at(-1)
  return last !== undefined && first - (last.untilWindow - 1) <= runReach(grid) ? last : undefined
}

/** Calls per hour in the hours since its first call, as far as they lie in the 28 days before; at least one. */
function hourlyBefore({ series, day, grid }: SparseDay): number {
  const { counts } = series
  const end = cellsBefore(counts, day * windowsPerDay(grid))
  let calls = 0
  for (
    let cell = cellsBefore(counts, (day - LEARN_DAYS) * windowsPerDay(grid));
    cell < end;
    cell++
  ) {
    calls += counts.count[cell] as number
  }
  const seenHours = (day * windowsPerDay(grid) - series.firstWindow) / windowsPerHour(grid)
  return calls / Math.min(LEARN_DAYS * 24, Math.max(1, seenHours))
}

function scoreOf(
  { series, grid, peers }: SparseDay,
  burst: Run,
  law: BurstLaw,
  hourly: number,
): Score {
  const { fromWindow, untilWindow, count } = burst
  const logTail = logNormalTail(count, law)
  const ownCalls = (hourly * (untilWindow - fromWindow)) / windowsPerHour(grid)
  return {
    key: series.key,
    metric: series.metric,
    family: familyOf(series.pool, false),
    direction: 'up',
    fromWindow,
    untilWindow,
    hotFromWindow: fromWindow,
    hotUntilWindow: untilWindow,
    count,
    // A series too rare for a baseline still has days of its own to be held against.
    expected: Math.max(Math.exp(law.location), ownCalls),
    hourly,
    low: 0,
    // P(Y > high) is at most 1 %, with half a call's continuity as in the tail.
    high: Math.ceil(Math.exp(law.location + Z99 * law.spread) - 0.5),
    surprise: -Math.log(law.perWeek) - logTail,
    peers,
    firstSeen: fromWindow <= series.firstWindow && series.firstWindow < untilWindow,
    terms: {
      law: "the account's bursts",
      burst: count,
      logTail,
      burstsPerWeek: law.perWeek,
      burstsLearned: law.bursts,
      location: law.location,
      spread: law.spread,
    },
  }
}
