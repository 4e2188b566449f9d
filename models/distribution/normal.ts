import { log1mExp, logSumExp, type NearTail } from './near-tail.ts'

const halfLogTwoPi = 0.9189385332046728
/** From here on the continued fraction is the quicker of the two. */
const fractionFrom = 2.5

/**
 * ln P(Z > z) of the standard normal law for every z, to a relative error of 1e-12: for tails far
 * beyond any table, on both sides.
 * Method: the power series near 0, Laplace's continued fraction beyond (Abramowitz & Stegun, 1964,
 * 26.2.11, 26.2.14).
 * @example
 * logNormalSurvival(0) // => Math.log(0.5)
 * logNormalSurvival(40).toFixed(6) // => '-804.608442'
 */
export function logNormalSurvival(z: number): number {
  if (z < 0) return log1mExp(logNormalSurvival(-z))
  const logDensity = -0.5 * z * z - halfLogTwoPi
  if (z >= fractionFrom) return logDensity - Math.log(millsDenominator(z))
  return Math.log(0.5 - Math.exp(logDensity) * oddSeries(z))
}

/** (P(Z < z) - 1/2) / density(z) = z + z^3 / 3 + z^5 / 15 + … */
function oddSeries(z: number): number {
  let term = z
  let sum = z
  for (let k = 3; term > 1e-17 * sum; k += 2) {
    term *= (z * z) / k
    sum += term
  }
  return sum
}

/** density(z) / P(Z > z) = z + 1/(z + 2/(z + 3/(z + …))), from a depth that leaves no error. */
function millsDenominator(z: number): number {
  let value = z
  for (let k = Math.ceil(8 + 500 / (z * z)); k >= 1; k -= 1) value = z + k / value
  return value
}

/**
 * The tails of a normal law rounded to whole calls, all below 1/2 being 0: for pollers, steadier
 * than chance. Mean and variance are in calls, variance > 0. `tieShare` is the share of
 * P(Y = count) that goes to the upper tail: 1/2 for mid-p, 1 for P(Y >= count) and P(Y < count).
 * @example
 * roundedNormalTail(12, { mean: 12, variance: 1 }, 0.5).log.toFixed(12) // => Math.log(0.5).toFixed(12)
 */
export function roundedNormalTail(
  count: number,
  { mean, variance }: { readonly mean: number; readonly variance: number },
  tieShare: number,
): NearTail {
  const spread = Math.sqrt(variance)
  const above = (count + 0.5 - mean) / spread
  const atLeast = count === 0 ? -Infinity : (count - 0.5 - mean) / spread
  const logTie = Math.log(tieShare)
  const logRest = Math.log(1 - tieShare)
  if (count >= mean) {
    const log = logSumExp(logRest + logNormalSurvival(above), logTie + logNormalSurvival(atLeast))
    return { side: 'upper', log }
  }
  const log = logSumExp(logRest + logNormalSurvival(-above), logTie + logNormalSurvival(-atLeast))
  return { side: 'lower', log }
}
