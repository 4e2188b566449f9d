import type { ErrorCounts } from '../draw-errors.ts'
import type { Random } from '../random.ts'
import type { Made } from '../shapes/shapes.ts'
import type { Timeline } from '../timeline.ts'
import type { WindowLaws } from '../window-law.ts'
import type { ErrorTruth, Strength } from '../work.ts'

/** A series under construction: anomalies are planted into its counts. */
export interface Site {
  readonly random: Random
  readonly timeline: Timeline
  readonly made: Made
  readonly laws: WindowLaws
  /** Grows as anomalies are planted. */
  readonly calls: Int32Array
}

/** A site whose errors are drawn. */
export interface ErrorSite extends Site {
  readonly truth: ErrorTruth
  readonly codes: ErrorCounts
}

/** Where and how strong an anomaly shall be: buckets `[from, until)`. */
export interface Slot {
  readonly from: number
  readonly until: number
  readonly strength: Strength
}

/** What was planted; null where the place does not allow it. */
export type Planted = Slot | null

/** Adds calls to buckets, each with a chance proportional to its weight. */
export function scatter(
  random: Random,
  counts: Int32Array,
  extra: number,
  { from, weights }: { readonly from: number; readonly weights: Float64Array },
): void {
  const sums = weights.slice()
  for (let at = 1; at < sums.length; at++)
    sums[at] = (sums[at] as number) + (sums[at - 1] as number)
  const total = sums.at(-1) as number
  for (let left = extra; left > 0; left--) {
    const mark = random.uniform() * total
    let low = 0
    let high = sums.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] as number) > mark) high = middle
      else low = middle + 1
    }
    counts[from + low] = (counts[from + low] as number) + 1
  }
}
