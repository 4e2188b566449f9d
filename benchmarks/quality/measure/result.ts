import { type Judgement, judge } from './judge.ts'
import { areaUnder, BUDGETS, bestAt, podAt } from './summary.ts'
import { type Curve, sweep } from './sweep.ts'
import type { Track } from './track.ts'

/** How one entrant did. */
export interface Result {
  readonly name: string
  readonly curve: Curve
  readonly area: number
  /** Share of labels found at each of `BUDGETS`. */
  readonly pod: readonly number[]
  /** From a label's start to the end of the first bucket flagged; null where nothing was found. */
  readonly medianDelayHours: number | null
  /** What the best threshold within `QUOTED_BUDGET` brings. */
  readonly judgement: Judgement
  /** Area under precision for the hourly series alone, and for the five-minute ones. */
  readonly areaHourly: number
  readonly areaFine: number
}

/** False events per series-week at which delays and shares by kind are quoted. */
export const QUOTED_BUDGET = 0.1

/** Measures the tracks of one entrant, of all seeds together. */
export function resultOf(name: string, tracks: readonly Track[]): Result {
  const curve = sweep(tracks)
  const threshold = bestAt(curve, QUOTED_BUDGET)?.threshold ?? Number.POSITIVE_INFINITY
  const judgement = judge(tracks, threshold)
  const areaOf = (bucketS: number): number =>
    areaUnder(sweep(tracks.filter(({ series }) => series.bucketS === bucketS)))
  return {
    name,
    curve,
    area: areaUnder(curve),
    pod: BUDGETS.map((budget) => podAt(curve, budget)),
    medianDelayHours: medianDelayHours(tracks, judgement),
    judgement,
    areaHourly: areaOf(3600),
    areaFine: areaOf(300),
  }
}

function medianDelayHours(tracks: readonly Track[], { hits }: Judgement): number | null {
  const delays = tracks.flatMap(({ own, series }) =>
    own.flatMap(({ label }) => {
      const start = hits.get(label)
      if (start === undefined) return []
      return [(Math.max(1, start + 1 - label.startBucket) * series.bucketS) / 3600]
    }),
  )
  delays.sort((one, other) => one - other)
  return delays[Math.floor(delays.length / 2)] ?? null
}
