import type { Pool } from '../series/history.ts'
import { MOST_IN_SERIES, WEEKLY_IN_SERIES } from './rarity.ts'

/** The laws that judge: a series' own baseline, or the account's pooled law of bursts. */
export const FAMILIES = [
  'dense-calls',
  'dense-errors',
  'pool-calls',
  'pool-errors',
  'aggregates',
] as const

/** Which law judged. */
export type Family = (typeof FAMILIES)[number]

/** The family of a score. */
export function familyOf(pool: Pool, isDense: boolean): Family {
  if (pool !== 'calls' && pool !== 'errors') return 'aggregates'
  return `${isDense ? 'dense' : 'pool'}-${pool}`
}

/**
 * Surprise from which a score is kept: that of an account with 150 alarms a week, if the laws were right, and what lingers
 * around them.
 */
export const LOOSEST: number = -Math.log(150) - 2

/** What must be surprising for a score to be kept: the whole account at its loosest, or a series at once a week. */
export type Keep = 'account' | 'series'

/**
 * The least surprise that is kept of a family with so many series: by the series what is rarer than
 * once a week in one of them, and whatever an account would keep.
 * @example
 * leastKept('series', 2000) // => -4.6 - Math.log(2000)
 */
export function leastKept(keep: Keep, peers: number): number {
  const weekly = WEEKLY_IN_SERIES - MOST_IN_SERIES - Math.log(peers)
  return keep === 'account' ? LOOSEST : Math.min(LOOSEST, weekly)
}

/** How surprising one window is. Knows no threshold; kept for every window that could matter at the loosest sensitivity. */
export interface Score {
  readonly key: string
  readonly metric: 'calls' | 'errors'
  readonly family: Family
  readonly direction: 'up' | 'down'
  /** The window judged, in grid windows: `[fromWindow, untilWindow)`; several long where a slow rise fired. */
  readonly fromWindow: number
  readonly untilWindow: number
  /** Up to which window it is the latest word: longer windows are not judged at every one. */
  readonly standsUntil: number
  /** Unusual only beside the level before a rise that nobody confirmed yet: keeps an anomaly going, begins none. */
  readonly unconfirmed: boolean
  /** The stretch inside it that holds most of what is unusual: the largest excess (or shortfall) over its own expectation. */
  readonly hotFromWindow: number
  readonly hotUntilWindow: number
  readonly count: number
  /** Expected count in it. */
  readonly expected: number
  /** Expected calls per hour around it, for the floors. */
  readonly hourly: number
  /** 1 % and 99 % of the expected distribution. */
  readonly low: number
  readonly high: number
  /** -ln of the windows like this one per week in the whole account, in its family, as the laws have it: `rarity.ts` knows better. */
  readonly surprise: number
  /** Series that share the family's part of the budget: surprise + ln(peers) is -ln of the windows like this per week in one series. */
  readonly peers: number
  /** The first window of the series ever. */
  readonly firstSeen: boolean
  /** Every number the surprise was made of, by name, in reading order. */
  readonly terms: Readonly<Record<string, number | string>>
}

/** Every number a score was made of, up to the surprise that its rarity is read off from. */
export function termsOf({ terms, surprise }: Pick<Score, 'terms' | 'surprise'>): Score['terms'] {
  return { ...terms, uncalibrated: surprise }
}
