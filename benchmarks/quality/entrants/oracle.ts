import { runningSums, scalesOf } from '../../../models/index.ts'
import { timelineOf } from '../scenario/timeline.ts'
import {
  callLaws,
  errorLaws,
  shareLaw,
  surpriseAbove,
  surpriseBelow,
  type WindowLaws,
} from '../scenario/window-law.ts'
import type { WorkSeries } from '../scenario/work.ts'
import type { Entrant } from './entrant.ts'

/**
 * The ceiling: it is told the generator's own means and variances, and looks through the same windows
 * as our model, at every bucket. Of the session-like series it also knows the law of their sizes.
 */
export const oracle: Entrant = {
  name: 'oracle',
  promises: false,
  look: (work) => ({
    scores: work.series.map((series) => {
      const timeline = timelineOf(series.bucketS, work.weeks)
      const look = { laws: callLaws(series.callTruth, timeline), falls: true, looks: 1 }
      return { calls: scan(series.calls, look, series), errors: scanErrors(series) }
    }),
  }),
}

interface Look {
  readonly laws: WindowLaws
  readonly falls: boolean
  /** Rates that are looked at for one score. */
  readonly looks: number
}

/** The most surprising of all codes and their sum. */
function scanErrors(series: WorkSeries): Float64Array {
  const { errors, errorTruth, calls, codes } = series
  const best = new Float64Array(calls.length)
  if (errors === null || errorTruth === null) return best
  const looks = codes.size + 1
  for (const [code, counts] of [[null, errors] as const, ...codes]) {
    const laws = errorLaws(calls, shareLaw(errorTruth, code))
    const scores = scan(counts, { laws, falls: false, looks }, series)
    for (let at = 0; at < best.length; at++) {
      best[at] = Math.max(best[at] as number, scores[at] as number)
    }
  }
  return best
}

/** -ln of the windows like this one expected per series-week, shifted so that 5 a week are 0. */
function scan(counts: Int32Array, { laws, falls, looks }: Look, series: WorkSeries): Float64Array {
  const best = new Float64Array(counts.length)
  const sums = runningSums(Float64Array.from(counts))
  const scales = scalesOf({ windowMinutes: series.bucketS / 60 })
  const perWeek = 604_800 / series.bucketS
  const paid = Math.log(perWeek * scales.length * (falls ? 2 : 1) * looks) - Math.log(5)
  for (const scale of scales) {
    for (let until = scale; until <= counts.length; until++) {
      const law = laws(until - scale, until)
      const count = (sums[until] as number) - (sums[until - scale] as number)
      const surprise =
        count > law.mean ? surpriseAbove(count, law) : falls ? surpriseBelow(count, law) : 0
      best[until - 1] = Math.max(best[until - 1] as number, surprise - paid)
    }
  }
  return best
}
