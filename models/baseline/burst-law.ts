import { type LogNormalLaw, logNormalTail } from '../distribution/log-normal.ts'
import { LEARN_DAYS } from '../series/grid.ts'
import type { TailScale } from './tail-scale.ts'

/** Sums over the bursts of one series. */
export interface BurstSums {
  readonly bursts: number
  /** Sum of ln(calls). */
  readonly logs: number
  /** Sum of ln(calls)^2. */
  readonly squares: number
}

/** Sums over the bursts of many series, and how far the bursts of each lie from their own mean. */
export interface PoolSums extends BurstSums {
  /** Sum of squared distances of ln(calls) from its own series' mean. */
  readonly within: number
  /** Bursts beyond the first of their series. */
  readonly degrees: number
}

/** What the sparse series of a pool usually do: how often a burst comes, and how large it is (log-normal). */
export interface BurstLaw extends LogNormalLaw {
  /** Bursts it was learned from. */
  readonly bursts: number
  /** Bursts expected per week in all its series together. */
  readonly perWeek: number
  /** Variance of ln(calls) among the bursts of one series, … */
  readonly within: number
  /** … and of the means of the series. */
  readonly between: number
}

/** A law with how many series share it, 1 at least, and how heavy its tail is; laws of older stores leave them out. */
export interface SharedLaw extends BurstLaw {
  readonly series?: number
  readonly tail?: TailScale
}

/** The law of one series' next burst: its own past as far as it goes, the pool's beyond. */
export interface OwnLaw extends LogNormalLaw {
  readonly bursts: number
  readonly perWeek: number
}

/** What is known of one series beside its bursts. */
export interface OwnPast {
  /** Days since its first call, without those of the last 28 that taught nothing. */
  readonly ageDays: number
  /** Series that share the pool's bursts, itself among them. */
  readonly peers: number
}

/** The sums of no bursts at all: where adding begins. */
export const NO_BURSTS: BurstSums = { bursts: 0, logs: 0, squares: 0 }
export const EMPTY_POOL: PoolSums = { ...NO_BURSTS, within: 0, degrees: 0 }

/** What is believed of bursts before any is seen: worth this many of them, and of so many in a week. */
const PRIOR = { bursts: 40, perWeek: 15, weeks: 1 }

/** What is believed of their sizes. */
export interface SizePrior extends LogNormalLaw {
  /** Variance of ln(calls) among the bursts of one series. */
  readonly within: number
}

/** All calls of a burst. */
export const WHOLE_PRIOR: SizePrior = { location: 0.9, spread: 1.1, within: 0.7 }
/** The most calls of a burst in one window. */
export const PEAK_PRIOR: SizePrior = { location: 0.6, spread: 0.8, within: 0.4 }
/** The pool's scatter of one series' bursts is worth this many of its own. */
const OWN_PRIOR_BURSTS = 8
/** How unequal the rates of series are: the shape of a gamma law, whose relative variance is 1 / shape. */
const RATE_SHAPE = 0.3
/** The law is widened, since bursts of four weeks do not show the largest of a year. */
const WIDENING = 1.15
/**
 * Spread^2 added in the account's first hours, halved every day: the first days show which services
 * are busy at all, and their calls are no bursts.
 */
const YOUNG_VARIANCE = 9
/** Series never differ by less. */
const LEAST_BETWEEN = 0.1

/** Adds a burst to the sums of its series. */
export function addBurst(sums: BurstSums, calls: number): BurstSums {
  const log = Math.log(calls)
  return { bursts: sums.bursts + 1, logs: sums.logs + log, squares: sums.squares + log * log }
}

/** Adds a series to a pool, or takes it out (`sign` -1). */
export function addSeries(pool: PoolSums, own: BurstSums, sign: 1 | -1): PoolSums {
  if (own.bursts === 0) return pool
  const apart = Math.max(own.squares - (own.logs * own.logs) / own.bursts, 0)
  return {
    bursts: pool.bursts + sign * own.bursts,
    logs: pool.logs + sign * own.logs,
    squares: pool.squares + sign * own.squares,
    within: pool.within + sign * apart,
    degrees: pool.degrees + sign * (own.bursts - 1),
  }
}

/**
 * The law of a day, from the bursts of the 28 days before it: location and spread of ln(calls)
 * drawn towards a prior, and a rate that counts 15 bursts of one more week. `ageDays` is how many
 * whole UTC days the account has been seen for, `skippedDays` how many of the last 28 taught nothing.
 * @example
 * burstLaw(EMPTY_POOL, 0).perWeek // => 15
 */
export function burstLaw(
  pool: PoolSums,
  ageDays: number,
  size: SizePrior = WHOLE_PRIOR,
  skippedDays = 0,
): BurstLaw {
  const { bursts, logs, squares } = pool
  const worth = PRIOR.bursts + bursts
  const location = (PRIOR.bursts * size.location + logs) / worth
  const apart = squares - 2 * location * logs + bursts * location * location
  const prior = PRIOR.bursts * (size.spread ** 2 + (size.location - location) ** 2)
  const young = YOUNG_VARIANCE * 2 ** -ageDays
  const variance = (prior + Math.max(apart, 0)) / worth
  const within =
    (PRIOR.bursts * size.within + Math.max(pool.within, 0)) / (PRIOR.bursts + pool.degrees)
  return {
    bursts,
    perWeek: (bursts + PRIOR.perWeek) / (weeksOf(ageDays, skippedDays) + PRIOR.weeks),
    location,
    spread: WIDENING * Math.sqrt(variance + young),
    within,
    between: Math.max(variance - within, LEAST_BETWEEN) + young,
  }
}

/**
 * The law of one series' next burst (empirical Bayes, normal means with the pool as their prior): its
 * mean drawn towards the pool's as far as its few bursts leave open, the pool's scatter worth 8 of its
 * own bursts. Its rate is gamma–Poisson: one series has a burst a day, the next one a year, so the
 * pool's rate is worth 0.3 of a burst.
 */
export function ownLaw(law: BurstLaw, own: BurstSums, { ageDays, peers }: OwnPast): OwnLaw {
  const { bursts, logs, squares } = own
  const mean = bursts === 0 ? law.location : logs / bursts
  const apart = bursts === 0 ? 0 : Math.max(squares - bursts * mean * mean, 0)
  const scatter =
    (OWN_PRIOR_BURSTS * law.within + apart) / (OWN_PRIOR_BURSTS + Math.max(bursts - 1, 0))
  const trust = (bursts * law.between) / (bursts * law.between + scatter)
  const variance = scatter + (1 - trust) * law.between
  return {
    bursts,
    location: law.location + trust * (mean - law.location),
    spread: WIDENING * Math.sqrt(variance),
    perWeek: (bursts + RATE_SHAPE) / ((RATE_SHAPE * peers) / law.perWeek + weeksOf(ageDays)),
  }
}

/**
 * ln P(Y >= calls) of a series' next burst: one like its own, or, once in n + 2 bursts (Laplace's rule
 * of succession), one of a kind that only the pool has seen.
 */
export function burstLogTail(calls: number, own: OwnLaw, pool: LogNormalLaw): number {
  const unlike = logNormalTail(calls, pool) - Math.log(own.bursts + 2)
  return Math.max(logNormalTail(calls, own), unlike)
}

function weeksOf(days: number, skippedDays = 0): number {
  return (Math.min(days, LEARN_DAYS) - skippedDays) / 7
}
