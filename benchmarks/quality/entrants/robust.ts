import type { ScoreRate } from './entrant.ts'
import { weekOf } from './trailing.ts'

/** Makes a median absolute deviation the standard deviation of a normal. */
const TO_SD = 1.4826
/** No spread is under half a call: counts are whole numbers. */
const LEAST_SPREAD = 0.5

/** Distance from the median of the trailing seven days in their median absolute deviations; both are of the last full hour. */
export const madZ: ScoreRate = (counts, series) => {
  const week = weekOf(series)
  const perHour = 3600 / series.bucketS
  const scores = new Float64Array(counts.length)
  for (let from = week / 7; from < counts.length; from += perHour) {
    const { middle, spread } = robust(counts.slice(Math.max(0, from - week), from))
    for (let at = from; at < from + perHour; at++) {
      scores[at] = Math.abs((counts[at] as number) - middle) / spread
    }
  }
  return scores
}

/**
 * Distance from the median of the same hour of the week in the weeks before, in their median
 * absolute deviations (of the whole hour around, on five-minute buckets).
 */
export const slotZ: ScoreRate = (counts, series) => {
  const week = weekOf(series)
  const perHour = 3600 / series.bucketS
  const scores = new Float64Array(counts.length)
  for (let hour = week; hour < counts.length; hour += perHour) {
    const past: number[] = []
    for (let from = hour - week; from >= 0; from -= week) {
      past.push(...counts.subarray(Math.max(0, from - 1), from + perHour + 1))
    }
    const { middle, spread } = robust(Int32Array.from(past))
    for (let at = hour; at < hour + perHour; at++) {
      scores[at] = Math.abs((counts[at] as number) - middle) / spread
    }
  }
  return scores
}

/** Sorts what it is given. */
function robust(values: Int32Array): { readonly middle: number; readonly spread: number } {
  const middle = medianOf(values)
  const spread = medianOf(values.map((value) => Math.abs(value - middle))) * TO_SD
  return { middle, spread: Math.max(spread, LEAST_SPREAD) }
}

function medianOf(values: Int32Array): number {
  values.sort()
  return values[values.length >> 1] as number
}
