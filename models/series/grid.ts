import { invariant } from '../invariant.ts'

/** The clock grid that windows lie on: window number n covers `[n, n + 1) * windowMinutes` since the epoch. */
export interface Grid {
  /** Minutes; divides the hour. */
  readonly windowMinutes: number
}

/** A span of grid windows: `[from, until)`. */
export interface WindowSpan {
  readonly from: number
  readonly until: number
}

/** Days of counts before a day that its scores may depend on; with the day itself, all they depend on. */
export const LOOKBACK_DAYS = 30

/** Days a baseline and a law of bursts are learned from. */
export const LEARN_DAYS = 28

/**
 * Windows of the grid in one UTC day.
 * @example
 * windowsPerDay({ windowMinutes: 5 }) // => 288
 */
export function windowsPerDay(grid: Grid): number {
  return windowsPerHour(grid) * 24
}

/**
 * Windows of the grid in one hour, a whole number of at least 1.
 * @throws Error where the window does not divide the hour.
 * @example
 * windowsPerHour({ windowMinutes: 60 }) // => 1
 */
export function windowsPerHour({ windowMinutes }: Grid): number {
  const windows = 60 / windowMinutes
  invariant(Number.isInteger(windows), `a window divides the hour, ${windowMinutes} min does not`)
  return windows
}

/**
 * The UTC day number (days since 1970-01-01) that a window lies in.
 * @example
 * dayOf(288, { windowMinutes: 5 }) // => 1
 */
export function dayOf(window: number, grid: Grid): number {
  return Math.floor(window / windowsPerDay(grid))
}
