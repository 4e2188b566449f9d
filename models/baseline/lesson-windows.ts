import { type HourSpan, spread } from '../series/counts.ts'
import type { Counts } from '../series/history.ts'
import type { Scratch } from '../series/scratch.ts'
import type { DaySlots } from './cap.ts'

/** The grid windows of whole hours up to the day learned for. */
export interface Windows extends HourSpan {
  /** What they counted; those that teach nothing count nothing. */
  readonly counts: Counts
  /** Per window: the calls in it for errors, its part of an hour for calls; null: its part of an hour in every one. */
  readonly exposure: Float64Array | null
}

/**
 * The windows of a lesson, in order. Where they are put together, those of an hour are one that counted
 * nothing and were exposed alike, and those without exposure, of which nothing is expected, are left out
 * where nothing came.
 */
export interface WindowCells extends DaySlots {
  readonly counts: Float64Array
  readonly exposure: Float64Array
  /** How many windows each stands for; null: one each. */
  readonly times: Float64Array | null
  /** Where the cells of each hour end, the first of the lesson first. */
  readonly hourEnds: Float64Array
  /** Those left out are counted, too. */
  readonly windows: number
}

/** How many windows there are. */
export function windowCount({ firstHour, untilHour, windowsPerHour }: HourSpan): number {
  return (untilHour - firstHour) * windowsPerHour
}

/** The slot of the day that the first hour of them begins with. */
export function firstSlot({ firstHour, windowsPerHour }: HourSpan): number {
  return (firstHour % 24) * windowsPerHour
}

/**
 * The slot that the hour after one begins with.
 * @example
 * nextSlot(23 * 12, 12) // => 0
 */
export function nextSlot(slot: number, windowsPerHour: number): number {
  return slot === 23 * windowsPerHour ? 0 : slot + windowsPerHour
}

/** What windows counted, one by one. */
export function eachCount(
  { counts, firstHour, untilHour, windowsPerHour }: Windows,
  scratch: Scratch,
): Float64Array {
  const span = { from: firstHour * windowsPerHour, until: untilHour * windowsPerHour }
  return spread(counts, span, scratch)
}
