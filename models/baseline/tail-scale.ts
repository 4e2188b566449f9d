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
 * 2017). Empty windows need not be among the surprises, but count in `windows`. Of `surprising` ones the
 * largest that are asked for are enough.
 */
export function tailScale(
  surprises: ArrayLike<number>,
  windows: number,
  surprising: number = surprises.length,
): TailScale {
  if (windows < LEAST_WINDOWS) return { from: Math.LN10, scale: PRIOR.scale }
  const largest = new Float64Array(surprises).sort()
  const at = (share: number): number => quantileOf({ largest, surprising, windows }, share)
  const high = at(HIGH)
  const seen = (at(HIGHER) - high) / APART
  const scale = (windows * seen + PRIOR.windows * PRIOR.scale) / (windows + PRIOR.windows)
  return { from: Math.max(high, Math.LN10), scale: Math.min(Math.max(scale, 1), LARGEST) }
}

/**
 * How many of the surprises the tail scale asks for, the largest ones; 0 where so few windows surprised at all that by
 * how much says nothing.
 * @example
 * askedOf(20, 1000) // => 0
 * askedOf(21, 1000) // => 21
 * askedOf(500, 1000) // => 101
 */
export function askedOf(surprising: number, windows: number): number {
  if (windows < LEAST_WINDOWS) return 0
  const lowest = [HIGH, HIGHER].find((share) => shareOf(surprising, windows, share) > 0)
  if (lowest === undefined) return 0
  return surprising - Math.floor((surprising - 1) * shareOf(surprising, windows, lowest))
}

interface Listed {
  /** Ascending. */
  readonly largest: Float64Array
  readonly surprising: number
  readonly windows: number
}

/** A quantile of all windows, on the line between the two surprises beside it; 0 where it is none of those that surprise. */
function quantileOf({ largest, surprising, windows }: Listed, share: number): number {
  const within = shareOf(surprising, windows, share)
  if (within <= 0) return 0
  const place = (surprising - 1) * within
  const lower = Math.floor(place)
  const unlisted = surprising - largest.length
  const below = largest[lower - unlisted] as number
  return below + (place - lower) * ((largest[Math.ceil(place) - unlisted] as number) - below)
}

/** Which quantile of the surprising windows a quantile of all is; not above 0 where it is none of them. */
function shareOf(surprising: number, windows: number, share: number): number {
  return 1 - (windows * (1 - share)) / surprising
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
