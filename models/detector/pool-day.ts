import type { Baseline } from '../baseline/baseline.ts'
import { type BothSizes, type BurstSize, sumsOf } from '../baseline/burst-days.ts'
import {
  type BurstLaw,
  burstLaw,
  ownLaw,
  PEAK_PRIOR,
  type PoolSums,
  type SizePrior,
  WHOLE_PRIOR,
} from '../baseline/burst-law.ts'
import type { SeriesClass } from '../baseline/class.ts'
import {
  daysOfDoubling,
  doublingsPerWeek,
  hasBegun,
  startsPerWeek,
  type WindowRates,
} from '../baseline/doubling-law.ts'
import { type BurstJudge, mostTaught, offSchedule, poolTail } from '../baseline/own-bursts.ts'
import { OWN_TAIL, type TailScale } from '../baseline/tail-scale.ts'
import { type Grid, LEARN_DAYS } from '../series/grid.ts'
import type { Metric, Pool } from '../series/history.ts'
import { skippedDays, taughtDays } from '../series/taught.ts'
import { sightingsPerWeek } from './new-apis.ts'
import { type Subject, sumBursts } from './subject.ts'

/** What is believed of the sizes of bursts. */
export const SIZE_PRIORS: BothSizes<SizePrior> = { whole: WHOLE_PRIOR, window: PEAK_PRIOR }
/** Days of an account in which everything is new. */
const FIRST_DAYS = 7

/** By pool; those of the metrics are always there. */
export type PerPool<T> = Readonly<Record<Metric, T> & Partial<Record<Exclude<Pool, Metric>, T>>>

/** A series with its class on a day. */
export interface Classed extends Subject {
  readonly seriesClass: SeriesClass
}

/** The bursts of a pool's sparse series in the 28 days before a day. */
export interface PoolBursts {
  readonly sums: PoolSums
  readonly law: BurstLaw
  /** Days of those 28 that taught nothing, on average over the series. */
  readonly skippedDays: number
  /** How heavy the tails of those bursts are beside the law. */
  readonly tail: TailScale
}

/** The series of one pool on a day. */
export interface PoolDay {
  readonly denseKeys: readonly string[]
  readonly sparseCount: number
  /** What is known of the bursts of its sparse series. */
  readonly bursts: BothSizes<PoolBursts>
  /** Series of it expected to be seen for the first time in a week. */
  readonly firstsPerWeek: number
  /** How often windows of its sparse series are expected to stand out. */
  readonly windows: WindowRates
}

/** Every pool's day, from the series seen by then. */
export function poolDays(
  seen: readonly Classed[],
  context: { readonly day: number; readonly ageDays: number; readonly grid: Grid },
): PerPool<PoolDay> {
  return poolsOf(seen, (pool, series) => poolDay(pool, series, context))
}

function poolDay(
  pool: Pool,
  series: readonly Classed[],
  { day, ageDays, grid }: { day: number; ageDays: number; grid: Grid },
): PoolDay {
  const sparse = series.filter(({ seriesClass }) => seriesClass !== 'dense')
  const dense = series.filter(({ seriesClass }) => seriesClass === 'dense')
  const context = { pool, day, ageDays, grid }
  const window = poolBursts(sparse, 'window', context)
  const doublings = sparse.reduce(
    (sum, { bursts }) => sum + daysOfDoubling(bursts.window.before(day)),
    0,
  )
  const first = sightingsOf(series, day, ageDays)
  const starts = first.seen.filter(({ bursts }) => hasBegun(bursts.window.before(day)))
  return {
    denseKeys: dense.map((each) => each.series.key),
    sparseCount: sparse.length,
    bursts: { whole: poolBursts(sparse, 'whole', context), window },
    firstsPerWeek: sightingsPerWeek({ count: first.seen.length, days: first.days }),
    windows: {
      doublings: doublingsPerWeek(doublings, ageDays, window.skippedDays),
      starts: startsPerWeek(starts.length, first.days),
    },
  }
}

function poolBursts(
  sparse: readonly Classed[],
  size: BurstSize,
  { pool, day, ageDays, grid }: { pool: Pool; day: number; ageDays: number; grid: Grid },
): PoolBursts {
  const sums = sumBursts(sparse, day, size)
  const skipped = sparse.reduce((sum, { series }) => sum + skippedDays(series, day, grid), 0)
  const ofEach = skipped / Math.max(1, sparse.length)
  const law = burstLaw(sums, ageDays, SIZE_PRIORS[size], ofEach)
  const lessons = () =>
    sparse.map(({ bursts, series }) => ({
      lesson: bursts[size].before(day),
      past: { ageDays: taughtDays(series, day, grid), peers: sparse.length },
    }))
  // Bursts of errors and aggregates keep to their law; those of calls have heavier tails, and windows of calls have records.
  return {
    sums,
    law,
    skippedDays: ofEach,
    tail: pool === 'calls' && size === 'whole' ? poolTail(lessons(), law) : OWN_TAIL,
  }
}

interface FirstSeen {
  readonly seen: readonly Classed[]
  /** Days they were seen in. */
  readonly days: number
}

/** The first sightings of the 28 days before; in an account's first week everything is new. */
function sightingsOf(series: readonly Classed[], day: number, ageDays: number): FirstSeen {
  const days = Math.min(LEARN_DAYS, Math.max(0, ageDays - FIRST_DAYS))
  const seen = series.filter(({ firstDay }) => firstDay >= day - days && firstDay < day)
  return { seen, days }
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

/** The same of every pool. */
export function eachPool<T, U>(pools: PerPool<T>, make: (value: T) => U): PerPool<U> {
  const entries = Object.entries(pools) as [Pool, T][]
  return Object.fromEntries(entries.map(([pool, value]) => [pool, make(value)])) as PerPool<U>
}

/** What the bursts of a dense series off its schedule usually are. */
export function burstJudge(
  { series, bursts }: Pick<Subject, 'series' | 'bursts'>,
  { day, hourOfWeek }: Baseline,
  { bursts: { whole }, sparseCount }: PoolDay,
  grid: Grid,
): BurstJudge {
  const lesson = offSchedule(bursts.whole.before(day), hourOfWeek, grid)
  const past = { ageDays: taughtDays(series, day, grid), peers: Math.max(1, sparseCount) }
  const { law, tail } = whole
  return { law: ownLaw(law, sumsOf(lesson, mostTaught(lesson, law)), past), tail }
}
