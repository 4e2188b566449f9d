import { lowerTail, upperTail } from '../distribution/count-tails.ts'
import { type Dispersion, lawOf, riseLaw, type ScaleFit } from './baseline.ts'
import type { Observations } from './dispersion.ts'
import { saysNothing, type TailScale, tailScale } from './tail-scale.ts'

/** Means under this are too small for a fall to show. */
export const FALL_FROM_MEAN = 10
/** Least mean a count is judged by: no baseline is sure that nothing comes. */
export const LEAST_MEAN = 1e-9

/** Counts of windows of one length whose tails may be asked for. */
export interface Past extends Observations {
  readonly dispersion: Dispersion
  /** Windows that are not skipped altogether. */
  readonly taughtWindows: number
}

/** How heavy the upper tail of these counts was, held against their leave-one-out expectations. */
export function riseTail(past: Past): TailScale {
  const surprise = (count: number, mean: number): number =>
    -upperTail(count, riseLaw(past.dispersion, mean))
  return tailOf(past, (count, mean) => count > mean, surprise)
}

/** The same of their lower tail, where means are large enough for a fall to show. */
export function fallTail(past: Past): TailScale {
  const surprise = (count: number, mean: number): number =>
    -lowerTail(count, lawOf(past.dispersion, mean))
  return tailOf(past, (count, mean) => count <= mean && mean >= FALL_FROM_MEAN, surprise)
}

function tailOf(
  { counts, means, times, taughtWindows }: Past,
  isOfIt: (count: number, mean: number) => boolean,
  surpriseOf: (count: number, mean: number) => number,
): TailScale {
  const places: number[] = []
  let windows = 0
  for (let at = 0; at < counts.length; at++) {
    if (!isOfIt(counts[at] as number, meanAt(means, at))) continue
    places.push(at)
    windows += times?.[at] ?? 1
  }
  // Where so few say nothing, none of their tails need be known.
  if (saysNothing(windows, taughtWindows)) return tailScale([], taughtWindows)
  const surprises = new Float64Array(windows)
  let filled = 0
  let known = -1
  for (const at of places) {
    // Neighbours with the same count and mean, as most of an hour's are, share a tail.
    const isKnown = known >= 0 && counts[known] === counts[at] && means[known] === means[at]
    const surprise = isKnown
      ? (surprises[filled - 1] as number)
      : surpriseOf(counts[at] as number, meanAt(means, at))
    const until = filled + (times?.[at] ?? 1)
    surprises.fill(surprise, filled, until)
    filled = until
    known = at
  }
  return tailScale(surprises, taughtWindows)
}

function meanAt(means: Float64Array, at: number): number {
  return Math.max(means[at] as number, LEAST_MEAN)
}

/** The scatter of one window length; its tails are worked out when first asked for, which most never are. */
export class LateScale implements ScaleFit {
  readonly windows: number
  readonly phi: number
  readonly alpha: number
  #rise: TailScale | undefined
  #fall: TailScale | undefined
  readonly #tails: { readonly rise: () => TailScale; readonly fall: () => TailScale }

  constructor(
    { windows, phi, alpha }: Pick<ScaleFit, 'windows' | 'phi' | 'alpha'>,
    tails: { readonly rise: () => TailScale; readonly fall: () => TailScale },
  ) {
    this.windows = windows
    this.phi = phi
    this.alpha = alpha
    this.#tails = tails
  }

  get rise(): TailScale {
    this.#rise ??= this.#tails.rise()
    return this.#rise
  }

  get fall(): TailScale {
    this.#fall ??= this.#tails.fall()
    return this.#fall
  }
}
