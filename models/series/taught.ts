import { cellsBefore } from './counts.ts'
import { dayOf, type Grid, LEARN_DAYS, type WindowSpan, windowsPerDay } from './grid.ts'
import type { Counts, SeriesHistory } from './history.ts'

/** What of a series is known to teach nothing. */
export type Skipping = Pick<SeriesHistory, 'skips'>

/**
 * The counts of a series that teach: all of them, but those in windows it skips.
 * @example
 * taughtCounts({ counts: { at: Int32Array.of(3, 7), count: Int32Array.of(1, 2) }, skips: [{ from: 5, until: 8 }] }).at // => Int32Array.of(3)
 */
export function taughtCounts({
  counts,
  skips = [],
}: Skipping & { readonly counts: Counts }): Counts {
  if (skips.length === 0) return counts
  const at: number[] = []
  const count: number[] = []
  let cell = 0
  const take = (until: number): void => {
    for (; cell < until; cell++) {
      at.push(counts.at[cell] as number)
      count.push(counts.count[cell] as number)
    }
  }
  for (const { from, until } of skips) {
    take(cellsBefore(counts, from))
    cell = cellsBefore(counts, until)
  }
  take(counts.at.length)
  return { at: Int32Array.from(at), count: Int32Array.from(count) }
}

/**
 * Windows of a span that a series skips.
 * @example
 * skippedIn({ skips: [{ from: 5, until: 8 }] }, { from: 6, until: 20 }) // => 2
 */
export function skippedIn({ skips = [] }: Skipping, span: WindowSpan): number {
  let skipped = 0
  for (const { from, until } of skips) {
    skipped += Math.max(0, Math.min(until, span.until) - Math.max(from, span.from))
  }
  return skipped
}

/**
 * Days, and parts of one, that a series skips of the 28 before a day, as far as it had been seen.
 */
export function skippedDays(
  series: Skipping & Pick<SeriesHistory, 'firstWindow'>,
  day: number,
  grid: Grid,
): number {
  const perDay = windowsPerDay(grid)
  const from = Math.max(series.firstWindow, (day - LEARN_DAYS) * perDay)
  return skippedIn(series, { from, until: day * perDay }) / perDay
}

/** Days since a series was first seen that teach, of the 28 before a day. */
export function taughtDays(
  series: Skipping & Pick<SeriesHistory, 'firstWindow'>,
  day: number,
  grid: Grid,
): number {
  const ageDays = day - dayOf(series.firstWindow, grid)
  return Math.min(ageDays, LEARN_DAYS) - skippedDays(series, day, grid)
}

/**
 * A span window by window: 1 where a series skips, 0 where not; null where it skips none of them.
 * @example
 * [...skipMarks({ skips: [{ from: 1, until: 2 }] }, { from: 0, until: 3 })] // => [0, 1, 0]
 */
export function skipMarks(series: Skipping, { from, until }: WindowSpan): Float64Array | null {
  if (skippedIn(series, { from, until }) === 0) return null
  const left = clearSkipped(new Float64Array(until - from).fill(1), series, from)
  return left.map((mark) => 1 - mark)
}

/** Sets values of windows to 0 where a series skips; index 0 is the window `from`. Answers the same values. */
export function clearSkipped(
  values: Float64Array,
  { skips = [] }: Skipping,
  from: number,
): Float64Array {
  for (const skip of skips) {
    const first = Math.max(0, skip.from - from)
    if (skip.until > from) values.fill(0, first, skip.until - from)
  }
  return values
}
