import {
  type Grid,
  isUnderFloor,
  type Metric,
  rarityInSeries,
  type Score,
  type Sensitivity,
} from '../../../models/index.ts'
import type { OwnedScores } from './score-grid.ts'

/** How unusual one bucket of one key was. */
export interface ScoreRow {
  readonly key: string
  readonly metric: Metric
  readonly bucketStartMs: number
  /** On the scale of `seriesScore`; above 0. */
  readonly score: number
}

/** What episodes are found by. */
export interface EventRules {
  readonly grid: Grid
  readonly sensitivity: Sensitivity
  /** End of the counts. */
  readonly endMs: number
}

/** Beyond it nobody tells scores apart, and it is finite. */
const HIGHEST = 1e6

/**
 * A score on the one scale of all series, grids and families: -ln of the alarms like this one expected per week in one
 * series, calibrated. 0 is once a week, 4 once a year, 7 once in twenty years.
 */
export function seriesScore(score: Score): number {
  return Math.min(HIGHEST, rarityInSeries(score))
}

/**
 * One row a bucket that ends a window rarer than once a week and over the floors, in order of time: of all lengths, directions and error codes
 * that were judged there, the rarest. Long windows are not judged at every bucket: their word stands until the next one.
 */
export function scoreRows(
  { owner, scores }: OwnedScores,
  { grid, sensitivity, endMs }: EventRules,
): readonly ScoreRow[] {
  const bucketMs = grid.windowMinutes * 60_000
  const endBucket = Math.floor(endMs / bucketMs)
  const highest = new Map<number, number>()
  for (const score of scores) {
    if (score.unconfirmed || isUnderFloor(score, sensitivity)) continue
    const value = seriesScore(score)
    const until = Math.min(score.standsUntil, endBucket)
    for (let bucket = score.untilWindow - 1; bucket < until; bucket++) {
      if (value > (highest.get(bucket) ?? 0)) highest.set(bucket, value)
    }
  }
  const { key, metric } = owner
  return [...highest]
    .sort(([one], [other]) => one - other)
    .map(([bucket, score]) => ({
      ...{ key, metric },
      ...{ bucketStartMs: bucket * bucketMs, score },
    }))
}
