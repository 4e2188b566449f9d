import {
  type Label,
  type Metric,
  scoredFrom,
  type Work,
  type WorkSeries,
} from '../scenario/work.ts'

/** One score per bucket; above 0 is unusual, the larger the more so. */
export interface SeriesScores {
  readonly calls: Float64Array
  readonly errors: Float64Array
}

/** Where the start of an event counts for a label, in buckets, both ends included. */
export interface Zone {
  readonly from: number
  readonly last: number
  readonly label: Label
}

/** What one metric of one series was scored, laid out for the sweep. */
export interface Track {
  readonly series: WorkSeries
  readonly metric: Metric
  /** Buckets with a score above 0 among those that count, ascending. */
  readonly at: Int32Array
  /** Their scores. */
  readonly score: Float64Array
  /** Of labels of this metric. */
  readonly own: readonly Zone[]
  /** Of labels of the other metric: an event there is neither found nor false. */
  readonly neutral: readonly Zone[]
}

/** Slack after a label's end: at least so much … */
const SLACK_SECONDS = 2 * 3600
/** … or this share of its length. */
const SLACK_SHARE = 0.25

/** The tracks of a work, calls and errors of each series in turn. */
export function tracksOf(work: Work, scores: readonly SeriesScores[]): readonly Track[] {
  return work.series.flatMap((series, at) =>
    (['calls', 'errors'] as const).map((metric) =>
      trackOf(series, metric, (scores[at] as SeriesScores)[metric]),
    ),
  )
}

function trackOf(series: WorkSeries, metric: Metric, scores: Float64Array): Track {
  const at: number[] = []
  for (let bucket = scoredFrom(series); bucket < scores.length; bucket++) {
    if ((scores[bucket] as number) > 0) at.push(bucket)
  }
  const zones = series.labels.map((label) => zoneOf(label, series.bucketS))
  return {
    series,
    metric,
    at: Int32Array.from(at),
    score: Float64Array.from(at, (bucket) => scores[bucket] as number),
    own: zones.filter(({ label }) => label.metric === metric),
    neutral: zones.filter(({ label }) => label.metric !== metric),
  }
}

/** From one bucket before a label to two hours, or a quarter of its length, after its end. */
export function zoneOf(label: Label, bucketS: number): Zone {
  const length = label.untilBucket - label.startBucket
  const slack = Math.max(SLACK_SECONDS / bucketS, length * SLACK_SHARE)
  return { from: label.startBucket - 1, last: Math.floor(label.untilBucket + slack), label }
}
