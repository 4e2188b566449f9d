import { invariant } from '../base/invariant.ts'
import type { RateOverSpan } from './insight.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const BASELINE_DAYS = 7
const DECIMALS = 10
const SCALE = 10n ** BigInt(DECIMALS)

/** The minutes a published baseline covers: `[fromMs, untilMs)`, `duration` in minutes. */
export interface BaselineSpan {
  readonly fromMs: number
  readonly untilMs: number
  readonly duration: number
}

/**
 * The span whose plain mean CloudTrail Insights publishes as the baseline of an insight that starts
 * at `startMs`: from 00:00 UTC of the start day less seven days until the start. Its duration is
 * 10080 minutes and those since midnight, so 10080 to 11519.
 * Source: Javadoc of `InsightStatistics.getBaselineDuration` in aws-cloudtrail-processing-library.
 * @param startMs epoch milliseconds of a whole minute
 */
export function baselineSpan(startMs: number): BaselineSpan {
  invariant(startMs % MINUTE_MS === 0, 'an insight starts on a whole minute')
  const midnightMs = Math.floor(startMs / DAY_MS) * DAY_MS
  const fromMs = midnightMs - BASELINE_DAYS * DAY_MS
  return { fromMs, untilMs: startMs, duration: (startMs - fromMs) / MINUTE_MS }
}

/**
 * A count with its mean per minute over `[fromMs, untilMs)`; minutes without calls weigh as zero.
 * @param count calls or errors: a whole number, 0 or more
 * @param fromMs epoch milliseconds of a whole minute
 * @param untilMs the same, later than `fromMs`
 */
export function rateOver(count: number, fromMs: number, untilMs: number): RateOverSpan {
  const duration = (untilMs - fromMs) / MINUTE_MS
  invariant(duration > 0 && Number.isInteger(duration), 'a rate covers whole minutes')
  return { fromMs, untilMs, duration, count, average: ratePerMinute(count, duration) }
}

/**
 * `count / minutes`, rounded half up to ten decimals as CloudTrail Insights does. The division is
 * exact: the result is the double nearest to the rounded decimal number.
 * @param count a whole number, 0 or more
 * @param minutes a whole number, 1 or more
 */
export function ratePerMinute(count: number, minutes: number): number {
  const divisor = 2n * BigInt(minutes)
  const scaled = (2n * BigInt(count) * SCALE + BigInt(minutes)) / divisor
  const decimals = (scaled % SCALE).toString().padStart(DECIMALS, '0')
  return Number(`${scaled / SCALE}.${decimals}`)
}
