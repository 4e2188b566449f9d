import type { Baseline, Standing } from '../baseline/baseline.ts'
import type { SharedLaw } from '../baseline/burst-law.ts'
import { classify, NEW_DAYS } from '../baseline/class.ts'
import { type DayExpectation, dayExpectation } from '../baseline/expect.ts'
import { burstDays } from '../baseline/own-bursts.ts'
import { dayOf, type Grid } from '../series/grid.ts'
import type { AccountHistory, Metric, SeriesHistory } from '../series/history.ts'
import type { ErrorTotal } from '../series/total.ts'
import { type Delivery, deliveryOf, longestSilence } from './fall-proof.ts'
import { learnDense } from './learned.ts'
import {
  burstJudge,
  type Classed,
  eachPool,
  type PerPool,
  type PoolDay,
  poolDays,
} from './pool-day.ts'
import { scanDense } from './scan.ts'
import { scanBreadth } from './scan-breadth.ts'
import { scanSparse } from './scan-sparse.ts'
import { scanTotal, type TotalsOf, totalsOf } from './scan-total.ts'
import type { Keep, Score } from './score.ts'
import { bySeries, type DaySpan, isSeen, type Subject, subjectsOf } from './subject.ts'

/** What one day was judged by. */
export interface ScoredDay {
  readonly day: number
  /** Keys of the series with a baseline of their own, ascending; of every pool that has series. */
  readonly denseKeys: PerPool<readonly string[]>
  readonly laws: PerPool<SharedLaw>
}

interface OfSeries {
  readonly key: string
  readonly metric: Metric
}

export interface SeriesExpectation extends OfSeries {
  readonly expectation: DayExpectation
}

export interface SeriesStanding extends OfSeries {
  readonly standing: Standing
}

/** Everything that scoring an account's days brings. */
export interface AccountScores {
  /** By the window they end with, then key, then metric. */
  readonly scores: readonly Score[]
  readonly days: readonly ScoredDay[]
  /** One per dense series and day, in the same order. */
  readonly expectations: readonly SeriesExpectation[]
  /** On the last day scored, of every series seen by then. */
  readonly standings: readonly SeriesStanding[]
}

/** A day's series by class, with the laws of the day. */
interface DayPlan extends ScoredDay {
  /** Errors over all codes, where an API's have a baseline. */
  readonly totals: readonly ErrorTotal[]
  /** Seen by then, in order. */
  readonly seen: readonly Classed[]
  readonly pools: PerPool<PoolDay>
  readonly ageDays: number
  readonly bornWindow: number
  readonly keep: Keep
}

interface DayResult {
  readonly scores: readonly Score[]
  readonly expectations: readonly SeriesExpectation[]
  readonly standings: readonly SeriesStanding[]
}

/**
 * Scores an account's days in order, dense series against their own baselines, sparse ones against
 * the account's law of bursts. A day's scores depend on that day and the `LOOKBACK_DAYS` before it,
 * and on when each series and the account were first seen: however a history is cut into runs and
 * its series are ordered, they are the same to the last bit. Days before the account's first are
 * left out. `keep` says which scores are worth keeping.
 */
export function scoreAccount(
  history: AccountHistory,
  span: DaySpan,
  grid: Grid,
  keep: Keep = 'account',
): AccountScores {
  const bornDay = dayOf(history.firstWindow, grid)
  const subjects = subjectsOf(history.series, span, grid)
  const totals = totalsOf(subjects, span, grid)
  const days: ScoredDay[] = []
  const results: DayResult[] = []
  for (let day = Math.max(span.fromDay, bornDay); day < span.untilDay; day++) {
    const plan = planDay({ subjects, totals }, day, {
      ...{ bornWindow: history.firstWindow, keep, grid },
    })
    days.push({ day, denseKeys: plan.denseKeys, laws: plan.laws })
    results.push(scoreDay(plan, grid))
  }
  return {
    scores: results
      .flatMap((result) => result.scores)
      .sort(
        (one, other) =>
          one.untilWindow - other.untilWindow ||
          bySeries(one, other) ||
          other.surprise - one.surprise,
      ),
    days,
    expectations: results.flatMap((result) => result.expectations),
    standings: results.at(-1)?.standings ?? [],
  }
}

function planDay(
  { subjects, totals }: { subjects: readonly Subject[]; totals: TotalsOf },
  day: number,
  { bornWindow, keep, grid }: { bornWindow: number; keep: Keep; grid: Grid },
): DayPlan {
  const seen = subjects
    .filter((subject) => isSeen(subject, day))
    .map((subject) => ({
      ...subject,
      seriesClass: classify(subject.activity, day, subject.firstDay),
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
    })),
  }
}

