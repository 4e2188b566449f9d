import { type Grid, windowsPerDay } from './grid.ts'

const SPAN_MINUTES = [30, 180, 480, 1440]

/**
 * The window lengths that are judged, in grid windows, ascending: the single window, then 30
 * minutes, 3, 8 and 24 hours where they are longer.
 * @example
 * scalesOf({ windowMinutes: 5 }) // => [1, 6, 36, 96, 288]
 * scalesOf({ windowMinutes: 60 }) // => [1, 3, 8, 24]
 */
export function scalesOf({ windowMinutes }: Grid): readonly number[] {
  const longer = SPAN_MINUTES.filter((minutes) => minutes > windowMinutes)
  return [1, ...longer.map((minutes) => minutes / windowMinutes)]
}

/** What began is known so soon. */
const LONGEST_STEP_MINUTES = 120

/**
 * How far apart windows of one length are judged, in grid windows: about a third of their length, two hours at most, on
 * the clock. Learning looks at the same ones, so that work that always comes late in its hour
 * surprises nobody.
 * @example
 * stepOf(1, { windowMinutes: 5 }) // => 1
 * stepOf(36, { windowMinutes: 5 }) // => 12
 * stepOf(32, { windowMinutes: 15 }) // => 8
 */
export function stepOf(windows: number, grid: Grid): number {
  const longest = LONGEST_STEP_MINUTES / grid.windowMinutes
  let step = Math.max(1, Math.floor(Math.min(windows / 3, longest)))
  while (windowsPerDay(grid) % step !== 0) step--
  return step
}
