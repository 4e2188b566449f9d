import { cellsBefore } from '../series/counts.ts'
import { dayOf, type Grid, LEARN_DAYS, windowsPerDay } from '../series/grid.ts'
import type { Counts } from '../series/history.ts'
import type { Score } from './score.ts'

/** What a series' own past says of a count. */
export interface OwnRecord {
  /** Of the 28 days before it, those on which the series counted about as much in as long a time. */
  readonly days: number
  /** On how many of them the account was seen: a day before its first call is no evidence. */
  readonly ofDays: number
}

/** What a count is compared with. */
export interface RecordQuestion {
  /** A day counts where a window as long held at least this much. */
  readonly atLeast: number
  /** The account's first window. */
  readonly bornWindow: number
  /** Of the 28 days before, those that taught nothing; 0 where left out. */
  readonly skippedDays?: number
  readonly grid: Grid
}

/**
 * How often a series' own past held about as much as a window that is scored, in as long a time.
 * Windows of the past lie anywhere on the grid and belong to the day they end on.
 */
export function recordOf(
  counts: Counts,
  score: Pick<Score, 'fromWindow' | 'untilWindow'>,
  { atLeast, bornWindow, skippedDays = 0, grid }: RecordQuestion,
): OwnRecord {
  const perDay = windowsPerDay(grid)
  const day = dayOf(score.untilWindow - 1, grid)
  const from = (day - LEARN_DAYS) * perDay
  const sumUntil = slidingSum(counts, score.untilWindow - score.fromWindow, from + 1)
  let cell = cellsBefore(counts, from)
  let days = 0
  for (let each = day - LEARN_DAYS; each < day; each++) {
    // A sum grows where a count comes in, and at no other end of a day's windows but the first.
    let largest = sumUntil(each * perDay + 1)
    for (; (counts.at[cell] ?? Number.POSITIVE_INFINITY) < (each + 1) * perDay; cell++) {
      largest = Math.max(largest, sumUntil((counts.at[cell] as number) + 1))
    }
    if (largest >= atLeast) days++
  }
  const seenDays = Math.min(LEARN_DAYS, day - dayOf(bornWindow, grid))
  return { days, ofDays: Math.max(0, seenDays - skippedDays) }
}

/** What so many windows up to an end counted, for ends from the first one on that never come earlier than the one before. */
function slidingSum(counts: Counts, length: number, firstEnd: number): (end: number) => number {
  const { at, count } = counts
  let first = cellsBefore(counts, firstEnd - length)
  let [sum, next] = [0, first]
  return (end) => {
    for (; (at[next] ?? end) < end; next++) sum += count[next] as number
    for (; (at[first] ?? end) < end - length; first++) sum -= count[first] as number
    return sum
  }
}

/**
 * A score that claims no more than the series' own past allows: what came on k of the days seen is
 * expected at least k + 1/2 times in as long a time again, whatever a law says of it.
 */
export function heldToRecord(score: Score, { days, ofDays }: OwnRecord): Score {
  if (days === 0) return score
  const surprise = -Math.log(((days + 0.5) * 7) / ofDays)
  if (surprise >= score.surprise) return score
  return {
    ...score,
    surprise,
    terms: { ...score.terms, lawSurprise: score.surprise, recordDays: days, ofDays },
  }
}
