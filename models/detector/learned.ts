import type { Baseline, KeptBaseline } from '../baseline/baseline.ts'
import { type HoursLearned, learnHours, settled } from '../baseline/learn.ts'
import { recalledBaseline } from '../baseline/recalled-baseline.ts'
import { once } from '../once.ts'
import type { Grid } from '../series/grid.ts'
import type { Pool, SeriesHistory } from '../series/history.ts'
import { Scratch } from '../series/scratch.ts'
import { changesPerWeek } from './changes.ts'
import type { Classed } from './pool-day.ts'

/** What is normal for the dense series of a day. */
export interface Learned {
  readonly hours: ReadonlyMap<Classed, HoursLearned>
  /** Series that are expected to change their level for good in a week, by pool; 0 where it has none. */
  readonly changesIn: (pool: Pool) => number
}

/** What is normal for a series on a day. */
export type Learner = (series: SeriesHistory, day: number) => HoursLearned

/** A learner that keeps nothing: a baseline's tails are asked for before the next is made. */
export function learner(grid: Grid): Learner {
  const scratch = new Scratch()
  return (series, day) => learnHours(series, day, { grid, scratch })
}

/** A learner that learns nothing twice: where a series' baseline of the day is known, only tails are worked out, should one be asked for. */
export function recallingLearner(
  learn: Learner,
  known: ReadonlyMap<SeriesHistory, KeptBaseline>,
): Learner {
  return (series, day) => {
    const kept = known.get(series)
    if (kept?.day !== day) return learn(series, day)
    const anew = once(() => learn(series, day).baseline())
    return { level: kept.level, baseline: () => recalledBaseline(kept, anew) }
  }
}

/** A learner that knows what it learned before: a series that nothing changed is learned once a day. */
export function rememberingLearner(grid: Grid): Learner {
  const learn = learner(grid)
  const known = new WeakMap<SeriesHistory, Map<number, HoursLearned>>()
  return (series, day) => {
    const days = known.get(series) ?? new Map<number, HoursLearned>()
    known.set(series, days)
    const hours = days.get(day) ?? remembered(() => learn(series, day))
    days.set(day, hours)
    return hours
  }
}

/** The level, and the baseline once it was asked for: what it is made from would take more memory than making it again. */
function remembered(learn: () => HoursLearned): HoursLearned {
  const { level } = learn()
  let known: Baseline | undefined
  return {
    level,
    baseline: () => {
      known ??= settled(learn().baseline())
      return known
    },
  }
}

/** Learns the dense series of a day, and from all of them how often one changes. */
export function learnDense(seen: readonly Classed[], day: number, learn: Learner): Learned {
  // How far a caller reaches is held against its record, not against a season.
  const dense = seen.filter(
    ({ seriesClass, series }) => seriesClass === 'dense' && series.pool !== 'breadth',
  )
  const hours = new Map(dense.map((each) => [each, learn(each.series, day)]))
  const ofPool = (pool: Pool): HoursLearned[] =>
    [...hours].flatMap(([{ series }, learned]) => (series.pool === pool ? [learned] : []))
  const pools = new Set(dense.map(({ series }) => series.pool))
  const changes = new Map([...pools].map((pool) => [pool, changesPerWeek(ofPool(pool))]))
  return { hours, changesIn: (pool) => changes.get(pool) ?? 0 }
}
