import type { LogNormalLaw } from '../distribution/log-normal.ts'
import { LEARN_DAYS } from '../series/grid.ts'

/** What an account's sparse series usually do: how often a burst comes, and how large it is (log-normal). */
export interface BurstLaw extends LogNormalLaw {
  /** Bursts it was learned from. */
  readonly bursts: number
  /** Bursts expected per week in all sparse series together. */
  readonly perWeek: number
}

/** Sums over bursts: what the law needs to know of them. */
export interface BurstSums {
  readonly bursts: number
  /** Sum of ln(calls). */
  readonly logs: number
  /** Sum of ln(calls)^2. */
  readonly squares: number
}

/** The sums of no bursts at all: where adding begins. */
export const NO_BURSTS: BurstSums = { bursts: 0, logs: 0, squares: 0 }

/** What is believed of bursts before any is seen: worth this many of them, and of so many in a week. */
const PRIOR = { bursts: 40, location: 0.9, spread: 1.1, perWeek: 15, weeks: 1 }
/** The law is widened, since bursts of four weeks do not show the largest of a year. */
const WIDENING = 1.15
/**
 * Spread^2 added in the account's first hours, halved every day: the first days show which services
 * are busy at all, and their calls are no bursts.
 */
const YOUNG_VARIANCE = 9

/**
 * Adds a burst to the sums, or takes it out (`sign` -1).
 * @example
 * addBurst(NO_BURSTS, 1, 1) // => { bursts: 1, logs: 0, squares: 0 }
 */
export function addBurst(sums: BurstSums, calls: number, sign: 1 | -1): BurstSums {
  const log = Math.log(calls)
  return {
    bursts: sums.bursts + sign,
    logs: sums.logs + sign * log,
    squares: sums.squares + sign * log * log,
  }
}

/** The sums of two groups of bursts together. */
export function joinBursts(one: BurstSums, other: BurstSums): BurstSums {
  return {
    bursts: one.bursts + other.bursts,
    logs: one.logs + other.logs,
    squares: one.squares + other.squares,
  }
}

/**
 * The law of a day, from the bursts of the 28 days before it: location and spread of ln(calls)
 * drawn towards a prior, and a rate that counts 15 bursts of one more week. `ageDays` is how many
 * whole UTC days the account has been seen for.
 * @example
 * burstLaw(NO_BURSTS, 0).perWeek // => 15
 */
export function burstLaw({ bursts, logs, squares }: BurstSums, ageDays: number): BurstLaw {
  const worth = PRIOR.bursts + bursts
  const location = (PRIOR.bursts * PRIOR.location + logs) / worth
  const apart = squares - 2 * location * logs + bursts * location * location
  const prior = PRIOR.bursts * (PRIOR.spread ** 2 + (PRIOR.location - location) ** 2)
  const variance = (prior + Math.max(apart, 0)) / worth + YOUNG_VARIANCE * 2 ** -ageDays
  const weeks = Math.min(ageDays, LEARN_DAYS) / 7
  return {
    bursts,
    perWeek: (bursts + PRIOR.perWeek) / (weeks + PRIOR.weeks),
    location,
    spread: WIDENING * Math.sqrt(variance),
  }
}
