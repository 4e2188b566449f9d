import type { CountLaw } from '../distribution/count-tails.ts'

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

/** What share of an API's calls is expected to end in this error, and how far its errors scatter around it. */
export interface ShareBaseline {
  /** Errors per call by hour of the UTC day, 24 numbers. */
  readonly hourOfDay: readonly number[]
  readonly dispersion: readonly ScaleDispersion[]
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
  readonly dispersion: readonly ScaleDispersion[]
  /** Errors only. */
  readonly share: ShareBaseline | null
}

/** Where a series stands on a day: an answer, whatever it is. */
export type Standing =
  | { readonly kind: 'learning'; readonly seenDays: number; readonly neededDays: number }
  | { readonly kind: 'sparse' }
  | { readonly kind: 'dense'; readonly baseline: Baseline }

/**
 * The variance of a count with this mean.
 * @example
 * varianceOf({ phi: 1.5, alpha: 0.1 }, 10) // => 25
 */
export function varianceOf({ phi, alpha }: Dispersion, mean: number): number {
  return phi * mean + alpha * mean * mean
}

/**
 * The law of a window's count. Never steadier than chance: a poller that one person also calls by
 * hand keeps its clock, and that person is no anomaly.
 * @example
 * lawOf({ phi: 1, alpha: 0.5 }, 2) // => { mean: 2, variance: 4 }
 * lawOf({ phi: 0.1, alpha: 0 }, 2) // => { mean: 2, variance: 2 }
 */
export function lawOf(dispersion: Dispersion, mean: number): CountLaw {
  return { mean, variance: Math.max(mean, varianceOf(dispersion, mean)) }
}
