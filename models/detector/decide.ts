import type { Metric, Pool } from '../series/history.ts'
import { rarityInAccount, surpriseInAccount } from './rarity.ts'
import { FAMILIES, type Score } from './score.ts'
import { rarityNeeded, type Sensitivity } from './sensitivity.ts'

/** `lingering`: not enough to begin an anomaly, enough to keep one going. */
export type Verdict = 'alarm' | 'lingering' | 'quiet'

/** What a score had to pass and did not. */
export type Gate = 'surprise' | 'count' | 'ratio' | 'difference'

/** Why a window raised no alarm: it had no score at all, or too little of something. */
export type Held =
  | { readonly gate: 'no-score' }
  | { readonly gate: Gate; readonly has: number; readonly needs: number }

/** Surprise by which an anomaly may sink before it counts as over. */
const HYSTERESIS = 2
/** Expected calls per hour under which a rise has to be one in plain numbers, too. */
const RARE_HOURLY = 1

interface Check {
  readonly gate: Gate
  readonly has: number
  readonly needs: number
}

/**
 * Whether a score is an alarm at this sensitivity. Under a floor it is nothing, however surprising. A
 * level that nobody confirmed keeps an anomaly going, however surprising it still is.
 * `pool` is that of the scored series: its metric, where it is no aggregate.
 */
export function decide(score: Score, sensitivity: Sensitivity, pool: Pool = score.metric): Verdict {
  if (score.unconfirmed) return 'lingering'
  const needed = rarityNeeded(sensitivity, score.family)
  if (!(rarityInAccount(score.surprise + HYSTERESIS) >= needed)) return 'quiet'
  if (isUnderFloor(score, sensitivity, pool)) return 'quiet'
  return rarityInAccount(score.surprise) >= needed ? 'alarm' : 'lingering'
}

/** What the inverse of a rarity may be wrong by. */
const ROUNDING = 1e-6

/**
 * A surprise under which every score is quiet at this sensitivity, whatever its family and its floors, but one that says a level
 * still stands. Infinity where none of the budget is theirs.
 */
export function leastTold(sensitivity: Sensitivity): number {
  const needed = FAMILIES.map((family) => rarityNeeded(sensitivity, family))
  return surpriseInAccount(Math.min(...needed)) - HYSTERESIS - ROUNDING
}

/** Whether a window is under a floor: no alarm at any budget. */
export function isUnderFloor(
  score: Score,
  sensitivity: Sensitivity,
  pool: Pool = score.metric,
): boolean {
  return floorsOf(score, pool, sensitivity).some(isHeldBy)
}

/** The first gate that held a window back, for `explain`; null where none did. */
export function whyNot(
  score: Score | undefined,
  sensitivity: Sensitivity,
  pool: Pool = score?.metric ?? 'calls',
): Held | null {
  if (score === undefined) return { gate: 'no-score' }
  const surprise: Check = {
    gate: 'surprise',
    has: rarityInAccount(score.surprise),
    needs: rarityNeeded(sensitivity, score.family),
  }
  const checks = [surprise, ...floorsOf(score, pool, sensitivity)]
  return checks.find(isHeldBy) ?? null
}

const isHeldBy = ({ has, needs }: Check): boolean => has < needs

/** What the anomaly has to be at least, in plain numbers. */
function floorsOf(score: Score, pool: Pool, { floors }: Sensitivity): readonly Check[] {
  const { count, expected, hourly, direction, metric } = score
  if (pool !== 'calls' && pool !== 'errors') return aggregateFloors(score, pool, floors)
  const ratio = ratioOf(score, floors)
  if (score.family === 'pool-calls')
    return [{ gate: 'count', has: count, needs: floors.calls }, ratio]
  if (score.family === 'pool-errors')
    return [{ gate: 'count', has: count, needs: floors.errors }, ratio]
  const needs = metric === 'calls' ? floors.denseCalls : floors.denseErrors
  const difference: Check = { gate: 'difference', has: Math.abs(count - expected), needs }
  if (direction === 'down' || hourly >= RARE_HOURLY) return [difference]
  const least: Check = { gate: 'count', has: count, needs: metric === 'calls' ? floors.calls : 0 }
  return [difference, least, ratio]
}

function aggregateFloors(
  score: Score,
  pool: Exclude<Pool, Metric>,
  floors: Sensitivity['floors'],
): readonly Check[] {
  const { count, expected, hourly, low } = score
  const needs = floors[pool]
  const enough: Check =
    pool === 'distinct'
      ? { gate: 'difference', has: count - expected, needs }
      : { gate: 'count', has: count, needs }
  // A sum without a slot of its own in the week is as rare as a burst is; a caller's record is no expectation.
  const isRare = low === 0 || hourly < RARE_HOURLY
  return isRare && pool !== 'breadth' ? [enough, ratioOf(score, floors)] : [enough]
}

function ratioOf({ count, expected }: Score, { ratio }: Sensitivity['floors']): Check {
  return { gate: 'ratio', has: count, needs: ratio * expected }
}
