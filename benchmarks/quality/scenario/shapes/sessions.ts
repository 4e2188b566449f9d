import { binomial, normal, poisson } from '../draws.ts'
import { between, type Random } from '../random.ts'
import type { Timeline } from '../timeline.ts'
import { emptyStream, type Stream } from '../truth.ts'

/** People at work: sessions that arrive by chance, each a log-normal number of calls over some minutes. */
export interface SessionLaw {
  /** Expected sessions in each bucket. */
  readonly arrivals: Float64Array
  /** Of ln(calls in a session). */
  readonly location: number
  readonly spread: number
  /** A session takes from one minute to this long. */
  readonly longestMinutes: number
}

export function drawSessions(random: Random, timeline: Timeline, law: SessionLaw): Stream {
  const stream = emptyStream(timeline)
  const bucketMinutes = timeline.bucketS / 60
  for (let at = 0; at < timeline.buckets; at++) {
    for (let left = poisson(random, law.arrivals[at] as number); left > 0; left--) {
      const size = sizeAt(law, normal(random))
      const from = at * bucketMinutes + between(random, 0, bucketMinutes)
      const minutes = between(random, 1, law.longestMinutes)
      spreadCalls(random, stream.counts, size, {
        from: from / bucketMinutes,
        length: minutes / bucketMinutes,
      })
    }
  }
  return { counts: stream.counts, truth: truthOf(timeline, law) }
}

const sizeAt = ({ location, spread }: SessionLaw, z: number): number =>
  Math.max(1, Math.round(Math.exp(location + spread * z)))

/** Spreads calls evenly by chance over a stretch given in buckets; what falls past the end is lost. */
export function spreadCalls(
  random: Random,
  counts: Int32Array,
  size: number,
  { from, length }: { readonly from: number; readonly length: number },
): void {
  let left = size
  const until = from + length
  for (let at = Math.floor(from); left > 0 && at < until; at++) {
    const begin = Math.max(at, from)
    const share = (Math.min(at + 1, until) - begin) / (until - begin)
    const here = binomial(random, left, share)
    if (at >= 0 && at < counts.length) counts[at] = (counts[at] as number) + here
    left -= here
  }
}

/** First and second moment of the share of a session that falls k buckets after the one it starts in. */
interface Kernel {
  readonly first: readonly number[]
  readonly second: readonly number[]
}

function truthOf(timeline: Timeline, law: SessionLaw): Stream['truth'] {
  const { truth } = emptyStream(timeline)
  const { first, second } = kernelOf(law.longestMinutes / (timeline.bucketS / 60))
  const { mean, square } = sizeMoments(law)
  const arrivals = new Float64Array(timeline.buckets)
  for (let at = 0; at < timeline.buckets; at++) {
    const rate = law.arrivals[at] as number
    for (let k = 0; k < first.length && at + k < timeline.buckets; k++) {
      const one = first[k] as number
      const two = second[k] as number
      add(truth.mean, at + k, rate * mean * one)
      add(truth.variance, at + k, rate * (square * two + mean * (one - two)))
      add(truth.spanVariance, at + k, rate * square * one)
      add(arrivals, at + k, rate * one)
    }
  }
  return { ...truth, bursts: { arrivals, location: law.location, spread: law.spread } }
}

function add(values: Float64Array, at: number, more: number): void {
  values[at] = (values[at] as number) + more
}

/** By midpoint sums over the start within its bucket and the length. */
function kernelOf(longest: number): Kernel {
  const steps = 24
  const size = Math.floor(longest) + 2
  const first = new Array<number>(size).fill(0)
  const second = new Array<number>(size).fill(0)
  for (let i = 0; i < steps; i++) {
    for (let j = 0; j < steps; j++) {
      const from = (i + 0.5) / steps
      const length = (longest * (j + 0.5)) / steps
      for (let k = 0; k < size; k++) {
        const share = Math.max(0, Math.min(k + 1, from + length) - Math.max(k, from)) / length
        first[k] = (first[k] as number) + share / steps / steps
        second[k] = (second[k] as number) + (share * share) / steps / steps
      }
    }
  }
  return { first, second }
}

function sizeMoments(law: SessionLaw): { readonly mean: number; readonly square: number } {
  let weight = 0
  let mean = 0
  let square = 0
  for (let z = -5; z <= 5; z += 0.02) {
    const density = Math.exp((-z * z) / 2)
    const size = sizeAt(law, z)
    weight += density
    mean += density * size
    square += density * size * size
  }
  return { mean: mean / weight, square: square / weight }
}
