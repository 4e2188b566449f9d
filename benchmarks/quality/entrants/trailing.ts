import { countTails, runningSums } from '../../../models/index.ts'
import type { WorkSeries } from '../scenario/work.ts'
import type { ScoreRate } from './entrant.ts'

export const weekOf = ({ bucketS }: WorkSeries): number => (7 * 86_400) / bucketS

/** Poisson around the mean of the trailing seven days: what is public of CloudTrail Insights. */
export const flatPoisson: ScoreRate = (counts, series) => {
  const sums = runningSums(Float64Array.from(counts))
  const week = weekOf(series)
  return Float64Array.from(counts, (count, at) => {
    const from = Math.max(0, at - week)
    if (at - from < week / 7) return 0
    const mean = Math.max(((sums[at] as number) - (sums[from] as number)) / (at - from), 0.5 / week)
    const { logUpper, logLower } = countTails(count, { mean, variance: mean })
    return Math.max(-logUpper, -logLower)
  })
}

/** Distance from the mean of the trailing seven days in their standard deviations. */
export const trailingZ: ScoreRate = (counts, series) => {
  const sums = runningSums(Float64Array.from(counts))
  const squares = runningSums(Float64Array.from(counts, (count) => count * count))
  const week = weekOf(series)
  return Float64Array.from(counts, (count, at) => {
    const from = Math.max(0, at - week)
    const size = at - from
    if (size < week / 7) return 0
    const mean = ((sums[at] as number) - (sums[from] as number)) / size
    const square = ((squares[at] as number) - (squares[from] as number)) / size
    return Math.abs(count - mean) / Math.sqrt(Math.max(square - mean * mean, 1 / 12))
  })
}
