import type { Timeline } from './timeline.ts'

/** Sessions that arrive by chance, their sizes log-normal: what a negative binomial's tail is too light for. */
export interface Bursts {
  /** Expected sessions in each bucket. */
  readonly arrivals: Float64Array
  /** Of ln(size). */
  readonly location: number
  readonly spread: number
}

/** What the generator knows of a series' counts without the planted anomalies; per bucket. */
export interface CountTruth {
  readonly mean: Float64Array
  /** Of the single bucket. */
  readonly variance: Float64Array
  /** What the bucket adds to the variance of a longer window. */
  readonly spanVariance: Float64Array
  /** What a longer window's variance gains where one of its edges is this bucket's start: work that moves by minutes. */
  readonly edgeVariance: Float64Array
  /** Standard deviation in calls that the whole UTC day shares: days differ as a whole. */
  readonly dayAmount: Float64Array
  readonly bursts: Bursts | null
}

/** Counts as drawn, with what they were drawn from. */
export interface Stream {
  readonly counts: Int32Array
  readonly truth: CountTruth
}

/** A stream of nothing, to be drawn into. */
export function emptyStream({ buckets }: Timeline): Stream {
  const zeros = (): Float64Array => new Float64Array(buckets)
  return {
    counts: new Int32Array(buckets),
    truth: {
      mean: zeros(),
      variance: zeros(),
      spanVariance: zeros(),
      edgeVariance: new Float64Array(buckets + 1),
      dayAmount: zeros(),
      bursts: null,
    },
  }
}

/** Two streams of calls to one API. At most one of them comes in bursts. */
export function addStreams(one: Stream, other: Stream): Stream {
  const add = (a: Float64Array, b: Float64Array): Float64Array =>
    a.map((value, at) => value + (b[at] as number))
  return {
    counts: one.counts.map((count, at) => count + (other.counts[at] as number)),
    truth: {
      mean: add(one.truth.mean, other.truth.mean),
      variance: add(one.truth.variance, other.truth.variance),
      spanVariance: add(one.truth.spanVariance, other.truth.spanVariance),
      edgeVariance: add(one.truth.edgeVariance, other.truth.edgeVariance),
      dayAmount: add(one.truth.dayAmount, other.truth.dayAmount),
      bursts: one.truth.bursts ?? other.truth.bursts,
    },
  }
}
