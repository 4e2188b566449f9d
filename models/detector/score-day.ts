import { type Baseline, keptBaseline, type Standing } from '../baseline/baseline.ts'
import { burstDays } from '../baseline/burst-days.ts'
import { NEW_DAYS } from '../baseline/class.ts'
import { type DayExpectation, dayExpectation } from '../baseline/expect.ts'
import { once } from '../once.ts'
import type { Grid } from '../series/grid.ts'
import type { Metric, SeriesHistory } from '../series/history.ts'
import type { Scratch } from '../series/scratch.ts'
import { taughtCounts } from '../series/taught.ts'
import type { DayPlan } from './day-plan.ts'
import { type Delivery, deliveryOf, longestSilence } from './fall-proof.ts'
import { type Learner, learnDense } from './learned.ts'
import { burstJudge, type Classed, type PoolDay } from './pool-day.ts'
import { scanDense } from './scan.ts'
import { scanBreadth } from './scan-breadth.ts'
import { scanSparse } from './scan-sparse.ts'
import { scanTotal } from './scan-total.ts'
import type { Score } from './score.ts'
import type { Subject } from './subject.ts'

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

/** Everything that scoring a day brings. */
export interface DayResult {
  readonly scores: readonly Score[]
  readonly expectations: readonly SeriesExpectation[]
  readonly standings: readonly SeriesStanding[]
}

/** The day of a pool that one of its series was seen in. */
function poolOf({ pools }: DayPlan, { pool }: SeriesHistory): PoolDay {
  return pools[pool] as PoolDay
}

/** How a day is scored: everything of it, unless only some series are asked for. */
export interface DayScoring {
  readonly grid: Grid
  readonly learn: Learner
  /** Where its scans find their arrays; another than it learns in. */
  readonly scratch: Scratch
  /** Whether it is told how each series stands. */
  readonly withStandings: boolean
  readonly isAsked?: (series: SeriesHistory) => boolean
}

/** Scores a day's series, or those of them that are asked for: the others are learned from as far as those are judged by them. */
export function scoreDay(
  plan: DayPlan,
  { grid, learn, scratch, withStandings, isAsked = () => true }: DayScoring,
): DayResult {
  const asked = plan.seen.filter(({ series }) => isAsked(series))
  const deliveryTo = deliveries(plan, grid)
  // How often levels change is learned from all dense series, whatever is asked.
  const isDenseAsked = asked.some(({ seriesClass }) => seriesClass === 'dense')
  const { hours, changesIn } = learnDense(isDenseAsked ? plan.seen : asked, plan.day, learn)
  const results = asked.map((subject) => {
    if (subject.series.pool === 'breadth') return scoreBreadthDay(subject, plan, grid)
    const learned = hours.get(subject)
    if (learned === undefined) return scorePooledDay(subject, plan, grid)
    const { pool, group } = subject.series
    // An API that begins to fail is news, however long it goes on failing.
    const changes = pool === 'errors' ? 0 : changesIn(pool)
    return scoreDenseDay(subject, plan, {
      ...{ baseline: learned.baseline(), changes, grid, scratch, withStandings },
      delivery: deliveryTo(group),
    })
  })
  const denseCount = plan.pools.errors.denseKeys.length + plan.totals.length
  const { day, keep } = plan
  const totals = plan.totals
    .filter(({ parts }) => parts.some(isAsked))
    .flatMap((total) => {
      const baseline = learn(total.series, day).baseline()
      const bursts = once(() => {
        const own = { series: total.series, bursts: burstDays(taughtCounts(total.series), grid) }
        return burstJudge(own, baseline, plan.pools.errors, grid)
      })
      return scanTotal(total, { baseline, grid, denseCount, keep, bursts, scratch })
    })
  return {
    scores: [...results.flatMap((result) => result.scores), ...totals],
    expectations: results.flatMap((result) => result.expectations),
    standings: withStandings ? results.flatMap((result) => result.standings) : [],
  }
}

/** Where the calls of a group are known to have been delivered, made when first asked for. */
function deliveries({ day, seen }: DayPlan, grid: Grid): (group: string) => Delivery {
  const known = new Map<string, Delivery>()
  return (group) => {
    const members = () =>
      seen
        .map(({ series }) => series)
        .filter((each) => each.pool === 'calls' && each.group === group)
    const delivery = known.get(group) ?? deliveryOf(members(), day, grid)
    known.set(group, delivery)
    return delivery
  }
}

function scoreDenseDay(
  { series, bursts }: Subject,
  plan: DayPlan,
  {
    baseline,
    changes,
    delivery,
    grid,
    scratch,
    withStandings,
  }: Pick<DayScoring, 'grid' | 'scratch' | 'withStandings'> & {
    readonly baseline: Baseline
    readonly changes: number
    readonly delivery: Delivery
  },
): DayResult {
  const { key, metric, counts, skips, coverage } = series
  const { day, keep } = plan
  const silence = () => longestSilence(series, day, grid)
  const proof =
    series.pool !== 'calls'
      ? null
      : { counts, skips, delivery, coverage, longestSilence: once(silence) }
  const totals = series.pool === 'errors' ? plan.totals.length : 0
  const denseCount = poolOf(plan, series).denseKeys.length + totals
  return {
    scores: scanDense({
      ...{ series, baseline, grid, denseCount, changes, keep, proof, scratch },
      bursts: once(() => burstJudge({ series, bursts }, baseline, poolOf(plan, series), grid)),
    }),
    expectations: [{ key, metric, expectation: dayExpectation(baseline) }],
    standings: withStandings
      ? [{ key, metric, standing: { kind: 'dense', baseline: keptBaseline(baseline) } }]
      : [],
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
  const { sparseCount: peers, firstsPerWeek, bursts: known, windows } = poolOf(plan, series)
  const standing: Standing =
    seriesClass === 'learning'
      ? { kind: 'learning', seenDays: day - firstDay, neededDays: NEW_DAYS }
      : { kind: 'sparse' }
  return {
    scores: scanSparse({
      ...{ series, bursts, day, grid, bornWindow, peers, keep, firstsPerWeek },
      ...{ known, windows },
    }),
    expectations: [],
    standings: [{ key, metric, standing }],
  }
}
