import type { CountTruth } from './truth.ts'

export type Metric = 'calls' | 'errors'

export type Strength = 'low' | 'medium' | 'high'

export type Kind =
  | 'spike'
  | 'sustained-rise'
  | 'drop'
  | 'shifted-timing'
  | 'error-burst'
  | 'slow-error-rise'
  | 'rare-code-burst'

/** A planted anomaly that a detector is meant to find: buckets `[startBucket, untilBucket)`. */
export interface Label {
  readonly key: string
  readonly metric: Metric
  readonly kind: Kind
  readonly strength: Strength
  readonly startBucket: number
  readonly untilBucket: number
}

export type ChangeKind = 'shift' | 'new-job' | 'new-api' | 'stop'

/** A legitimate change for good: no label, so every alarm it raises is false. */
export interface Change {
  readonly kind: ChangeKind
  readonly bucket: number
}

/** What the generator knows of failing calls, without the planted anomalies. */
export interface ErrorTruth {
  /** Share of the calls that fail with each code, 0 to 1. */
  readonly shares: ReadonlyMap<string, number>
  /** Relative variance of the share from bucket to bucket. */
  readonly noise: number
}

/** One API's counts through the whole work. */
export interface WorkSeries {
  readonly key: string
  readonly shape: string
  /** 3600 or 300. */
  readonly bucketS: number
  /** Bucket of the first call: in day 0 for APIs that are not new. */
  readonly firstBucket: number
  readonly calls: Int32Array
  /** Null where no call ever fails. */
  readonly errors: Int32Array | null
  /** Errors by code; they add up to `errors`. */
  readonly codes: ReadonlyMap<string, Int32Array>
  readonly callTruth: CountTruth
  readonly errorTruth: ErrorTruth | null
  readonly labels: readonly Label[]
  readonly changes: readonly Change[]
  /** Whether its first two weeks hold big anomalies that nobody labelled. */
  readonly contaminated: boolean
}

/** Labelled series of one seed. */
export interface Work {
  readonly seed: number
  /** A UTC Monday midnight. */
  readonly startMs: number
  readonly weeks: number
  readonly series: readonly WorkSeries[]
}

/** Days at the start of an old series that are not scored: even a slow learner has had its time then. */
export const UNSCORED_DAYS = 14

/** The first bucket that is scored: of an old API two weeks in, of a new one its first. */
export function scoredFrom({ firstBucket, bucketS }: WorkSeries): number {
  const perDay = 86_400 / bucketS
  return firstBucket >= perDay ? firstBucket : UNSCORED_DAYS * perDay
}
