import { gamma, normal, overdispersed } from '../draws.ts'
import type { Random } from '../random.ts'
import type { Timeline } from '../timeline.ts'
import { emptyStream, type Stream } from '../truth.ts'

/** Variance of a bucket = phi × mean + alpha × mean²; days differ by a factor of this standard deviation. */
export interface Noise {
  readonly phi: number
  readonly alpha: number
  readonly daySd: number
}

/** Machines and many users: negative-binomial counts around a mean that is known for each bucket. */
export function drawNoisy(
  random: Random,
  timeline: Timeline,
  mean: Float64Array,
  { phi, alpha, daySd }: Noise,
): Stream {
  const { counts, truth } = emptyStream(timeline)
  let factor = 1
  for (let at = 0; at < counts.length; at++) {
    if (at % timeline.perDay === 0) factor = dayFactor(random, daySd)
    const mu = mean[at] as number
    const variance = phi * mu + alpha * mu * mu
    truth.mean[at] = mu
    truth.variance[at] = variance
    truth.spanVariance[at] = variance
    truth.dayAmount[at] = mu * daySd
    const today = mu * factor
    counts[at] = overdispersed(random, today, phi * today + alpha * today * today)
  }
  return { counts, truth }
}

function dayFactor(random: Random, sd: number): number {
  return sd === 0 ? 1 : gamma(random, 1 / (sd * sd)) * sd * sd
}

/** A poller: a clock that calls so many times in each bucket, steadier than chance. */
export function drawSteady(
  random: Random,
  timeline: Timeline,
  mean: Float64Array,
  relativeVariance: number,
): Stream {
  const { counts, truth } = emptyStream(timeline)
  for (let at = 0; at < counts.length; at++) {
    const mu = mean[at] as number
    const variance = mu * relativeVariance
    truth.mean[at] = mu
    truth.variance[at] = variance
    truth.spanVariance[at] = variance
    counts[at] = Math.max(0, Math.round(mu + Math.sqrt(variance) * normal(random)))
  }
  return { counts, truth }
}
