import type { ScoreRate } from './entrant.ts'
import { weekOf } from './trailing.ts'

const LEVEL = 0.05
const TREND = 0.001
const SEASON = 0.25
/** How fast the variance of the errors forgets, per bucket of a day. */
const DAYS_OF_VARIANCE = 7

/**
 * Holt and Winters' additive exponential smoothing with a weekly season: the one-step error in
 * standard deviations of the errors before. The first week sets the season, nothing in it is scored.
 */
export const holtWinters: ScoreRate = (counts, series) => {
  const week = weekOf(series)
  const first = counts.subarray(0, week)
  let level = first.reduce((sum, count) => sum + count, 0) / week
  let trend = 0
  const season = Float64Array.from(first, (count) => count - level)
  const forget = 7 / (week * DAYS_OF_VARIANCE)
  let variance = first.reduce((sum, count) => sum + (count - level) * (count - level), 0) / week
  const scores = new Float64Array(counts.length)
  for (let at = week; at < counts.length; at++) {
    const slot = at % week
    const usual = season[slot] as number
    const error = (counts[at] as number) - (level + trend + usual)
    const sd = Math.sqrt(Math.max(variance, 0.25))
    scores[at] = Math.abs(error) / sd
    const learned = Math.max(-4 * sd, Math.min(4 * sd, error))
    const before = level
    level += trend + LEVEL * learned
    trend += TREND * (level - before - trend)
    season[slot] = usual + SEASON * learned
    variance += forget * (Math.min(error * error, 16 * variance + 1) - variance)
  }
  return scores
}
