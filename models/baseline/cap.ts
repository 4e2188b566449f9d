import type { Scratch } from '../series/scratch.ts'
import { type Dispersion, varianceOf } from './baseline.ts'

/** Standard deviations above its expectation from where a count teaches no more. */
const TEACH_SPREADS = 5
/** And from where it counts no more in a longer window. */
const SPAN_SPREADS = 4

/** The slot of the day of each count, and the second largest count of each slot. */
export interface DaySlots {
  readonly slotAt: Float64Array
  readonly seconds: Float64Array
}

/**
 * The counts that may teach: none above 5 standard deviations and a call over its leave-one-out
 * mean, unless the same slot of the day reached as much on another day. An isolated outlier never
 * counts, a pattern seen on two days does. Writes them over those given, and answers them.
 */
export function capOutliers(
  counts: Float64Array,
  means: Float64Array,
  dispersion: Dispersion,
  { slotAt, seconds }: DaySlots,
): Float64Array {
  for (let at = 0; at < counts.length; at++) {
    const count = counts[at] as number
    if (count === 0) continue
    const second = seconds[(slotAt[at] as number) | 0] as number
    if (count <= second) continue
    const most = Math.max(second, ceiling(means[at] as number, dispersion, TEACH_SPREADS))
    if (count > most) counts[at] = most
  }
  return counts
}

/**
 * The most one window counts inside a longer one, a whole number: 4 standard deviations and a call
 * over its mean, so that one spike cannot fill a day.
 * @example
 * spanCap(4, { phi: 1, alpha: 0 }) // => 13
 */
export function spanCap(mean: number, dispersion: Dispersion): number {
  return Math.ceil(ceiling(mean, dispersion, SPAN_SPREADS))
}

/**
 * Counts as longer windows take them, each held to the `spanCap` of its mean times `held`. Writes
 * them over those given, and answers them.
 * @example
 * [...spanCounts(Float64Array.of(9, 99), Float64Array.of(4, 4), { phi: 1, alpha: 0 })] // => [9, 13]
 */
export function spanCounts(
  counts: Float64Array,
  means: Float64Array,
  dispersion: Dispersion,
  held = 1,
): Float64Array {
  for (let at = 0; at < counts.length; at++) {
    counts[at] = spanCount(counts[at] as number, (means[at] as number) * held, dispersion)
  }
  return counts
}

/**
 * One count as longer windows take it.
 * @example
 * spanCount(99, 4, { phi: 1, alpha: 0 }) // => 13
 */
export function spanCount(count: number, mean: number, dispersion: Dispersion): number {
  // No cap is under one call more than the mean.
  return count > mean + 1 ? Math.min(count, spanCap(mean, dispersion)) : count
}

function ceiling(mean: number, dispersion: Dispersion, spreads: number): number {
  return mean + spreads * Math.sqrt(varianceOf(dispersion, mean)) + 1
}

/** Counts by slot of the day, of so many in a day, with the second largest of each; 0 where a slot was seen only once. */
export function daySlots(
  { counts, slotAt }: { readonly counts: Float64Array; readonly slotAt: Float64Array },
  slots: number,
  scratch: Scratch,
): DaySlots {
  const largest = scratch.zeros(slots)
  const second = scratch.zeros(slots)
  for (let at = 0; at < counts.length; at++) {
    const count = counts[at] as number
    if (count === 0) continue
    const slot = (slotAt[at] as number) | 0
    if (count > (largest[slot] as number)) {
      second[slot] = largest[slot] as number
      largest[slot] = count
    } else if (count > (second[slot] as number)) second[slot] = count
  }
  return { slotAt, seconds: second }
}
