import type { Random } from './random.ts'

/** Above this a Poisson or binomial count is drawn from a normal with its skewness (Cornish and Fisher, 1938). */
const LARGE = 200

/** Standard normal, by the polar method (Marsaglia and Bray, 1964). */
export function normal(random: Random): number {
  for (;;) {
    const x = 2 * random.uniform() - 1
    const y = 2 * random.uniform() - 1
    const radius = x * x + y * y
    if (radius > 0 && radius < 1) return x * Math.sqrt((-2 * Math.log(radius)) / radius)
  }
}

/** Gamma with scale 1 and any `shape` above 0 (Marsaglia and Tsang, 2000). */
export function gamma(random: Random, shape: number): number {
  if (shape < 1) {
    return gamma(random, shape + 1) * Math.exp(Math.log(1 - random.uniform()) / shape)
  }
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normal(random)
    const root = 1 + c * x
    const v = root * root * root
    if (v > 0 && Math.log(1 - random.uniform()) < x * x * 0.5 + d * (1 - v + Math.log(v))) {
      return d * v
    }
  }
}

/** A Poisson count; a middling mean is cut into parts, whose sum is Poisson again. */
export function poisson(random: Random, mean: number): number {
  if (mean > LARGE) return skewed(random, mean, Math.sqrt(mean), 1 / Math.sqrt(mean))
  let count = 0
  for (let left = mean; left > 0; left -= 30) {
    const limit = Math.exp(-Math.min(left, 30))
    for (let product = random.uniform(); product > limit; product *= random.uniform()) count++
  }
  return count
}

/** A count of this mean and a variance above it: Poisson with a gamma mean; of no more variance: plain Poisson. */
export function overdispersed(random: Random, mean: number, variance: number): number {
  if (mean <= 0) return 0
  const spare = variance - mean
  if (spare <= mean * 1e-6) return poisson(random, mean)
  const scale = spare / mean
  return poisson(random, gamma(random, mean / scale) * scale)
}

/** How many of `trials` succeed, each with probability `share`. */
export function binomial(random: Random, trials: number, share: number): number {
  if (trials <= 0 || share <= 0) return 0
  if (share >= 1) return trials
  if (share > 0.5) return trials - binomial(random, trials, 1 - share)
  const mean = trials * share
  if (mean > LARGE) {
    const sd = Math.sqrt(mean * (1 - share))
    return Math.min(trials, skewed(random, mean, sd, (1 - 2 * share) / sd))
  }
  // Waiting times between successes are geometric.
  const logMiss = Math.log1p(-share)
  let count = -1
  for (let at = 0; at <= trials; count++) {
    at += 1 + Math.floor(Math.log(1 - random.uniform()) / logMiss)
  }
  return count
}

function skewed(random: Random, mean: number, sd: number, skewness: number): number {
  const z = normal(random)
  return Math.max(0, Math.round(mean + sd * (z + ((z * z - 1) * skewness) / 6)))
}
