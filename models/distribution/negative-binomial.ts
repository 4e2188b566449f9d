import { splitBeta } from './incomplete-beta.ts'
import type { NearTail } from './near-tail.ts'

/**
 * The tails of the negative binomial law at a count: bursty calls, whose variance is above their
 * mean (both in calls, mean > 0). `tieShare` is the share of P(Y = count) that goes to the upper
 * tail: 1/2 for mid-p, 1 for P(Y >= count) and P(Y < count).
 * Mathematics: r = mean^2 / (variance - mean) and P(Y >= k) = I_{(v-m)/v}(k, r) (Johnson, Kemp &
 * Kotz, Univariate Discrete Distributions, 2005, 5.6).
 * @example
 * negativeBinomialTail(0, { mean: 1, variance: 2 }, 0).log.toFixed(12) // => Math.log(0.5).toFixed(12)
 */
export function negativeBinomialTail(
  count: number,
  { mean, variance }: { readonly mean: number; readonly variance: number },
  tieShare: number,
): NearTail {
  const r = Math.max(mean * (mean / (variance - mean)), smallestShape)
  if (count === 0) {
    return { side: 'lower', log: Math.log(1 - tieShare) - r * Math.log1p(mean / r) }
  }
  const total = r + mean
  const split = splitBeta({ a: count, b: r, x: mean / total, y: r / total })
  const ratio = split.side === 'upper' ? split.ratio - (1 - tieShare) : split.ratio + (1 - tieShare)
  return { side: split.side, log: split.logPoint + Math.log(ratio) }
}

/** Keeps the shape above zero where the square of a mean would underflow. */
const smallestShape = 1e-306
