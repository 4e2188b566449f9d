import type { Exclusions, Insight, Page, Point, Points, Series, Stretch } from '../api/answers.ts'
import { ask, Refused } from '../api/client.ts'
import type { Span } from '../lanes/lanes.ts'
import type { View } from '../state/view.ts'
import { type Band, excludedBands, gapBands } from './bands.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const WEEK_MS = 7 * DAY_MS

/** A series over a span of time, and what was raised about it there. */
export interface Seen {
  readonly span: Span
  /** Seconds of one point. */
  readonly period: number
  readonly points: readonly Point[]
  /** Counts of a week before by the time they stand beside, epoch milliseconds; null: not asked for. */
  readonly before: ReadonlyMap<number, number> | null
  readonly insights: readonly Insight[]
  readonly bands: readonly Band[]
  /** Excluded times that are left out of `bands`. */
  readonly bandsLeftOut: number
}

/** What is asked about a series, beside its span. */
export type Asked = Pick<View, 'errorCode' | 'beside'>

/** Asks for at most 2 200 points, or an hour for each. */
export async function see(series: Series, span: Span, view: Asked): Promise<Seen> {
  const { account, region, category, eventSource, eventName } = series
  const { errorCode } = view
  const key = { account, region, category, eventSource, eventName }
  const moment = (ms: number) => new Date(ms).toISOString()
  const to = moment(span.untilMs)
  const path = `/v1/series/${series.id}`
  const [points, before, insights, exclusions, gaps] = await Promise.all([
    pointsOf(path, span, errorCode),
    view.beside === 'week' ? weekBefore(path, span, errorCode) : null,
    // One that began earlier may still last.
    ask<Page<Insight>>('/v1/insights', {
      ...{ ...key, to, from: moment(span.fromMs - 3 * DAY_MS), limit: 500 },
    }),
    ask<Exclusions>(`${path}/exclusions`, { from: moment(span.fromMs), to, errorCode }),
    gapsIn(series, span),
  ])
  return {
    ...{ span, period: points.period, points: points.items, before, insights: insights.items },
    bands: [...excludedBands(exclusions.items), ...gapBands(gaps)],
    bandsLeftOut: exclusions.leftOut,
  }
}

function pointsOf(path: string, span: Span, errorCode: string | null): Promise<Points> {
  const [from, to] = [span.fromMs, span.untilMs].map((ms) => new Date(ms).toISOString())
  return ask<Points>(`${path}/points`, { from, to, errorCode, period: periodFor(span) })
}

async function weekBefore(
  path: string,
  { fromMs, untilMs }: Span,
  errorCode: string | null,
): Promise<ReadonlyMap<number, number>> {
  const span = { fromMs: fromMs - WEEK_MS, untilMs: untilMs - WEEK_MS }
  const { items } = await pointsOf(path, span, errorCode)
  return new Map(items.map(({ time, count }) => [Date.parse(time) + WEEK_MS, count]))
}

/** What is known of the trail's holes; nothing where the server keeps no ledger of them. */
async function gapsIn(
  { account, region }: Series,
  { fromMs, untilMs }: Span,
): Promise<readonly Stretch[]> {
  const [from, to] = [fromMs, untilMs].map((ms) => new Date(ms).toISOString())
  try {
    const query = { account, region, from, to }
    const { stretches } = await ask<{ readonly stretches: readonly Stretch[] }>(
      '/v1/coverage/stretches',
      query,
    )
    return stretches
  } catch (error) {
    if (error instanceof Refused && error.status === 404) return []
    throw error
  }
}

/** The finest period that a screen can show, in seconds. */
export function periodFor({ fromMs, untilMs }: Span): 60 | 300 | 3600 {
  if (untilMs - fromMs <= 12 * HOUR_MS) return 60
  return untilMs - fromMs <= 7.5 * DAY_MS ? 300 : 3600
}

const MOST_DAYS = 400

/** The span that can be shown: of whole hours, and no longer than one answer holds. */
export function wholeSpan({ firstTime, lastTime }: Series): Span {
  const untilMs = Math.ceil(Date.parse(lastTime) / HOUR_MS + 1) * HOUR_MS
  const fromMs = Math.floor(Date.parse(firstTime) / HOUR_MS) * HOUR_MS
  return { fromMs: Math.max(fromMs, untilMs - MOST_DAYS * DAY_MS), untilMs }
}

/** The span a view asks for, at least ten minutes and at most as long as one answer holds. */
export function spanShown(
  { fromMs, untilMs }: { readonly fromMs: number | null; readonly untilMs: number | null },
  whole: Span,
): Span {
  const end = Math.max(untilMs ?? whole.untilMs, (fromMs ?? 0) + 600_000)
  return { fromMs: Math.max(fromMs ?? end - 7 * DAY_MS, end - MOST_DAYS * DAY_MS), untilMs: end }
}
