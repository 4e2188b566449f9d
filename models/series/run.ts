import { cellsBefore } from './counts.ts'
import { type Grid, windowsPerDay } from './grid.ts'
import type { Counts } from './history.ts'

/** Calls of one series without a longer pause between them. */
export interface Run {
  readonly fromWindow: number
  readonly untilWindow: number
  readonly count: number
  /** The most in one window of it. */
  readonly peak: number
}

/** Minutes without a call that end a run. */
const PAUSE_MINUTES = 30

/**
 * The largest distance, in windows, of two windows with calls that still belong to one run: 30
 * minutes, and neighbours on any grid.
 * @example
 * runReach({ windowMinutes: 5 }) // => 6
 * runReach({ windowMinutes: 60 }) // => 1
 */
export function runReach({ windowMinutes }: Grid): number {
  return Math.max(1, Math.floor(PAUSE_MINUTES / windowMinutes))
}

/** The runs of one UTC day, first to last; a run that crosses midnight is cut there. */
export function runsOfDay(counts: Counts, day: number, grid: Grid): readonly Run[] {
  const reach = runReach(grid)
  const end = cellsBefore(counts, (day + 1) * windowsPerDay(grid))
  const runs: Run[] = []
  let cell = cellsBefore(counts, day * windowsPerDay(grid))
  while (cell < end) {
    const fromWindow = counts.at[cell] as number
    let last = fromWindow
    let count = 0
    let peak = 0
    while (cell < end && (counts.at[cell] as number) - last <= reach) {
      last = counts.at[cell] as number
      count += counts.count[cell] as number
      peak = Math.max(peak, counts.count[cell] as number)
      cell++
    }
    runs.push({ fromWindow, untilWindow: last + 1, count, peak })
  }
  return runs
}
