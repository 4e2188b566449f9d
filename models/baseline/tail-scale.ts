import { quantileSorted } from 'simple-statistics'

/** How much heavier a series' own tail is than its law's: surprise beyond `from` is divided by `scale`. */
export interface TailScale {
  /** -ln of a tail, in the law's own terms. */
  readonly from: number
  /** 1: as the law says; never below. */
  readonly scale: number
}

/** The law's own tail, where nothing else is known. */
export const OWN_TAIL: TailScale = { from: Math.LN10, scale: 1 }

const LEAST_WINDOWS = 20
const HIGH = 0.9
const HIGHER = 0.98
/** Between those two quantiles an exponential law grows by ln 5. */
const APART = Math.log(5)
/** Belief in a scale of 1.1 is worth this many windows. */
const PRIOR = { scale: 1.1, windows: 30 }
const LARGEST = 12

/**
 * The tail scale of a series' own past surprises: what the law says happens once in 10 and once in 50
 * windows, held against what did (peaks over threshold on the scale of -ln p, after Siffer et al.
 * 2017). Empty windows need not be among the surprises, but count in `windows`.
 */
export function tailScale(surprises: ArrayLike<number>, windows: number): TailScale {
  if (windows < LEAST_WINDOWS) return { from: Math.LN10, scale: PRIOR.scale }
  const sorted = new Float64Array(surprises).sort()
  const at = (share: number): number => quantileOf(sorted, windows, share)
  const high = at(HIGH)
  const seen = (at(HIGHER) - high) / APART
  const scale = (windows * seen + PRIOR.windows * PRIOR.scale) / (windows + PRIOR.windows)
  return { from: Math.max(high, Math.LN10), scale: Math.min(Math.max(scale, 1), LARGEST) }
}

/**
 * Whether so few windows surprised at all that by how much says nothing: neither quantile is among
 * them, and none of their tails need be known.
 * @example
 * saysNothing(20, 1000) // => true
 * saysNothing(21, 1000) // => false
 */
export function saysNothing(surprises: number, windows: number): boolean {
  return windows < LEAST_WINDOWS || placeOf(surprises, windows, HIGHER) <= 0
}

/** A quantile of all windows, of which only the upper ones are listed. */
function quantileOf(sorted: Float64Array, windows: number, share: number): number {
  const within = placeOf(sorted.length, windows, share)
  return within > 0 ? quantileSorted(sorted as unknown as number[], within) : 0
}

/** Where a quantile of all windows lies among those listed; not above 0 where it is none of them. */
function placeOf(listed: number, windows: number, share: number): number {
  return 1 - (windows * (1 - share)) / listed
}

/**
 * A surprise in the terms of the series' own past: never more than the law says.
 * @example
 * rescale(12, { from: 4, scale: 2 }) // => 4 + Math.LN10
 */
export function rescale(surprise: number, { from, scale }: TailScale): number {
  if (surprise <= from) return Math.min(surprise, Math.LN10)
  return Math.LN10 + (surprise - from) / scale
}
