import type { ScoreRate } from './entrant.ts'

const LEAST = 20
const TIMES = 3

/**
 * What one would write in an afternoon: at least 20 calls in a bucket and more than three times the
 * largest bucket of the 28 days before. Nothing is scored on a rate's first day.
 */
export const max28: ScoreRate = (counts, { bucketS, firstBucket }) => {
  const span = (28 * 86_400) / bucketS
  const scores = new Float64Array(counts.length)
  const peaks: number[] = []
  for (let at = 0; at < counts.length; at++) {
    const count = counts[at] as number
    while (peaks.length > 0 && (peaks[0] as number) < at - span) peaks.shift()
    const largest = peaks.length === 0 ? 0 : (counts[peaks[0] as number] as number)
    const known = at - firstBucket >= 86_400 / bucketS
    if (known && count >= LEAST && count > TIMES * largest)
      scores[at] = count / (TIMES * largest + 1)
    while (peaks.length > 0 && (counts[peaks.at(-1) as number] as number) <= count) peaks.pop()
    peaks.push(at)
  }
  return scores
}
