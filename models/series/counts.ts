import type { WindowSpan } from './grid.ts'
import type { Counts } from './history.ts'
import type { Scratch } from './scratch.ts'

/**
 * Number of cells before a window: where a loop over the cells from that window on begins.
 * @example
 * cellsBefore({ at: Int32Array.of(3, 7), count: Int32Array.of(1, 2) }, 7) // => 1
 */
export function cellsBefore({ at }: Counts, window: number): number {
  let low = 0
  let high = at.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((at[middle] as number) < window) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * All that a span of windows counted.
 * @example
 * countIn({ at: Int32Array.of(3, 7), count: Int32Array.of(1, 2) }, { from: 3, until: 8 }) // => 3
 */
export function countIn(counts: Counts, { from, until }: WindowSpan): number {
  const end = cellsBefore(counts, until)
  let count = 0
  for (let cell = cellsBefore(counts, from); cell < end; cell++)
    count += counts.count[cell] as number
  return count
}

/**
 * The counts of a span of windows one by one, quiet windows as 0; index 0 is the span's first window.
 * @example
 * [...spread({ at: Int32Array.of(3), count: Int32Array.of(9) }, { from: 2, until: 5 })] // => [0, 9, 0]
 */
export function spread(
  counts: Counts,
  { from, until }: WindowSpan,
  scratch?: Scratch,
): Float64Array {
  const windows = zeros(until - from, scratch)
  const end = cellsBefore(counts, until)
  for (let cell = cellsBefore(counts, from); cell < end; cell++) {
    windows[(counts.at[cell] as number) - from] = counts.count[cell] as number
  }
  return windows
}

/** Zeros out of the scratch where there is one. */
function zeros(length: number, scratch: Scratch | undefined): Float64Array {
  return scratch?.zeros(length) ?? new Float64Array(length)
}

/** An array to be written before it is read, out of the scratch where there is one. */
function lend(length: number, scratch: Scratch | undefined): Float64Array {
  return scratch?.lend(length) ?? new Float64Array(length)
}

/** The hours that counts are added up by, and how many windows each has. */
export interface HourSpan {
  /** Hours since the epoch: `[firstHour, untilHour)`. */
  readonly firstHour: number
  readonly untilHour: number
  readonly windowsPerHour: number
}

/**
 * The counts of a span of hours by the hour; index 0 is the span's first hour.
 */
export function hourlyCounts(
  counts: Counts,
  { firstHour, untilHour, windowsPerHour }: HourSpan,
  scratch: Scratch,
): Float64Array {
  const hourly = scratch.zeros(untilHour - firstHour)
  const end = cellsBefore(counts, untilHour * windowsPerHour)
  for (let cell = cellsBefore(counts, firstHour * windowsPerHour); cell < end; cell++) {
    const hour = Math.floor((counts.at[cell] as number) / windowsPerHour) - firstHour
    hourly[hour] = (hourly[hour] as number) + (counts.count[cell] as number)
  }
  return hourly
}

/** All values of an array, added up. */
export function totalOf(values: Float64Array): number {
  let total = 0
  for (let at = 0; at < values.length; at++) total += values[at] as number
  return total
}

/**
 * Sums over groups of `size` neighbours: windows to hours, say.
 * @example
 * [...sumEvery(Float64Array.of(1, 2, 3, 4), 2)] // => [3, 7]
 */
export function sumEvery(windows: Float64Array, size: number): Float64Array {
  const sums = new Float64Array(windows.length / size)
  for (let group = 0, at = 0; group < sums.length; group++) {
    let sum = 0
    for (const until = at + size; at < until; at++) sum += windows[at] as number
    sums[group] = sum
  }
  return sums
}

/**
 * Running sums with a leading 0: the sum of `[from, until)` is `sums[until] - sums[from]`.
 * @example
 * [...runningSums(Float64Array.of(2, 5))] // => [0, 2, 7]
 */
export function runningSums(values: Float64Array, scratch?: Scratch): Float64Array {
  const sums = lend(values.length + 1, scratch)
  sums[0] = 0
  let sum = 0
  for (let at = 0; at < values.length; at++) {
    sum += values[at] as number
    sums[at + 1] = sum
  }
  return sums
}

/** Spans of equal length: the first begins at `begin`, each `step` after the one before. */
export interface SpanSteps {
  readonly begin: number
  readonly step: number
  readonly windows: number
  readonly spanCount: number
}

/**
 * The sums of spans, from running sums with a leading 0.
 * @example
 * [...spanSums(Float64Array.of(0, 1, 3, 6), { begin: 0, step: 1, windows: 2, spanCount: 2 })] // => [3, 5]
 */
export function spanSums(
  sums: Float64Array,
  { begin, step, windows, spanCount }: SpanSteps,
  scratch?: Scratch,
): Float64Array {
  const spans = lend(spanCount, scratch)
  for (let at = 0, from = begin; at < spanCount; at++, from += step) {
    spans[at] = (sums[from + windows] as number) - (sums[from] as number)
  }
  return spans
}
