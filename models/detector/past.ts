import type { Baseline } from '../baseline/baseline.ts'
import { expectWindows } from '../baseline/expect.ts'
import { hoursOfDay } from '../baseline/hour-slots.ts'
import { ABOUT_AS_MUCH, comingAgain, DAYS_BEFORE } from '../baseline/recurrence.ts'
import { runningSums, spread } from '../series/counts.ts'
import { type Grid, LEARN_DAYS, type WindowSpan, windowsPerDay } from '../series/grid.ts'
import type { SeriesHistory } from '../series/history.ts'
import type { Workplace } from '../series/scratch.ts'
import { clearSkipped } from '../series/taught.ts'

/** The 28 days before a day beside what the day's baseline would have expected of them, as running sums. */
export interface Past {
  /** Grid window of index 0. */
  readonly origin: number
  readonly countSums: Float64Array
  readonly meanSums: Float64Array
}

/** How much earlier or later work that comes again may come. */
const JITTER_MINUTES = 15
/** A day is comparable for a fall where at least this share of the mean was expected then. */
const COMPARABLE = 0.5
/** A window of the past is as quiet as this one where it expected at most so many times as much. */
const AS_QUIET = 1.5

type PastSeries = Pick<SeriesHistory, 'counts' | 'skips'>

/**
 * Lays out what a series did and what was expected in the 28 days before its baseline's day; where it skips, nothing of
 * either.
 */
export function pastOf(series: PastSeries, baseline: Baseline, { grid, scratch }: Workplace): Past {
  const perDay = windowsPerDay(grid)
  const { day, hourOfWeek, withinHour, windowMinutes } = baseline
  const span = { from: (day - LEARN_DAYS) * perDay, until: day * perDay }
  const means = scratch.zeros(LEARN_DAYS * perDay)
  for (let each = 0; each < LEARN_DAYS; each++) {
    const hourly = hoursOfDay(hourOfWeek, day - LEARN_DAYS + each)
    const ofDay = means.subarray(each * perDay, (each + 1) * perDay)
    expectWindows({ day, windowMinutes, withinHour, hourly }, ofDay)
  }
  const counts = clearSkipped(spread(series.counts, span, scratch), series, span.from)
  return {
    origin: span.from,
    countSums: runningSums(counts, scratch),
    meanSums: runningSums(clearSkipped(means, series, span.from), scratch),
  }
}

/**
 * What the series did at the same time of earlier days, 15 minutes early or late: the second largest
 * count of as long a window 1, 2, 3, 7, 14 and 21 days before, or the largest where yesterday's or that
 * of a week ago is about as much as `count`, both beyond the `mean` expected anyway. It covers a daily or weekly job from its second run on,
 * and most periods that no calendar knows from their third.
 */
export function habitualRise(
  past: Past,
  span: WindowSpan,
  { count, mean }: { readonly count: number; readonly mean: number },
  grid: Grid,
): number {
  const above = (days: number): number =>
    Math.max(...sameTime(span, days, grid).map((each) => sumOf(past, past.countSums, each))) - mean
  return mean + comingAgain(count - mean, above)
}

/**
 * The second smallest count at the same time of those earlier days of which about as much was
 * expected: no fall is one below which the series was twice. Infinite where fewer than two are known.
 */
export function habitualFall(past: Past, span: WindowSpan, mean: number, grid: Grid): number {
  let smallest = Number.POSITIVE_INFINITY
  let second = Number.POSITIVE_INFINITY
  for (const days of DAYS_BEFORE) {
    const shifted = sameTime(span, days, grid)
    const middle = shifted[(shifted.length - 1) / 2] as WindowSpan
    if (sumOf(past, past.meanSums, middle) < COMPARABLE * mean) continue
    const least = Math.min(...shifted.map((each) => sumOf(past, past.countSums, each)))
    second = Math.min(second, Math.max(least, smallest))
    smallest = Math.min(smallest, least)
  }
  return second
}

/** On how many of the 28 days a window as long, and as quiet by its expectation, held about as much beyond that. */
export function recordDays(
  past: Past,
  {
    windows,
    count,
    mean,
  }: { readonly windows: number; readonly count: number; readonly mean: number },
  grid: Grid,
): number {
  const perDay = windowsPerDay(grid)
  const step = Math.max(1, Math.floor(windows / 3))
  let days = 0
  // A window may reach into the day before: none counts what another counted.
  let counted = 0
  for (let day = 0; day < LEARN_DAYS; day++) {
    const last = (day + 1) * perDay
    for (let end = Math.max(counted + windows, day * perDay + 1); end <= last; end += step) {
      const held = (past.countSums[end] as number) - (past.countSums[end - windows] as number)
      const expected = (past.meanSums[end] as number) - (past.meanSums[end - windows] as number)
      if (held - expected < ABOUT_AS_MUCH * (count - mean) || expected > AS_QUIET * mean) continue
      days++
      counted = end
      break
    }
  }
  return days
}

/** A span so many days before, early to late. */
function sameTime({ from, until }: WindowSpan, days: number, grid: Grid): readonly WindowSpan[] {
  // So far, and no farther than that the spans of two days, and the span itself, stay apart.
  const apart = Math.floor((windowsPerDay(grid) - (until - from)) / 2)
  const reach = Math.min(apart, Math.max(1, Math.round(JITTER_MINUTES / grid.windowMinutes)))
  return Array.from({ length: 2 * reach + 1 }, (_, at) => {
    const shift = days * windowsPerDay(grid) + reach - at
    return { from: from - shift, until: until - shift }
  })
}

/** The sum over a span, as far as it lies in the past that is known. */
function sumOf({ origin }: Past, sums: Float64Array, { from, until }: WindowSpan): number {
  const at = (window: number): number =>
    sums[Math.min(Math.max(window - origin, 0), sums.length - 1)] as number
  return at(until) - at(from)
}
