import type { Baseline } from '../baseline/baseline.ts'
import { learnBaseline } from '../baseline/learn.ts'
import type { Grid } from '../series/grid.ts'
import type { Pool, SeriesHistory } from '../series/history.ts'
import { changesPerWeek } from './changes.ts'
import type { Classed } from './pool-day.ts'

/** What is normal for the dense series of a day. */
export interface Learned {
  readonly baselines: ReadonlyMap<Classed, Baseline>
  /** Series that are expected to change their level for good in a week, by pool; 0 where it has none. */
  readonly changesIn: (pool: Pool) => number
}

/** What is normal for a series on a day. */
export type Learner = (series: SeriesHistory, day: number) => Baseline

/** A learner that knows what it learned before: a series that nothing changed is learned once a day. */
export function rememberingLearner(grid: Grid): Learner {
  const known = new WeakMap<SeriesHistory, Map<number, Baseline>>()
  return (series, day) => {
    const days = known.get(series) ?? new Map<number, Baseline>()
    known.set(series, days)
    const baseline = days.get(day) ?? learnBaseline(series, day, grid)
    days.set(day, baseline)
    return baseline
  }
}

/** Learns the dense series of a day, and from all of them how often one changes. */
export function learnDense(seen: readonly Classed[], day: number, learn: Learner): Learned {
  // How far a caller reaches is held against its record, not against a season.
  const dense = seen.filter(
    ({ seriesClass, series }) => seriesClass === 'dense' && series.pool !== 'breadth',
  )
  const baselines = new Map(dense.map((each) => [each, learn(each.series, day)]))
  const ofPool = (pool: Pool): Baseline[] =>
    [...baselines].flatMap(([{ series }, baseline]) => (series.pool === pool ? [baseline] : []))
  const pools = new Set(dense.map(({ series }) => series.pool))
  const changes = new Map([...pools].map((pool) => [pool, changesPerWeek(ofPool(pool))]))
  return { baselines, changesIn: (pool) => changes.get(pool) ?? 0 }
}
