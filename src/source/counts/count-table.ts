import type { Counts } from '../../../models/index.ts'

/** Lengths of bucket that can be scored, seconds: 5 minutes, half an hour, an hour. */
export const BUCKET_SECONDS = [300, 1800, 3600] as const

export type BucketSeconds = (typeof BUCKET_SECONDS)[number]

/** Errors of one code, or, where codes are not told apart (null), of all. */
export interface ErrorCounts {
  readonly code: string | null
  /** Not empty. */
  readonly counts: Counts
}

/** One key's calls and errors, in buckets since the epoch: bucket n covers `[n, n + 1) * bucketS` seconds. */
export interface CountedSeries {
  /** Any text. */
  readonly key: string
  readonly bucketS: BucketSeconds
  /** Empty where nothing was ever called. */
  readonly calls: Counts
  /** By code, ascending. */
  readonly errors: readonly ErrorCounts[]
}

/** Times that counts are known for: `[startMs, endMs)`, epoch milliseconds. */
export interface CountSpan {
  readonly startMs: number
  readonly endMs: number
}

/** Counts that come from elsewhere, not from trail files. Keys are unique. */
export interface CountTable extends CountSpan {
  readonly series: readonly CountedSeries[]
}
