import type { ScoreRate } from './entrant.ts'

const WINDOW = 7
const GAP = 2

/**
 * EARS C2 (Hutwagner and others, 2003): distance from the mean of seven buckets, two buckets ago, in
 * their standard deviations.
 */
export const earsC2: ScoreRate = (counts) =>
  Float64Array.from(counts, (count, at) => {
    if (at < WINDOW + GAP) return 0
    let sum = 0
    let squares = 0
    for (let past = at - GAP - WINDOW; past < at - GAP; past++) {
      const value = counts[past] as number
      sum += value
      squares += value * value
    }
    const mean = sum / WINDOW
    const variance = (squares - sum * mean) / (WINDOW - 1)
    return (count - mean) / Math.sqrt(Math.max(variance, 0.25))
  })
