import type { CountLaw } from '../distribution/count-tails.ts'
import type { TailScale } from './tail-scale.ts'

/** How counts over windows of one length scatter: variance = phi * mean + alpha * mean^2. */
export interface Dispersion {
  readonly phi: number
  readonly alpha: number
}

/** The dispersion of windows of one length. */
export interface ScaleDispersion extends Dispersion {
  /** Length in grid windows. */
  readonly windows: number
}

/** The same with what the series' own past says of its tails. */
export interface ScaleFit extends ScaleDispersion {
  /** How much heavier the series' own tails are than the law's. */
  readonly rise: TailScale
  readonly fall: TailScale
}

/** Factors on the expectation while a level is not settled: what a window is held against. */
export interface LevelHold {
  /** At least 1: a level that was known before a fall is no rise. */
  readonly rise: number
  /** At most 1: going back from a rise is no fall. */
  readonly fall: number
  /** The level before a rise that nobody confirmed yet; 1 where there is none. */
  readonly before: number
  /** No jump in the last 14 days. */
  readonly settled: boolean
}

/** What share of an API's calls is expected to end in this error, and how far its errors scatter around it. */
export interface ShareBaseline {
  /** Errors per call by hour of the UTC day, 24 numbers. */
  readonly hourOfDay: readonly number[]
  readonly dispersion: readonly ScaleFit[]
}

/** What is normal for one dense series on one day, learned from the 28 days before it. */
export interface Baseline {
  /** UTC day number it is for. */
  readonly day: number
  readonly windowMinutes: number
  /** Days it was learned from, 1 to 28. */
  readonly observedDays: number
  /** Counted in those days. */
  readonly calls: number
  /** Expected count per hour, 168 numbers; the first is Monday 00:00 UTC. */
  readonly hourOfWeek: readonly number[]
  /** Factor of each grid window inside its hour, mean 1. */
  readonly withinHour: readonly number[]
  /** One per window length scored, ascending. */
  readonly dispersion: readonly ScaleFit[]
  readonly level: LevelHold
  /** Errors only. */
  readonly share: ShareBaseline | null
}

/** A baseline that knows so much of the scatter at each of its lengths. */
export interface BaselineOf<Scale> extends Omit<Baseline, 'dispersion' | 'share'> {
  readonly dispersion: readonly Scale[]
  readonly share:
    | (Omit<ShareBaseline, 'dispersion'> & { readonly dispersion: readonly Scale[] })
    | null
}

/** A baseline as it is kept beside the scores: what it expects, without the tails that only its own day's scores ask for. */
export type KeptBaseline = BaselineOf<ScaleDispersion>

/** A baseline without its tails. */
export function keptBaseline(baseline: Baseline): KeptBaseline {
  return withScales(baseline, withoutTails)
}

/** A baseline with another scatter at each of its lengths. */
export function withScales<Scale>(
  baseline: Baseline,
  make: (scale: ScaleFit) => Scale,
): BaselineOf<Scale> {
  const { dispersion, share } = baseline
  return {
    ...baseline,
    dispersion: dispersion.map(make),
    share: share === null ? null : { ...share, dispersion: share.dispersion.map(make) },
  }
}

/** The scatter of a length alone. */
export function withoutTails({ windows, phi, alpha }: ScaleDispersion): ScaleDispersion {
  return { windows, phi, alpha }
}

/** Where a series stands on a day: an answer, whatever it is. */
export type Standing =
  | { readonly kind: 'learning'; readonly seenDays: number; readonly neededDays: number }
  | { readonly kind: 'sparse' }
  | { readonly kind: 'dense'; readonly baseline: KeptBaseline }

/**
 * The variance of a count with this mean.
 * @example
 * varianceOf({ phi: 1.5, alpha: 0.1 }, 10) // => 25
 */
export function varianceOf({ phi, alpha }: Dispersion, mean: number): number {
  return phi * mean + alpha * mean * mean
}

/**
 * The law of a window's count. Never steadier than chance: a poller's fall must be one by any count.
 * @example
 * lawOf({ phi: 1, alpha: 0.5 }, 2) // => { mean: 2, variance: 4 }
 * lawOf({ phi: 0.1, alpha: 0 }, 2) // => { mean: 2, variance: 2 }
 */
export function lawOf(dispersion: Dispersion, mean: number): CountLaw {
  return { mean, variance: Math.max(mean, varianceOf(dispersion, mean)) }
}

/**
 * The law that a rise is held against. Steadier than chance only but for one call: a poller keeps its
 * clock, and the one person who also calls it by hand is no anomaly.
 * @example
 * riseLaw({ phi: 1, alpha: 0.5 }, 2) // => { mean: 2, variance: 4 }
 * riseLaw({ phi: 0.1, alpha: 0 }, 20) // => { mean: 20, variance: 3 }
 */
export function riseLaw(dispersion: Dispersion, mean: number): CountLaw {
  const variance = varianceOf(dispersion, mean)
  return { mean, variance: Math.max(variance, Math.min(mean, variance + 1)) }
}
