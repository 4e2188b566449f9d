import { invariant } from '../invariant.ts'
import { logNormalSurvival } from './normal.ts'

/** A log-normal law: the mean and the standard deviation of ln Y. */
export interface LogNormalLaw {
  readonly location: number
  /** > 0. */
  readonly spread: number
}

/**
 * ln P(Y >= value) for whole sizes of bursts, value >= 1 in calls: a size stands for all from half
 * a call less, so the cut is at value - 1/2.
 * @example
 * logNormalTail(1, { location: Math.log(0.5), spread: 1 }) // => Math.log(0.5)
 */
export function logNormalTail(value: number, { location, spread }: LogNormalLaw): number {
  invariant(value >= 1, 'a burst has at least one call')
  invariant(spread > 0, 'the spread of a log-normal law is positive')
  return logNormalSurvival((Math.log(value - 0.5) - location) / spread)
}
