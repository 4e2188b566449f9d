import { LEARN_DAYS } from '../series/grid.ts'
import type { DayOfBursts } from './burst-days.ts'

/** Calls in one window that every API is believed to have reached before any is seen. */
const PRIOR_RECORD = 6.5
/** By how many times that is raised on an account's first day, an eighth of it 24 hours later: everything is a record. */
const YOUNG_RECORDS = 7
/** Days of an account, and of an API, in which the largest day counts: what begins may stay. */
const FIRST_DAYS = 7
/** From so many times the record on a window counts. */
export const LEAST_RATIO = 2
/**
 * What doubles a record is r times that or more with a chance of r^-3, in the terms of the laws (Pareto 1896): on simulated
 * accounts it was r^-2.2, and calibration makes as much of r^-3.
 */
const RATIO_EXPONENT = 3
/** What is believed of an account before any is seen: worth this many windows, and so many a week. */
const PRIOR = { doublings: 20, perWeek: 1.5 }

/** On so many days a service was there that has come to stay. */
const STAY_DAYS = 3
/** One service that begins and stays is believed to come in so many weeks. */
const PRIOR_START_WEEKS = 4

/** How often windows of a pool's series stand out, in a week. */
export interface WindowRates {
  /** That double the record of their series. */
  readonly doublings: number
  /** Services that begin and stay. */
  readonly starts: number
}

/** For how long something had been seen when a day began, in days, not under 0. */
export interface Ages {
  readonly apiDays: number
  readonly accountDays: number
}

/** The lesson of an API: its days with bursts, whose sizes are the most calls in one window. */
type Lesson = readonly Pick<DayOfBursts, 'largest'>[]

/**
 * The most calls that an API had in one window: on the second largest of its days, for the largest may have been an
 * anomaly; on the largest in the first week of the API or its account.
 * @example
 * windowRecord([{ largest: 50 }, { largest: 20 }], { apiDays: 28, accountDays: 28 }) // => 20
 * windowRecord([], { apiDays: 0, accountDays: 0 }) // => 52
 */
export function windowRecord(lesson: Lesson, { apiDays, accountDays }: Ages): number {
  const rank = Math.min(apiDays, accountDays) < FIRST_DAYS ? 0 : 1
  const believed = PRIOR_RECORD * (1 + YOUNG_RECORDS * Math.exp(-Math.log(8) * accountDays))
  return Math.max(largestDays(lesson)[rank] ?? 0, believed)
}

/**
 * On how many of an API's days a window held twice its record or more, each day held against all others: any of them
 * could have been the last.
 * @example
 * daysOfDoubling([{ largest: 50 }, { largest: 20 }, { largest: 9 }]) // => 2
 */
export function daysOfDoubling(lesson: Lesson): number {
  const [first = 0, second = 0, third = 0] = largestDays(lesson)
  const least = LEAST_RATIO * Math.max(third, PRIOR_RECORD)
  return Number(first >= least) + Number(second >= least)
}

/**
 * How many windows a week are expected to double the record of their API, from the days of 28 on which one did.
 * `skippedDays` of those taught nothing.
 * @example
 * doublingsPerWeek(0, 0) // => 1.5
 */
export function doublingsPerWeek(days: number, ageDays: number, skippedDays = 0): number {
  const weeks = (Math.min(ageDays, LEARN_DAYS) - skippedDays) / 7
  return (days + PRIOR.doublings) / (weeks + PRIOR.doublings / PRIOR.perWeek)
}

/**
 * Whether an API first seen in the 28 days has come to stay: three of its days held twice what is believed of every API.
 * @example
 * hasBegun([{ largest: 13 }, { largest: 20 }, { largest: 15 }]) // => true
 */
export function hasBegun(lesson: Lesson): boolean {
  return (largestDays(lesson)[STAY_DAYS - 1] ?? 0) >= LEAST_RATIO * PRIOR_RECORD
}

/**
 * How many services are expected to begin in a week, from those that did in so many days.
 * @example
 * startsPerWeek(0, 0) // => 0.25
 */
export function startsPerWeek(starts: number, days: number): number {
  return (starts + 1) / (days / 7 + PRIOR_START_WEEKS)
}

/**
 * -ln of the windows a week that are as far beyond the record of their API; -Infinity where a window does not double it.
 * @example
 * doublingSurprise(40, { record: 10, perWeek: 1 }) // => 3 * Math.LN2
 */
export function doublingSurprise(
  count: number,
  { record, perWeek }: { readonly record: number; readonly perWeek: number },
): number {
  const ratio = count / (LEAST_RATIO * record)
  return ratio < 1 ? Number.NEGATIVE_INFINITY : RATIO_EXPONENT * Math.log(ratio) - Math.log(perWeek)
}

/** The most calls in one window on the three days with most, largest first; fewer where there are fewer. */
function largestDays(lesson: Lesson): readonly number[] {
  return lesson
    .map(({ largest }) => largest)
    .sort((a, b) => b - a)
    .slice(0, 3)
}
