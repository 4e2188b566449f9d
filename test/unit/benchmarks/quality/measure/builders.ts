import type { Track } from '../../../../../benchmarks/quality/measure/track.ts'
import { tracksOf } from '../../../../../benchmarks/quality/measure/track.ts'
import { timelineOf } from '../../../../../benchmarks/quality/scenario/timeline.ts'
import { emptyStream } from '../../../../../benchmarks/quality/scenario/truth.ts'
import type {
  Label,
  Metric,
  Work,
  WorkSeries,
} from '../../../../../benchmarks/quality/scenario/work.ts'

/** An hourly series of five weeks without a call, but for what is given. */
export function quietSeries(given: Partial<WorkSeries> = {}): WorkSeries {
  const timeline = timelineOf(given.bucketS ?? 3600, 5)
  const { counts, truth } = emptyStream(timeline)
  return {
    key: 'one',
    shape: 'flat',
    bucketS: 3600,
    firstBucket: 0,
    calls: counts,
    errors: null,
    codes: new Map(),
    callTruth: truth,
    errorTruth: null,
    labels: [],
    changes: [],
    contaminated: false,
    ...given,
  }
}

export const labelAt = (
  startBucket: number,
  untilBucket: number,
  metric: Metric = 'calls',
): Label => ({ key: 'one', metric, kind: 'spike', strength: 'high', startBucket, untilBucket })

/** The tracks of a series whose buckets were scored as given, all others 0. */
export function tracksScored(
  series: WorkSeries,
  scores: { readonly [metric in Metric]?: Readonly<Record<number, number>> },
): readonly Track[] {
  const work: Work = { seed: 1, startMs: 0, weeks: 5, series: [series] }
  const filled = (metric: Metric): Float64Array => {
    const values = new Float64Array(series.calls.length)
    for (const [bucket, score] of Object.entries(scores[metric] ?? {}))
      values[Number(bucket)] = score
    return values
  }
  return tracksOf(work, [{ calls: filled('calls'), errors: filled('errors') }])
}
