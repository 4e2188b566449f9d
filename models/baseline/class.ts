import { cellsBefore } from '../series/counts.ts'
import { type Grid, LEARN_DAYS, windowsPerDay, windowsPerHour } from '../series/grid.ts'
import type { Counts } from '../series/history.ts'

/** How a series is judged: by its own baseline, by the account's law of bursts, or by that law while it is new. */
export type SeriesClass = 'dense' | 'sparse' | 'learning'

/** Days after its first call in which a series without a baseline counts as new. */
export const NEW_DAYS = 14

/** What the class of a series is judged by: per day, how many calls and in which hours. */
export interface Activity {
  readonly fromDay: number
  readonly calls: Float64Array
  /** The same by hour of the day: 24 numbers a day, none above 2^32 - 1. */
  readonly hourly: Uint32Array
}

const LEAST_CALLS = 100
const LEAST_DAYS = 10
const LEAST_HOURS = 0.1 * LEARN_DAYS * 24
/** What 32 bits hold: the counts of many series are kept, and no class depends on more. */
const MOST_HOURLY = 0xffffffff
/** Share of the calls inside three neighbouring hours of the day that shows a job. */
const JOB_SHARE = 0.7

/** Activity per day of `[fromDay, untilDay)`. */
export function activityOf(
  counts: Counts,
  days: { readonly fromDay: number; readonly untilDay: number },
  grid: Grid,
): Activity {
  const perDay = windowsPerDay(grid)
  const perHour = windowsPerHour(grid)
  const calls = new Float64Array(days.untilDay - days.fromDay)
  const hourly = new Uint32Array(24 * calls.length)
  const origin = days.fromDay * perDay
  const end = cellsBefore(counts, days.untilDay * perDay)
  for (let cell = cellsBefore(counts, origin); cell < end; cell++) {
    const window = (counts.at[cell] as number) - origin
    const count = counts.count[cell] as number
    const day = Math.floor(window / perDay)
    const hour = Math.floor(window / perHour)
    calls[day] = (calls[day] as number) + count
    hourly[hour] = Math.min((hourly[hour] as number) + count, MOST_HOURLY)
  }
  return { fromDay: days.fromDay, calls, hourly }
}

/**
 * The class of a series on a day, from the days before it. `firstDay` is the day of its first call.
 */
export function classify(activity: Activity, day: number, firstDay: number): SeriesClass {
  if (isDense(activity, day)) return 'dense'
  return day - firstDay < NEW_DAYS ? 'learning' : 'sparse'
}

/**
 * Whether a series has a baseline of its own on a day: two daily looks in a row found it busy, so
 * one odd day changes nothing. The activity reaches back 29 days or more before the day.
 */
export function isDense(activity: Activity, day: number): boolean {
  return isBusy(activity, day) && isBusy(activity, day - 1)
}

/**
 * One look at the 28 days before a day: 100 calls on 10 days, and either a tenth of the hours
 * active, or most calls in the same three hours of the day on 10 days (a job; calls by hand at other
 * times are few beside it).
 */
export function isBusy(activity: Activity, day: number): boolean {
  const until = day - activity.fromDay
  const from = until - LEARN_DAYS
  let calls = 0
  let activeDays = 0
  for (let at = from; at < until; at++) {
    calls += activity.calls[at] as number
    if ((activity.calls[at] as number) > 0) activeDays++
  }
  if (calls < LEAST_CALLS || activeDays < LEAST_DAYS) return false
  const hourly = activity.hourly.subarray(24 * from, 24 * until)
  return activeCells(hourly) >= LEAST_HOURS || isJob(hourly, calls)
}

function activeCells(hourly: Uint32Array): number {
  let active = 0
  for (let at = 0; at < hourly.length; at++) if ((hourly[at] as number) > 0) active++
  return active
}

/** Whether some three neighbouring hours of the day, around midnight too, hold most calls and enough days. */
function isJob(hourly: Uint32Array, calls: number): boolean {
  const byHour = new Float64Array(24)
  for (let at = 0; at < hourly.length; at++) {
    byHour[at % 24] = (byHour[at % 24] as number) + (hourly[at] as number)
  }
  const trioAt = (hours: Float64Array | Uint32Array, hour: number): number =>
    (hours[hour] as number) +
    (hours[(hour + 1) % 24] as number) +
    (hours[(hour + 2) % 24] as number)
  let busiest = 0
  for (let hour = 1; hour < 24; hour++)
    if (trioAt(byHour, hour) > trioAt(byHour, busiest)) busiest = hour
  let days = 0
  for (let at = 0; at < hourly.length; at += 24)
    if (trioAt(hourly.subarray(at, at + 24), busiest) > 0) days++
  return trioAt(byHour, busiest) >= JOB_SHARE * calls && days >= LEAST_DAYS
}
