import type { Dispersion } from './baseline.ts'

/** Counts beside what was expected of them. */
export interface Observations {
  readonly counts: Float64Array
  readonly means: Float64Array
  /** How many windows each stands for; null: one each. */
  readonly times: Float64Array | null
  /** All windows, with those that stand nowhere above: nothing came of them, and nothing was expected. */
  readonly windows: number
}

/** What is believed of a dispersion before anything is seen, and worth how many observations. */
export interface DispersionPrior extends Dispersion {
  readonly observations: number
}

/** Prior of single windows and of hours. */
export const WINDOW_PRIOR: DispersionPrior = { phi: 1.2, alpha: 0.03, observations: 12 }
/** Prior of longer windows, which fewer observations speak of. */
export const SPAN_PRIOR: DispersionPrior = { phi: 1.5, alpha: 0.03, observations: 6 }

/** The normal equations of squared residuals on (mean, mean^2). */
interface Equations {
  readonly a11: number
  readonly a12: number
  readonly a22: number
  readonly b1: number
  readonly b2: number
}

/** Under this ratio of squared residuals to means, counts are steadier than chance (a poller's). */
const STEADY_UNDER = 0.8
const LEAST_PHI = 0.03
/** Windows with a mean above 1 that it takes to believe so. */
const STEADY_WINDOWS = 10

/**
 * The dispersion of counts around their leave-one-out expectations, by non-negative weighted least
 * squares of the squared residuals on (mean, mean^2). Windows that expect nothing say nothing.
 */
export function fitDispersion(observations: Observations, prior: DispersionPrior): Dispersion {
  const { means, times, windows } = observations
  let total = 0
  let squares = 0
  for (let at = 0; at < means.length; at++) {
    const mean = (means[at] as number) * (times === null ? 1 : (times[at] as number))
    total += mean
    squares += mean * (means[at] as number)
  }
  if (total === 0) return { phi: prior.phi, alpha: prior.alpha }
  const damp = total / windows + 0.05
  const fitted = solve(withPrior(equations(observations, damp), squares / total, damp, prior))
  if (fitted.phi >= 1 && fitted.alpha > 0) return fitted
  const steadiness = steadinessOf(observations)
  return steadiness < STEADY_UNDER
    ? { phi: Math.max(steadiness, LEAST_PHI), alpha: 0 }
    : { phi: Math.max(fitted.phi, 1), alpha: fitted.alpha }
}

/** Observations that each stand for one window. */
export function oneEach(counts: Float64Array, means: Float64Array): Observations {
  return { counts, means, times: null, windows: means.length }
}

function equations({ counts, means, times }: Observations, damp: number): Equations {
  let [a11, a12, a22, b1, b2] = [0, 0, 0, 0, 0]
  for (let at = 0; at < means.length; at++) {
    const mean = means[at] as number
    const residual = (counts[at] as number) - mean
    const weight = (times === null ? 1 : (times[at] as number)) / ((mean + damp) * (mean + damp))
    const linear = weight * mean
    const square = linear * mean
    a11 += square
    a12 += square * mean
    a22 += square * mean * mean
    b1 += linear * residual * residual
    b2 += square * residual * residual
  }
  return { a11, a12, a22, b1, b2 }
}

/** Adds observations that behave as the prior says, at the mean where most of the counts are. */
function withPrior(seen: Equations, mean: number, damp: number, prior: DispersionPrior): Equations {
  const weight = prior.observations / ((mean + damp) * (mean + damp))
  const square = mean * mean
  const variance = prior.phi * mean + prior.alpha * square
  return {
    a11: seen.a11 + weight * square,
    a12: seen.a12 + weight * square * mean,
    a22: seen.a22 + weight * square * square,
    b1: seen.b1 + weight * mean * variance,
    b2: seen.b2 + weight * square * variance,
  }
}

/** Where all means are the same both edges fit alike, but for the rounding of their sums. */
const SAME_FIT = 1 - 1e-9

/** Least squares with both numbers at least 0: the free solution, or the better of the two edges; phi where neither is. */
function solve({ a11, a12, a22, b1, b2 }: Equations): Dispersion {
  const determinant = a11 * a22 - a12 * a12
  if (determinant > 1e-9 * a11 * a22) {
    const phi = (b1 * a22 - b2 * a12) / determinant
    const alpha = (a11 * b2 - a12 * b1) / determinant
    if (phi >= 0 && alpha >= 0) return { phi, alpha }
  }
  return (b1 * b1) / a11 >= SAME_FIT * ((b2 * b2) / a22)
    ? { phi: b1 / a11, alpha: 0 }
    : { phi: 0, alpha: b2 / a22 }
}

/** Mean of squared residual over mean where there is real volume; 1 where there is too little of it. */
function steadinessOf({ counts, means, times }: Observations): number {
  let sum = 3
  let windows = 0
  for (let at = 0; at < means.length; at++) {
    const mean = means[at] as number
    if (mean <= 1) continue
    const alike = times === null ? 1 : (times[at] as number)
    sum += (alike * ((counts[at] as number) - mean) ** 2) / mean
    windows += alike
  }
  return windows < STEADY_WINDOWS ? 1 : sum / (windows + 3)
}
