import type { Baseline, Standing } from '../baseline/baseline.ts'
import { type BurstLaw, burstLaw, ownLaw, type PoolSums } from '../baseline/burst-law.ts'
import { classify, NEW_DAYS, type SeriesClass } from '../baseline/class.ts'
import { type DayExpectation, dayExpectation } from '../baseline/expect.ts'
import { learnBaseline } from '../baseline/learn.ts'
import {
  type BurstJudge,
  burstDays,
  lessonOf,
  mostTaught,
  offSchedule,
  poolTail,
  sumsOf,
} from '../baseline/own-bursts.ts'
import { OWN_TAIL, type TailScale } from '../baseline/tail-scale.ts'
import { dayOf, type Grid } from '../series/grid.ts'
import type { AccountHistory, Aggregate, Metric, Pool, SeriesHistory } from '../series/history.ts'
import type { ErrorTotal } from '../series/total.ts'
import { type Delivery, deliveryOf, longestSilence } from './fall-proof.ts'
import { scanDense } from './scan.ts'
import { scanSparse } from './scan-sparse.ts'
import { scanTotal, type TotalsOf, totalsOf } from './scan-total.ts'
import type { Keep, Score } from './score.ts'
import { bySeries, type DaySpan, isSeen, type Subject, subjectsOf, sumBursts } from './subject.ts'

/** By pool; those of the metrics are always there. */
export type PerPool<T> = Readonly<Record<Metric, T> & Partial<Record<Aggregate, T>>>

/** What one day was judged by. */
export interface ScoredDay {
  readonly day: number
  /** Keys of the series with a baseline of their own, ascending; of every pool that has series. */
  readonly denseKeys: PerPool<readonly string[]>
  readonly laws: PerPool<BurstLaw>
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

/** A series with its class on a day. */
interface Classed extends Subject {
  readonly seriesClass: SeriesClass
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

/** The series of one pool on a day. */
interface PoolDay {
  readonly denseKeys: readonly string[]
  readonly sparseCount: number
  /** Bursts of its sparse series in the 28 days before. */
  readonly sums: PoolSums
  readonly law: BurstLaw
  /** How heavy the tails of those bursts are beside the law. */
  readonly tail: TailScale
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
  const pools = poolsOf(seen, (pool, series) => poolDay(pool, series, { day, ageDays, grid }))
  return {
    ...{ day, ageDays, bornWindow, keep, seen, pools },
    totals: totals(day),
    denseKeys: eachPool(pools, ({ denseKeys }) => denseKeys),
    laws: eachPool(pools, ({ law }) => law),
  }
}

function poolDay(
  pool: Pool,
  series: readonly Classed[],
  { day, ageDays, grid }: { day: number; ageDays: number; grid: Grid },
): PoolDay {
  const sparse = series.filter(({ seriesClass }) => seriesClass !== 'dense')
  const dense = series.filter(({ seriesClass }) => seriesClass === 'dense')
  const sums = sumBursts(sparse, day)
  const law = burstLaw(sums, ageDays)
  const lessons = sparse.map(({ bursts, series: { firstWindow } }) => ({
    lesson: lessonOf(bursts, day),
    past: { ageDays: day - dayOf(firstWindow, grid), peers: sparse.length },
  }))
  return {
    denseKeys: dense.map((each) => each.series.key),
    sparseCount: sparse.length,
    ...{ sums, law },
    // Bursts of errors and aggregates keep to their law; those of calls have heavier tails.
    tail: pool === 'calls' ? poolTail(lessons, law) : OWN_TAIL,
  }
}

function poolsOf<T>(
  seen: readonly Classed[],
  make: (pool: Pool, series: readonly Classed[]) => T,
): PerPool<T> {
  const groups = new Map<Pool, Classed[]>([
    ['calls', []],
    ['errors', []],
  ])
  for (const each of seen) {
    const group = groups.get(each.series.pool)
    if (group === undefined) groups.set(each.series.pool, [each])
    else group.push(each)
  }
  return Object.fromEntries(
    [...groups].map(([pool, series]) => [pool, make(pool, series)]),
  ) as PerPool<T>
}

function eachPool<T, U>(pools: PerPool<T>, make: (value: T) => U): PerPool<U> {
  const entries = Object.entries(pools) as [Pool, T][]
  return Object.fromEntries(entries.map(([pool, value]) => [pool, make(value)])) as PerPool<U>
}

/** The day of a pool that one of its series was seen in. */
function poolOf({ pools }: DayPlan, { pool }: SeriesHistory): PoolDay {
  return pools[pool] as PoolDay
}

function scoreDay(plan: DayPlan, grid: Grid): DayResult {
  const deliveries = deliveriesOf(plan, grid)
  const results = plan.seen.map((subject) =>
    subject.seriesClass === 'dense'
      ? scoreDenseDay(subject, plan, deliveries.get(subject.series.group), grid)
      : scorePooledDay(subject, plan, grid),
  )
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
  delivery: Delivery | undefined,
  grid: Grid,
): DayResult {
  const { key, metric, counts } = series
  const { day, keep } = plan
  const baseline = learnBaseline(series, day, grid)
  const proof =
    series.pool !== 'calls' || delivery === undefined
      ? null
      : { counts, delivery, longestSilence: longestSilence(series, day, grid) }
  const totals = series.pool === 'errors' ? plan.totals.length : 0
  const denseCount = poolOf(plan, series).denseKeys.length + totals
  return {
    scores: scanDense({
      ...{ series, baseline, grid, denseCount, keep, proof },
      bursts: burstJudge({ series, bursts }, baseline, poolOf(plan, series), grid),
    }),
    expectations: [{ key, metric, expectation: dayExpectation(baseline) }],
    standings: [{ key, metric, standing: { kind: 'dense', baseline } }],
  }
}

/** What the bursts of a dense series off its schedule usually are. */
function burstJudge(
  { series, bursts }: Pick<Subject, 'series' | 'bursts'>,
  { day, hourOfWeek }: Baseline,
  { law, tail, sparseCount }: PoolDay,
  grid: Grid,
): BurstJudge {
  const lesson = offSchedule(lessonOf(bursts, day), hourOfWeek, grid)
  const past = { ageDays: day - dayOf(series.firstWindow, grid), peers: Math.max(1, sparseCount) }
  return { law: ownLaw(law, sumsOf(lesson, mostTaught(lesson, law)), past), tail }
}

function scorePooledDay(
  { series, bursts, seriesClass, firstDay }: Classed,
  plan: DayPlan,
  grid: Grid,
): DayResult {
  const { key, metric } = series
  const { day, bornWindow, keep } = plan
  const { sums, sparseCount: peers, tail } = poolOf(plan, series)
  const standing: Standing =
    seriesClass === 'learning'
      ? { kind: 'learning', seenDays: day - firstDay, neededDays: NEW_DAYS }
      : { kind: 'sparse' }
  return {
    scores: scanSparse({ series, bursts, day, grid, sums, bornWindow, peers, keep, tail }),
    expectations: [],
    standings: [{ key, metric, standing }],
  }
}
