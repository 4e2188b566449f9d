import type { Bands } from '../measure/bands.ts'
import type { SeriesScores } from '../measure/track.ts'
import type { Work, WorkSeries } from '../scenario/work.ts'

/** What came of looking at a work. */
export interface Looked {
  /** In the order of the work's series. */
  readonly scores: readonly SeriesScores[]
  /** Undefined where nothing is drawn as normal. */
  readonly bands?: Bands
}

/** Something that scores every bucket with what was known before it, and that bucket itself. */
export interface Entrant {
  readonly name: string
  /** Whether scores are meant to be -ln of the false events expected per series-week, so that this can be checked. */
  readonly promises: boolean
  readonly look: (work: Work) => Looked
}

/** Scores one rate, knowing nothing of others. */
export type ScoreRate = (counts: Int32Array, series: WorkSeries) => Float64Array

/** An entrant that looks at each series alone, and at errors as at calls. */
export function ofEachRate(name: string, score: ScoreRate): Entrant {
  return {
    name,
    promises: false,
    look: (work) => ({
      scores: work.series.map((series) => ({
        calls: score(series.calls, series),
        errors:
          series.errors === null
            ? new Float64Array(series.calls.length)
            : score(series.errors, series),
      })),
    }),
  }
}
