import { type DayExpectation, expectCount, upperTail } from '../../../models/index.ts'
import type { WorkSeries } from '../scenario/work.ts'

/** What is drawn as normal beside what came, over buckets of calls that have a baseline and no label. */
export interface Bands {
  readonly buckets: number
  /** Those with more calls than 1 % of the time is expected to have; 1 in 100 of them is right. */
  readonly above: number
}

export const NO_BANDS: Bands = { buckets: 0, above: 0 }

/** ln of the chance that is left above a band. */
const EDGE = Math.log(0.01)

/** Holds the buckets of one day against what was expected of them; `origin` is the window of a work's first bucket. */
export function bandsOf(
  { calls, labels }: WorkSeries,
  expectation: DayExpectation,
  origin: number,
): Bands {
  const perDay = 1440 / expectation.windowMinutes
  let [buckets, above] = [0, 0]
  for (let at = 0; at < perDay; at++) {
    const window = expectation.day * perDay + at
    const bucket = window - origin
    if (
      labels.some(({ startBucket, untilBucket }) => startBucket <= bucket && bucket < untilBucket)
    )
      continue
    const law = expectCount(expectation, { from: window, until: window + 1 })
    buckets += 1
    if (upperTail(calls[bucket] as number, law) < EDGE) above += 1
  }
  return { buckets, above }
}

export function together(bands: readonly Bands[]): Bands {
  const sum = (field: keyof Bands): number => bands.reduce((all, each) => all + each[field], 0)
  return { buckets: sum('buckets'), above: sum('above') }
}
