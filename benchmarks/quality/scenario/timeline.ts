/** The time that one series lives in: whole weeks from a UTC Monday midnight, cut into buckets. */
export interface Timeline {
  readonly startMs: number
  readonly bucketS: number
  readonly buckets: number
  readonly perHour: number
  readonly perDay: number
}

/** Monday, 1 June 2026, 00:00 UTC. */
export const START_MS: number = Date.UTC(2026, 5, 1)

export function timelineOf(bucketS: number, weeks: number): Timeline {
  const perHour = 3600 / bucketS
  const perDay = perHour * 24
  return { startMs: START_MS, bucketS, buckets: weeks * 7 * perDay, perHour, perDay }
}

/** Hours from the start to the middle of a bucket. */
export const hourOf = ({ perHour }: Timeline, bucket: number): number => (bucket + 0.5) / perHour

/** A number for each bucket, made from the bucket's place. */
export function eachBucket({ buckets }: Timeline, value: (bucket: number) => number): Float64Array {
  return Float64Array.from({ length: buckets }, (_, bucket) => value(bucket))
}
