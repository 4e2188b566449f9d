import type { Baseline } from '../baseline/baseline.ts'
import { type BurstLaw, burstLaw, ownLaw, type PoolSums } from '../baseline/burst-law.ts'
import type { SeriesClass } from '../baseline/class.ts'
import {
  type BurstJudge,
  lessonOf,
  mostTaught,
  offSchedule,
  poolTail,
  sumsOf,
} from '../baseline/own-bursts.ts'
import { OWN_TAIL, type TailScale } from '../baseline/tail-scale.ts'
import { dayOf, type Grid } from '../series/grid.ts'
import type { Aggregate, Metric, Pool } from '../series/history.ts'
import { type Subject, sumBursts } from './subject.ts'

/** By pool; those of the metrics are always there. */
export type PerPool<T> = Readonly<Record<Metric, T> & Partial<Record<Aggregate, T>>>

/** A series with its class on a day. */
export interface Classed extends Subject {
  readonly seriesClass: SeriesClass
}

/** The series of one pool on a day. */
export interface PoolDay {
  readonly denseKeys: readonly string[]
  readonly sparseCount: number
  /** Bursts of its sparse series in the 28 days before. */
  readonly sums: PoolSums
  readonly law: BurstLaw
  /** How heavy the tails of those bursts are beside the law. */
  readonly tail: TailScale
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

/** The same of every pool. */
export function eachPool<T, U>(pools: PerPool<T>, make: (value: T) => U): PerPool<U> {
  const entries = Object.entries(pools) as [Pool, T][]
  return Object.fromEntries(entries.map(([pool, value]) => [pool, make(value)])) as PerPool<U>
}

/** What the bursts of a dense series off its schedule usually are. */
export function burstJudge(
  { series, bursts }: Pick<Subject, 'series' | 'bursts'>,
  { day, hourOfWeek }: Baseline,
  { law, tail, sparseCount }: PoolDay,
  grid: Grid,
): BurstJudge {
  const lesson = offSchedule(lessonOf(bursts, day), hourOfWeek, grid)
  const past = { ageDays: day - dayOf(series.firstWindow, grid), peers: Math.max(1, sparseCount) }
  return { law: ownLaw(law, sumsOf(lesson, mostTaught(lesson, law)), past), tail }
}
