/** The grid of all simulated counts. */
export const GRID = { windowMinutes: 5 } as const

export const PER_HOUR = 12
export const PER_DAY = 288
export const PER_WEEK = 2016

/** The UTC day on which the simulated calendar begins, a Monday (2026-01-05). */
export const FIRST_DAY = 20_458

/** 0 is Monday. */
export function weekdayOf(day: number): number {
  return (day + 3) % 7
}

export function isWeekend(day: number): boolean {
  return weekdayOf(day) >= 5
}

/** The window that a minute of a UTC day lies in; minutes past the day reach into the next. */
export function windowAt(day: number, minute: number): number {
  return day * PER_DAY + Math.floor(minute / GRID.windowMinutes)
}
