import { countIn } from '../series/counts.ts'
import { type Grid, type WindowSpan, windowsPerDay, windowsPerHour } from '../series/grid.ts'
import type { Counts } from '../series/history.ts'

/** Days before at which work that comes again may have come: the last three, and three weeks. */
export const DAYS_BEFORE: readonly number[] = [1, 2, 3, 7, 14, 21]
/** Most of it came yesterday, or a week ago: about as much then is enough. */
const LIKELIEST_DAYS = [1, 7]
/** Two thirds as much already count as much. */
export const ABOUT_AS_MUCH: number = 2 / 3

/** How far repeated work scatters: ln(calls) from one time to the next. */
export const RECURRENCE_SPREAD = 0.5

/**
 * What a count is expected to be because it came before: the second largest of those earlier days, or
 * the largest where yesterday's or that of a week ago is about as much as the count.
 */
export function comingAgain(count: number, countOn: (daysBefore: number) => number): number {
  let largest = 0
  let second = 0
  let isAgain = false
  for (const days of DAYS_BEFORE) {
    const before = countOn(days)
    second = Math.max(second, Math.min(before, largest))
    largest = Math.max(largest, before)
    isAgain ||= LIKELIEST_DAYS.includes(days) && before >= ABOUT_AS_MUCH * count
  }
  return isAgain ? largest : second
}

/**
 * The calls of a span that the series' own earlier days make it expect: the second largest of what
 * came at the same time, give or take an hour, 1, 2, 3, 7, 14 and 21 days before, or the largest where
 * yesterday's or that of a week ago is about as much as the span's own `count`. 0 where nothing says so.
 */
export function recurringCalls(
  counts: Counts,
  { from, until, count }: WindowSpan & { readonly count: number },
  grid: Grid,
): number {
  const hour = windowsPerHour(grid)
  // Spans of two days never overlap, and none holds a call of the span itself.
  const begin = Math.max(from, until - windowsPerDay(grid) + 2 * hour)
  return comingAgain(count, (days) => {
    const shift = days * windowsPerDay(grid)
    return countIn(counts, {
      from: begin - shift - hour,
      until: Math.min(until - shift + hour, from),
    })
  })
}
