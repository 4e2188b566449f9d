import type { Baseline } from '../baseline/baseline.ts'

/** Weeks in which a change of level shows in a baseline as not settled. */
const SHOWN_WEEKS = 2
/** What is believed before anything is seen: one change in so many weeks of one series. */
const PRIOR = { changes: 1, weeks: 20 }
/** Of all changes one half rise, the other falls. */
const ONE_WAY = 0.5
/** A change is r-fold or more, either way, with a chance of r^-1.5 (Pareto 1896). */
const RATIO_EXPONENT = 1.5
/** Half a call on both sides keeps the ratio finite. */
const HALF = 0.5

/**
 * How many series of a pool are expected to change their level for good in a week, in one of the two directions, from the
 * levels of its dense series: half of what changed in the last 14 days, and of one imagined change in 20 weeks of one.
 * @example
 * changesPerWeek([]) // => 0
 */
export function changesPerWeek(series: readonly Pick<Baseline, 'level'>[]): number {
  const changed = series.filter(({ level }) => !level.settled).length
  const weeks = SHOWN_WEEKS * series.length
  return (ONE_WAY * series.length * (changed + PRIOR.changes)) / (weeks + PRIOR.weeks)
}

/** What a count did to its expectation. */
export interface Change {
  readonly direction: 'up' | 'down'
  readonly count: number
  readonly mean: number
}

/**
 * The share of changes for good in its direction that would do as much to a count, 0 to 1: a new deployment or a
 * stopped job is as far from any law of chance as an attack, and only its size makes it rarer. A fall's mean is that of
 * the time up to its last call, after which the series may have stopped.
 * @example
 * changeShare({ direction: 'up', count: 4, mean: 4 }) // => 1
 * changeShare({ direction: 'down', count: 0, mean: 0 }) // => 1
 */
export function changeShare({ direction, count, mean }: Change): number {
  const by = (count + HALF) / (mean + HALF)
  const ratio = direction === 'up' ? by : 1 / by
  // Not a power: engines round fractional powers differently from version to version, exp they do not.
  return Math.min(1, Math.exp(-RATIO_EXPONENT * Math.log(ratio)))
}

/**
 * Surprise where changes for good are expected too: -ln of the windows like this one that chance
 * brings in a week, and of the changes that do.
 * @example
 * amongChanges(50, 0.25) // => -Math.log(0.25)
 */
export function amongChanges(surprise: number, changes: number): number {
  return -Math.log(Math.exp(-surprise) + changes)
}
