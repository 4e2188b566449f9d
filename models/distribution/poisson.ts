import type { NearTail } from './near-tail.ts'
import { deviance, stirlingError } from './special.ts'

const tolerance = 1e-14

/**
 * The tails of the Poisson law at a count: calls that come one by one, whose variance is their mean
 * (in calls, > 0). `tieShare` is the share of P(Y = count) that goes to the upper tail: 1/2 for
 * mid-p, 1 for P(Y >= count) and P(Y < count).
 * Mathematics: the incomplete gamma function as the sum of its terms from the count outwards
 * (Abramowitz & Stegun, 1964, 6.5.13, 6.5.29), the first term in Loader's (2000) saddle point form.
 * @example
 * poissonTail(10, 3, 0.5).log.toFixed(9) // => '-7.268133442'
 */
export function poissonTail(count: number, mean: number, tieShare: number): NearTail {
  if (count === 0) return { side: 'lower', log: Math.log(1 - tieShare) - mean }
  const distance = deviance(count, { expected: mean, excess: count - mean })
  const logPoint = -distance - stirlingError(count) - 0.5 * Math.log(2 * Math.PI * count)
  if (count >= mean) {
    return { side: 'upper', log: logPoint + Math.log(tieShare + termsAbove(count, mean)) }
  }
  return { side: 'lower', log: logPoint + Math.log(1 - tieShare + termsBelow(count, mean)) }
}

/** P(Y > count) / P(Y = count). */
function termsAbove(count: number, mean: number): number {
  let term = 1
  let sum = 0
  for (let k = count + 1; term > tolerance * sum; k += 1) {
    term *= mean / k
    sum += term
  }
  return sum
}

/** P(Y < count) / P(Y = count). */
function termsBelow(count: number, mean: number): number {
  const inverse = 1 / mean
  let term = 1
  let sum = 0
  for (let k = count; term > tolerance * sum; k -= 1) {
    term *= k * inverse
    sum += term
  }
  return sum
}
