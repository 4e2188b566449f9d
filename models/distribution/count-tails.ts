import { invariant } from '../invariant.ts'
import { lowerOf, type NearTail, type Tails, upperOf } from './near-tail.ts'
import { negativeBinomialTail } from './negative-binomial.ts'
import { roundedNormalTail } from './normal.ts'
import { poissonTail } from './poisson.ts'

/** What is expected of a count of calls or errors in one window; both in calls, neither negative. */
export interface CountLaw {
  readonly mean: number
  readonly variance: number
}

/** Under this ratio of variance to mean a count is steadier than chance. */
const steadyUnder = 0.98
/** A mean under one call a window has less variance than chance by nature, so that says nothing. */
const steadyFromMean = 1
/** The variance of rounding to whole numbers: no count is steadier than that. */
const leastVariance = 1 / 12

/**
 * How surprising a count is on both sides: the natural logarithms of its mid-p tails,
 * P(Y > count) + P(Y = count) / 2 and P(Y < count) + P(Y = count) / 2, which add up to 1. The law
 * is negative binomial where the variance is above the mean, Poisson where they are equal, and a
 * normal rounded to whole calls (its variance at least 1/12) where the variance is under 0.98 of a
 * mean of one call or more. A mean of 0 expects no call at all: 0 calls are in the middle (ln 1/2
 * on both sides) and any call is impossible (-Infinity above), so a baseline keeps its means
 * above 0. More calls are never less surprising above nor more surprising below.
 * The relative error of both logarithms is under 1e-8.
 * @example
 * countTails(0, { mean: 0, variance: 0 }).logUpper // => Math.log(0.5)
 * countTails(20, { mean: 4, variance: 10 }).logUpper.toFixed(9) // => '-7.130659066'
 */
export function countTails(count: number, law: CountLaw): Tails {
  const near = nearTail(count, law, 0.5)
  return { logUpper: upperOf(near), logLower: lowerOf(near) }
}

/**
 * The upper tail of `countTails` alone, for a scan that looks for rises.
 * @example
 * upperTail(3, { mean: 0, variance: 0 }) // => -Infinity
 */
export function upperTail(count: number, law: CountLaw): number {
  return upperOf(nearTail(count, law, 0.5))
}

/**
 * The lower tail of `countTails` alone, for a scan that looks for falls.
 * @example
 * lowerTail(0, { mean: 700, variance: 700 }) // => -700 - Math.LN2
 */
export function lowerTail(count: number, law: CountLaw): number {
  return lowerOf(nearTail(count, law, 0.5))
}

/**
 * The smallest count that a share of windows (0 < share < 1) does not exceed: P(Y <= count) >= share.
 * At 0.01 and 0.99 it gives the edges of the band that is drawn as normal.
 * @example
 * countQuantile(0.99, { mean: 3, variance: 3 }) // => 8
 * countQuantile(0.5, { mean: 0, variance: 0 }) // => 0
 */
export function countQuantile(share: number, law: CountLaw): number {
  invariant(share > 0 && share < 1, `a share is between 0 and 1, not ${share}`)
  const logShare = Math.log(share)
  const reaches = (count: number): boolean => lowerOf(nearTail(count + 1, law, 1)) >= logShare
  if (reaches(0)) return 0
  let under = 0
  let enough = 1
  while (!reaches(enough)) {
    under = enough
    enough *= 2
  }
  while (enough - under > 1) {
    const middle = under + Math.floor((enough - under) / 2)
    if (reaches(middle)) enough = middle
    else under = middle
  }
  return enough
}

/** `tieShare` is the share of P(Y = count) that goes to the upper tail. */
function nearTail(count: number, law: CountLaw, tieShare: number): NearTail {
  const { mean, variance } = law
  invariant(
    Number.isInteger(count) &&
      count >= 0 &&
      mean >= 0 &&
      variance >= 0 &&
      mean + variance < Infinity,
    'a whole count, never negative, is judged by a finite mean and variance, neither negative',
  )
  if (mean === 0) {
    return count === 0
      ? { side: 'lower', log: Math.log(1 - tieShare) }
      : { side: 'upper', log: -Infinity }
  }
  if (variance > mean) return negativeBinomialTail(count, law, tieShare)
  if (variance < mean * steadyUnder && mean >= steadyFromMean) {
    const steady = { mean, variance: Math.max(variance, leastVariance) }
    return roundedNormalTail(count, steady, tieShare)
  }
  return poissonTail(count, mean, tieShare)
}
