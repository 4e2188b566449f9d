import { rfc3339 } from '../../base/times.ts'
import type { HttpApp } from '../http-types.ts'
import { got } from './got.ts'

/** Points of one series or error code, a number a point in each column: a fifth of the size of rows. */
export interface PointColumns {
  readonly series: string
  readonly errorCode: string | null
  readonly startTime: string
  /** Seconds of one point. */
  readonly period: number
  readonly count: readonly number[]
  readonly expected: readonly (number | null)[]
  readonly low: readonly (number | null)[]
  readonly high: readonly (number | null)[]
  readonly score: readonly (number | null)[]
}

interface Point {
  readonly time: string
  readonly count: number
  readonly expected: number | null
  readonly low: number | null
  readonly high: number | null
  readonly score: number | null
}

/** Days that are shown by five minutes; longer spans by the hour. */
const FINE_DAYS = 8
const DAY_MS = 86_400_000
/** Digits that a chart and its table show, and some. */
const DIGITS = 6

/** A series' points over a span: at most 2 304, or one an hour. */
export async function pointColumns(
  app: HttpApp,
  series: string,
  {
    fromMs,
    untilMs,
    errorCode,
  }: { readonly fromMs: number; readonly untilMs: number; readonly errorCode: string | null },
): Promise<PointColumns> {
  const period = untilMs - fromMs <= FINE_DAYS * DAY_MS ? 300 : 3600
  const { items } = await got<{ readonly items: readonly Point[] }>(
    app,
    `/v1/series/${series}/points`,
    { from: rfc3339(fromMs), to: rfc3339(untilMs), period, errorCode },
  )
  const column = (name: 'expected' | 'low' | 'high' | 'score') =>
    items.map((point) => rounded(point[name]))
  return {
    ...{ series, errorCode, startTime: items[0]?.time ?? rfc3339(fromMs), period },
    count: items.map(({ count }) => count),
    ...{ expected: column('expected'), low: column('low'), high: column('high') },
    score: column('score'),
  }
}

const rounded = (value: number | null): number | null =>
  value === null ? null : Number(value.toPrecision(DIGITS))
