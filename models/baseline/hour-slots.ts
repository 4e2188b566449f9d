/** 1970-01-01 was a Thursday: hours from Monday 00:00 UTC to it. */
const MONDAY_TO_EPOCH = 72

/** Number of hours in a week. */
export const WEEK_HOURS = 168

/**
 * The hour of the week of an hour since the epoch; 0 is Monday 00:00 UTC.
 * @example
 * hourOfWeekOf(0) // => 72
 * hourOfWeekOf(96) // => 0
 */
export function hourOfWeekOf(hour: number): number {
  return (hour + MONDAY_TO_EPOCH) % WEEK_HOURS
}

/**
 * The expected rates of one UTC day out of a week's: 24 numbers, hour by hour.
 * @example
 * hoursOfDay(Array.from({ length: 168 }, (_, hour) => hour), 4)[0] // => 0
 */
export function hoursOfDay(hourOfWeek: readonly number[], day: number): readonly number[] {
  const first = hourOfWeekOf(day * 24)
  return hourOfWeek.slice(first, first + 24)
}
