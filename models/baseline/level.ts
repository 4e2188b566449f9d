import { median } from 'simple-statistics'
import type { Dispersion } from './baseline.ts'

/** Day totals beside what the profile alone expects of them, in order; both in calls. */
export interface DayTotals {
  readonly counts: Float64Array
  readonly means: Float64Array
}

/** The level changed for two days running: what it was before, in logarithms, and for how long. */
export interface LevelJump {
  /** Days at the new level, 2 or more. */
  readonly age: number
  readonly former: number
  readonly formerDays: number
}

/** A series' level through its days, as logarithms of a factor on its profile. */
export interface LevelPath {
  /** As it was known at the beginning of each day: honest about what a forecast would have missed. */
  readonly predicted: Float64Array
  /** As it is known afterwards. */
  readonly filtered: Float64Array
  readonly next: number
  /** The latest jump; null where the level only drifted. */
  readonly jump: LevelJump | null
}

/** Variance of a day's drift: 3 % a day. */
const DRIFT = 0.0009
/** Standard deviations from which a day teaches nothing by itself. */
const JUMP_SPREADS = 3
/** Variance of a day's logarithm that no series is below. */
const LEAST_VARIANCE = 0.003
/** Half a call on both sides keeps empty days finite. */
const HALF = 0.5
/** Median of a squared standard normal. */
const MEDIAN_CHI = 0.455
/** What is not known of the level before the first day. */
const FIRST_VARIANCE = 1
const LEAST_MEAN = 1e-9
const LEAST_DAYS = 5

/**
 * Follows the level of a series by a random walk on the logarithm of its day totals (Kalman 1960): a
 * day far off teaches nothing, two in a row on the same side are a new level. The days' own scatter
 * counts where it is more than the dispersion of 24-hour windows says.
 */
export function levelPath(days: DayTotals, dispersion: Dispersion): LevelPath {
  const first = walk(days, dispersion, 1)
  if (first.squares.length < LEAST_DAYS) return first.path
  const inflation = median(first.squares) / MEDIAN_CHI
  return inflation <= 1 ? first.path : walk(days, dispersion, inflation).path
}

interface Walker {
  level: number
  variance: number
  /** Side of the day before, where it was far off; 0 where it was not. */
  side: number
  lastSeen: number
  jumpDay: number
  former: number
  formerDays: number
}

function walk(
  { counts, means }: DayTotals,
  dispersion: Dispersion,
  inflation: number,
): { readonly path: LevelPath; readonly squares: number[] } {
  const predicted = new Float64Array(counts.length)
  const filtered = new Float64Array(counts.length)
  const squares: number[] = []
  const walker: Walker = {
    ...{ level: 0, variance: FIRST_VARIANCE, side: 0, lastSeen: 0 },
    ...{ jumpDay: 0, former: 0, formerDays: -1 },
  }
  for (let day = 0; day < counts.length; day++) {
    predicted[day] = walker.level
    const mean = means[day] as number
    if (mean >= LEAST_MEAN) {
      const seen = observe(counts[day] as number, mean, walker.level)
      const noise =
        inflation *
        (dispersion.phi / (mean * Math.exp(walker.level) + HALF) +
          dispersion.alpha +
          LEAST_VARIANCE)
      const square = (seen - walker.level) ** 2 / (walker.variance + DRIFT + noise)
      if (day >= 2) squares.push(square)
      if (step(walker, { day, seen, noise, square })) filtered[day - 1] = walker.level
    }
    filtered[day] = walker.level
  }
  const { level: next, jumpDay, former, formerDays } = walker
  const jump = formerDays < 0 ? null : { age: counts.length - jumpDay, former, formerDays }
  return { path: { predicted, filtered, next, jump }, squares }
}

function observe(count: number, mean: number, level: number): number {
  return Math.log((count + HALF) / (mean + HALF * Math.exp(-level)))
}

/** Lets one day teach the walker; true where it and the day before make a new level. */
function step(
  walker: Walker,
  {
    day,
    seen,
    noise,
    square,
  }: {
    readonly day: number
    readonly seen: number
    readonly noise: number
    readonly square: number
  },
): boolean {
  const isFar = day >= 1 && square > JUMP_SPREADS * JUMP_SPREADS
  const side = isFar ? Math.sign(seen - walker.level) : 0
  const isJump = side !== 0 && side === walker.side
  if (isJump) {
    walker.former = walker.level
    walker.formerDays = day - 1 - walker.jumpDay
    walker.jumpDay = day - 1
    walker.level = (seen + walker.lastSeen) / 2
    walker.variance = noise / 2
    walker.side = 0
  } else if (side !== 0) {
    walker.variance += DRIFT
    walker.side = side
  } else {
    const prior = walker.variance + DRIFT
    const gain = prior / (prior + noise)
    walker.level += gain * (seen - walker.level)
    walker.variance = (1 - gain) * prior
    walker.side = 0
  }
  walker.lastSeen = seen
  return isJump
}
