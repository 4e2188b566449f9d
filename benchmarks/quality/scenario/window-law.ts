import { logNormalTail, lowerTail, runningSums, upperTail } from '../../../models/index.ts'
import type { Timeline } from './timeline.ts'
import type { CountTruth } from './truth.ts'
import type { ErrorTruth } from './work.ts'

/** What the generator expects of one window. */
export interface WindowLaw {
  readonly mean: number
  readonly variance: number
  /** Sessions of unequal size, besides the negative binomial. */
  readonly sessions: { readonly arrivals: number; location: number; spread: number } | null
}

/** The law of the window `[from, until)`, in buckets. */
export type WindowLaws = (from: number, until: number) => WindowLaw

/** Not even a generator that plans no call at all is surer than one in a thousand. */
const LEAST_MEAN = 1e-3

export function callLaws(truth: CountTruth, { perDay }: Timeline): WindowLaws {
  const means = runningSums(truth.mean)
  const spans = runningSums(truth.spanVariance)
  const days = runningSums(truth.dayAmount)
  const arrivals = truth.bursts === null ? null : runningSums(truth.bursts.arrivals)
  const sum = (sums: Float64Array, from: number, until: number): number =>
    (sums[until] as number) - (sums[from] as number)
  const ofDays = (from: number, until: number): number => {
    const midnight = Math.ceil((from + 1) / perDay) * perDay
    if (until <= midnight) return sum(days, from, until) ** 2
    return sum(days, from, midnight) ** 2 + ofDays(midnight, until)
  }
  return (from, until) => {
    const mean = Math.max(LEAST_MEAN, sum(means, from, until))
    const own =
      until - from === 1
        ? (truth.variance[from] as number)
        : sum(spans, from, until) +
          (truth.edgeVariance[from] as number) +
          (truth.edgeVariance[until] as number)
    const variance = Math.max(own + ofDays(from, until), LEAST_MEAN)
    if (arrivals === null || truth.bursts === null) return { mean, variance, sessions: null }
    const { location, spread } = truth.bursts
    return { mean, variance, sessions: { arrivals: sum(arrivals, from, until), location, spread } }
  }
}

/** The law of one code's errors (or of all, under their summed share), given the calls that were made. */
export function errorLaws(calls: Int32Array, { share, noise }: ShareLaw): WindowLaws {
  const sums = runningSums(Float64Array.from(calls))
  const squares = runningSums(Float64Array.from(calls, (count) => count * count))
  // A code that never occurred might have once, just not yet.
  const least = 0.25 / Math.max(1, sums.at(-1) as number)
  const expected = Math.max(share, least)
  return (from, until) => {
    const mean = Math.max(1e-6, expected * ((sums[until] as number) - (sums[from] as number)))
    const square = (squares[until] as number) - (squares[from] as number)
    return { mean, variance: mean + noise * expected * expected * square, sessions: null }
  }
}

export interface ShareLaw {
  readonly share: number
  readonly noise: number
}

/** Of one code, or with `null` of all codes together. */
export function shareLaw(truth: ErrorTruth, code: string | null): ShareLaw {
  const all = (): number => [...truth.shares.values()].reduce((sum, share) => sum + share, 0)
  return { share: code === null ? all() : (truth.shares.get(code) ?? 0), noise: truth.noise }
}

/** -ln of the mid-p tail above; one huge session may explain a count that the negative binomial cannot. */
export function surpriseAbove(count: number, { mean, variance, sessions }: WindowLaw): number {
  const chance = upperTail(count, { mean, variance })
  if (sessions === null || count < 1 || sessions.arrivals <= 0) return -chance
  const session = Math.log(sessions.arrivals) + logNormalTail(count, sessions)
  const larger = Math.max(chance, session)
  return Math.max(0, -(larger + Math.log1p(Math.exp(-Math.abs(chance - session)))))
}

/** -ln of the mid-p tail below. */
export function surpriseBelow(count: number, { mean, variance }: WindowLaw): number {
  return -lowerTail(count, { mean, variance })
}
