import {
  addSeries,
  type BurstLaw,
  burstLaw,
  type OwnLaw,
  ownLaw,
  type PoolSums,
} from '../baseline/burst-law.ts'
import { type BurstDays, lessonOf, mostTaught, sumsOf } from '../baseline/own-bursts.ts'
import { RECURRENCE_SPREAD, recurringCalls } from '../baseline/recurrence.ts'
import { rescale, type TailScale } from '../baseline/tail-scale.ts'
import { logNormalTail } from '../distribution/log-normal.ts'
import { cellsBefore } from '../series/counts.ts'
import { dayOf, type Grid, LEARN_DAYS, windowsPerDay, windowsPerHour } from '../series/grid.ts'
import type { SeriesHistory } from '../series/history.ts'
import { type Run, runReach } from '../series/run.ts'
import { familyOf, type Keep, leastKept, type Score } from './score.ts'

/** One sparse series on one day: all that its scores are made of. */
export interface SparseDay {
  readonly series: SeriesHistory
  readonly bursts: BurstDays
  readonly day: number
  readonly grid: Grid
  /** Bursts of all sparse series of its pool in the 28 days before, its own among them. */
  readonly sums: PoolSums
  /** The account's first window. */
  readonly bornWindow: number
  /** Sparse series of its pool on the day. */
  readonly peers: number
  readonly keep: Keep
  /** How heavy the tails of its pool's bursts are. */
  readonly tail: TailScale
}

/** What a day's bursts are judged by. */
interface DayLaw {
  readonly pool: BurstLaw
  readonly own: OwnLaw
}

/** Calls under which a burst is none, whatever the law says. */
const LEAST_BURST = 2
/** The standard normal distribution's 99 % quantile. */
const Z99 = 2.3263478740408408

/**
 * Scores a sparse series' day by its own law of bursts, drawn towards the pool's, from its first call
 * on: at each window with calls, those of the run so far (of the last 24 hours, across midnight too;
 * of the last hour in the account's first 24). What comes at the same time as on earlier days is held
 * against those. The calls judged never enter their own law.
 */
export function scanSparse(input: SparseDay): readonly Score[] {
  const bursts = burstsSoFar(input).filter((burst) => burst.count >= LEAST_BURST)
  if (bursts.length === 0) return []
  const { day, grid } = input
  const law = dayLaw(input, undefined)
  const carried = carriedOver(input)
  const lawOfCarried = carried === undefined ? law : dayLaw(input, carried)
  const hourly = hourlyBefore(input)
  return bursts
    .map((burst) => {
      const crosses = burst.fromWindow < day * windowsPerDay(grid)
      return scoreOf(input, burst, crosses ? lawOfCarried : law, hourly)
    })
    .filter((score) => score.surprise >= leastKept(input.keep, input.peers))
}

/** The law of the day, without a run of yesterday's that must not judge itself. */
function dayLaw(input: SparseDay, without: Run | undefined): DayLaw {
  const { series, bursts, day, grid, sums, bornWindow, peers } = input
  const lesson = lessonOf(bursts, day)
  const kept =
    without === undefined
      ? lesson
      : lesson
          .map((runs) => runs.filter((run) => run !== without))
          .filter((runs) => runs.length > 0)
  const others = addSeries(sums, sumsOf(lesson), -1)
  const pool = burstLaw(addSeries(others, sumsOf(kept), 1), day - dayOf(bornWindow, grid))
  const ageDays = day - dayOf(series.firstWindow, grid)
  return { pool, own: ownLaw(pool, sumsOf(kept, mostTaught(kept, pool)), { ageDays, peers }) }
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
function carriedOver({ series, bursts, day, grid }: SparseDay): Run | undefined {
  const first = series.counts.at[cellsBefore(series.counts, day * windowsPerDay(grid))] as number
  const last = bursts.on(day - 1).at(-1)
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

function scoreOf(input: SparseDay, burst: Run, { pool, own }: DayLaw, hourly: number): Score {
  const { series, grid, peers } = input
  const { fromWindow, untilWindow, count } = burst
  const again = recurringCalls(series.counts, { from: fromWindow, until: untilWindow }, grid)
  const isAgain = again > 0 && Math.log(again) > own.location
  const law = isAgain ? { location: Math.log(again), spread: RECURRENCE_SPREAD } : own
  const logTail = Math.max(logNormalTail(count, law), logNormalTail(count, own))
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
    surprise: rescale(-logTail, input.tail) - Math.log(own.perWeek) - Math.log(peers),
    peers,
    firstSeen: fromWindow <= series.firstWindow && series.firstWindow < untilWindow,
    terms: {
      law: isAgain ? 'the same time of earlier days' : "the API's and the account's bursts",
      burst: count,
      logTail,
      tailFrom: input.tail.from,
      tailScale: input.tail.scale,
      location: law.location,
      spread: law.spread,
      burstsPerWeek: own.perWeek,
      ownBursts: own.bursts,
      accountBursts: pool.bursts,
      sparseSeries: peers,
    },
  }
}
