import { IsolationForest } from 'ml-isolation-forest'
import { type Random, randomOf, whole } from '../scenario/random.ts'
import type { ScoreRate } from './entrant.ts'
import { weekOf } from './trailing.ts'

const TREES = 40
/** Rows that the trees of a week are grown from (Liu, Ting and Zhou, 2008). */
const SAMPLE = 256
/** A count, with so many before it. */
const SHINGLE = 4

/**
 * Isolation forest on the last four counts and the hour of the day, grown anew each week from 256
 * buckets of the past. Rates that are nearly always quiet are left to it as they are.
 */
export const isolationForest: ScoreRate = (counts, series) => {
  const week = weekOf(series)
  const random = randomOf(1, `forest ${series.key}`)
  const scores = new Float64Array(counts.length)
  const rowAt = (at: number): number[] => {
    const row = [Math.floor((at % (week / 7)) / (week / 168))]
    for (let back = 0; back < SHINGLE; back++) row.push(Math.log1p(counts[at - back] as number))
    return row
  }
  for (let from = week; from < counts.length; from += week) {
    const past = Array.from({ length: SAMPLE }, () => rowAt(whole(random, SHINGLE, from - 1)))
    const rows = Array.from({ length: Math.min(week, counts.length - from) }, (_, at) =>
      rowAt(from + at),
    )
    scores.set(grow(past, random).predict(rows), from)
  }
  return scores
}

/** The library draws from `Math.random`; while it grows, that is our seeded stream. */
function grow(rows: readonly (readonly number[])[], random: Random): IsolationForest {
  const forest = new IsolationForest({ nEstimators: TREES })
  const drawn = Math.random
  Math.random = random.uniform
  try {
    forest.train(rows)
  } finally {
    Math.random = drawn
  }
  return forest
}
