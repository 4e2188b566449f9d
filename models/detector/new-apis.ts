import type { BurstLaw } from '../baseline/burst-law.ts'
import { logNormalTail } from '../distribution/log-normal.ts'
import { LEARN_DAYS } from '../series/grid.ts'

/** First sightings that are believed of one week before any are seen: accounts call new APIs all the time. */
const PRIOR = { sightings: 40, weeks: 1 }

/** How often an account's APIs are called for the first time: counted over at most 28 days. */
export interface Sightings {
  readonly count: number
  /** Days they were counted over, 0 to 28. */
  readonly days: number
}

/**
 * First sightings of an API expected in a week.
 * @example
 * sightingsPerWeek({ count: 10, days: 28 }) // => 10
 */
export function sightingsPerWeek({ count, days }: Sightings): number {
  return (count + PRIOR.sightings) / (Math.min(days, LEARN_DAYS) / 7 + PRIOR.weeks)
}

/**
 * Surprise of an API's first burst: -ln of the first sightings a week that begin with at least so
 * many calls, by the account's law of bursts. A handful of calls is little, hundreds are much.
 * @example
 * newApiSurprise(1, { count: 10, days: 28 }, { location: -50, spread: 1 }) > 0 // => true
 */
export function newApiSurprise(
  calls: number,
  sightings: Sightings,
  law: Pick<BurstLaw, 'location' | 'spread'>,
): number {
  return -Math.log(sightingsPerWeek(sightings)) - logNormalTail(calls, law)
}

/**
 * Whether first calls are worth a line at so many lines a week; a budget of 0 shows none.
 * @example
 * isNewsworthy(-1, 5) // => true
 */
export function isNewsworthy(surprise: number, budget: number): boolean {
  return surprise >= -Math.log(budget)
}
