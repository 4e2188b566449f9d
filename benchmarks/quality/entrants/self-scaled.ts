import type { ScoreRate } from './entrant.ts'

/** The quantile of a rate's own past scores that becomes 1. */
const QUANTILE = 0.995
/** On a rate that is nearly always quiet that quantile is next to nothing: no unit is under one nat or one deviation. */
const LEAST_UNIT = 1

/**
 * Divides each score by the 99.5 % quantile of the rate's own scores up to the midnight before: the
 * cheapest calibration there is. Nothing is scored in the first three days.
 */
export function selfScaled(score: ScoreRate): ScoreRate {
  return (counts, series) => {
    const scores = score(counts, series)
    const perDay = 86_400 / series.bucketS
    const scaled = new Float64Array(scores.length)
    for (let from = 3 * perDay; from < scores.length; from += perDay) {
      const past = scores.slice(0, from).sort()
      const unit = Math.max(past[Math.floor(QUANTILE * past.length)] as number, LEAST_UNIT)
      for (let at = from; at < from + perDay; at++) scaled[at] = (scores[at] as number) / unit
    }
    return scaled
  }
}