/** The day of a pool that one of its series was seen in. */
function poolOf({ pools }: DayPlan, { pool }: SeriesHistory): PoolDay {
  return pools[pool] as PoolDay
}

function scoreDay(plan: DayPlan, grid: Grid): DayResult {
  const deliveries = deliveriesOf(plan, grid)
  const { baselines, changesIn } = learnDense(plan.seen, plan.day, grid)
  const results = plan.seen.map((subject) => {
    if (subject.series.pool === 'breadth') return scoreBreadthDay(subject, plan, grid)
    const baseline = baselines.get(subject)
    if (baseline === undefined) return scorePooledDay(subject, plan, grid)
    const { pool, group } = subject.series
    // An API that begins to fail is news, however long it goes on failing.
    const changes = pool === 'errors' ? 0 : changesIn(pool)
    return scoreDenseDay(subject, plan, {
      ...{ baseline, changes, grid },
      delivery: deliveries.get(group),
    })
  })
  const denseCount = plan.pools.errors.denseKeys.length + plan.totals.length
  const { day, keep } = plan
  const totals = plan.totals.flatMap((total) =>
    scanTotal(total, { day, grid, denseCount, keep }, (baseline) =>
      burstJudge(
        { series: total.series, bursts: burstDays(total.series.counts, grid) },
        baseline,
        plan.pools.errors,
        grid,
      ),
    ),
  )
  return {
    scores: [...results.flatMap((result) => result.scores), ...totals],
    expectations: results.flatMap((result) => result.expectations),
    standings: results.flatMap((result) => result.standings),
  }
}

/** Where the calls of each group are known to have been delivered. */
function deliveriesOf({ day, seen }: DayPlan, grid: Grid): ReadonlyMap<string, Delivery> {
  const groups = new Map<string, SeriesHistory[]>()
  for (const { series } of seen) {
    if (series.pool !== 'calls') continue
    const group = groups.get(series.group)
    if (group === undefined) groups.set(series.group, [series])
    else group.push(series)
  }
  return new Map([...groups].map(([group, series]) => [group, deliveryOf(series, day, grid)]))
}

function scoreDenseDay(
  { series, bursts }: Subject,
  plan: DayPlan,
  {
    baseline,
    changes,
    delivery,
    grid,
  }: {
    readonly baseline: Baseline
    readonly changes: number
    readonly delivery: Delivery | undefined
    readonly grid: Grid
  },
): DayResult {
  const { key, metric, counts } = series
  const { day, keep } = plan
  const proof =
    series.pool !== 'calls' || delivery === undefined
      ? null
      : { counts, delivery, longestSilence: longestSilence(series, day, grid) }
  const totals = series.pool === 'errors' ? plan.totals.length : 0
  const denseCount = poolOf(plan, series).denseKeys.length + totals
  return {
    scores: scanDense({
      ...{ series, baseline, grid, denseCount, changes, keep, proof },
      bursts: burstJudge({ series, bursts }, baseline, poolOf(plan, series), grid),
    }),
    expectations: [{ key, metric, expectation: dayExpectation(baseline) }],
    standings: [{ key, metric, standing: { kind: 'dense', baseline } }],
  }
}

/** However busy a caller is, it is held against its own record. */
function scoreBreadthDay({ series }: Classed, plan: DayPlan, grid: Grid): DayResult {
  const { day, bornWindow, keep } = plan
  const { sparseCount, denseKeys } = poolOf(plan, series)
  const peers = sparseCount + denseKeys.length
  const scores = scanBreadth({ series, day, grid, bornWindow, peers, keep })
  return { scores, expectations: [], standings: [] }
}

function scorePooledDay(
  { series, bursts, seriesClass, firstDay }: Classed,
  plan: DayPlan,
  grid: Grid,
): DayResult {
  const { key, metric } = series
  const { day, bornWindow, keep } = plan
  const { sparseCount: peers, firstsPerWeek, bursts: known } = poolOf(plan, series)
  const standing: Standing =
    seriesClass === 'learning'
      ? { kind: 'learning', seenDays: day - firstDay, neededDays: NEW_DAYS }
      : { kind: 'sparse' }
  return {
    scores: scanSparse({
      ...{ series, bursts, day, grid, bornWindow, peers, keep, firstsPerWeek },
      known,
    }),
    expectations: [],
    standings: [{ key, metric, standing }],
  }
}
