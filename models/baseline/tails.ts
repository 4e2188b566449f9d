import { type CountLaw, lowerTail, upperTail } from '../distribution/count-tails.ts'
import { type Dispersion, lawOf, riseLaw, type ScaleFit } from './baseline.ts'
import type { Observations } from './dispersion.ts'
import { largestSurprises, type Surprising } from './largest-surprises.ts'
import { askedOf, type TailScale, tailScale } from './tail-scale.ts'

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
  const lawAt = (mean: number): CountLaw => riseLaw(past.dispersion, mean)
  return tailOf(past, {
    side: 'up',
    lawOf: lawAt,
    surpriseOf: (count, mean) => -upperTail(count, lawAt(mean)),
  })
}

/** The same of their lower tail, where means are large enough for a fall to show. */
export function fallTail(past: Past): TailScale {
  const lawAt = (mean: number): CountLaw => lawOf(past.dispersion, mean)
  return tailOf(past, {
    side: 'down',
    lawOf: lawAt,
    surpriseOf: (count, mean) => -lowerTail(count, lawAt(mean)),
  })
}

type Side = Pick<Surprising, 'side' | 'lawOf' | 'surpriseOf'>

function tailOf(past: Past, { side, lawOf, surpriseOf }: Side): TailScale {
  const { counts, means, times, taughtWindows } = past
  const isUp = side === 'up'
  const places = new Int32Array(counts.length)
  let found = 0
  let windows = 0
  for (let at = 0; at < counts.length; at++) {
    const count = counts[at] as number
    const mean = Math.max(means[at] as number, LEAST_MEAN)
    if (isUp ? count <= mean : count > mean || mean < FALL_FROM_MEAN) continue
    places[found] = at
    found += 1
    windows += times === null ? 1 : (times[at] as number)
  }
  const asked = askedOf(windows, taughtWindows)
  // Where so few say nothing, none of their tails need be known.
  if (asked === 0) return tailScale([], taughtWindows)
  const taken = takerOf(places.subarray(0, found))
  const surprising = {
    side,
    counts: taken(counts, 0),
    means: taken(means, LEAST_MEAN),
    times: times === null ? null : taken(times, 1),
    lawOf,
    surpriseOf,
  }
  return tailScale(largestSurprises(surprising, asked), taughtWindows, windows)
}

/** Takes the values at some places, none less than a least one. */
function takerOf(places: Int32Array): (values: Float64Array, least: number) => Float64Array {
  return (values, least) => {
    const taken = new Float64Array(places.length)
    for (let at = 0; at < taken.length; at++) {
      taken[at] = Math.max(values[places[at] as number] as number, least)
    }
    return taken
  }
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
