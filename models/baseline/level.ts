import { median } from 'simple-statistics'

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
/** Standard deviations of a normal law in one median absolute deviation. */
const NORMAL_MAD = 1.4826
/** What is not known of the level before the first day. */
const FIRST_VARIANCE = 1
const LEAST_MEAN = 1e-9

/**
 * Follows the level of a series by a random walk on the logarithm of its day totals (Kalman 1960): a
 * day far off teaches nothing, two in a row on the same side are a new level. Days scatter as calls do
 * (`phi` times their mean), and at least as one day usually differs from the next: a level that jumps
 * does so once, and widens nothing.
 */
export function levelPath(days: DayTotals, phi: number): LevelPath {
  return walk(days, { phi, scatter: scatterOf(days) })
}

/** Variance of a day's logarithm, from the median change from one day to the next. */
function scatterOf({ counts, means }: DayTotals): number {
  const seen: number[] = []
  for (let day = 0; day < counts.length; day++) {
    const mean = means[day] as number
    if (mean >= LEAST_MEAN) seen.push(observe(counts[day] as number, mean, 0))
  }
  const changes = seen.slice(1).map((value, at) => Math.abs(value - (seen[at] as number)))
  return changes.length === 0 ? 0 : (NORMAL_MAD * median(changes)) ** 2 / 2
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
  { phi, scatter }: { readonly phi: number; readonly scatter: number },
): LevelPath {
  const predicted = new Float64Array(counts.length)
  const filtered = new Float64Array(counts.length)
  const walker: Walker = {
    level: 0,
    variance: FIRST_VARIANCE,
    side: 0,
    lastSeen: 0,
    jumpDay: 0,
    former: 0,
    formerDays: -1,
  }
  for (let day = 0; day < counts.length; day++) {
    predicted[day] = walker.level
    const mean = means[day] as number
    if (mean >= LEAST_MEAN) {
      const seen = observe(counts[day] as number, mean, walker.level)
      const expected = mean * Math.exp(walker.level) + HALF
      const noise = Math.max(phi / expected, scatter) + LEAST_VARIANCE
      const square = (seen - walker.level) ** 2 / (walker.variance + DRIFT + noise)
      if (step(walker, { day, seen, noise, square })) filtered[day - 1] = walker.level
    }
    filtered[day] = walker.level
  }
  const { level: next, jumpDay, former, formerDays } = walker
  const jump = formerDays < 0 ? null : { age: counts.length - jumpDay, former, formerDays }
  return { predicted, filtered, next, jump }
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
