import type { Insight, Page, Point, Points, Series } from '../api/answers.ts'
import { ask } from '../api/client.ts'
import type { Span } from '../lanes/lanes.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** A series over a span of time, and what was raised about it there. */
export interface Seen {
  readonly span: Span
  /** Seconds of one point. */
  readonly period: number
  readonly points: readonly Point[]
  readonly insights: readonly Insight[]
}

/** Asks for at most 2 200 points, or an hour for each. */
export async function see(series: Series, span: Span, errorCode: string | null): Promise<Seen> {
  const { account, region, category, eventSource, eventName } = series
  const key = { account, region, category, eventSource, eventName }
  const to = new Date(span.untilMs).toISOString()
  const from = (ms: number) => new Date(ms).toISOString()
  const query = { from: from(span.fromMs), to, errorCode }
  const [points, insights] = await Promise.all([
    ask<Points>(`/v1/series/${series.id}/points`, { ...query, period: periodFor(span) }),
    // One that began earlier may still last.
    ask<Page<Insight>>('/v1/insights', {
      ...key,
      to,
      from: from(span.fromMs - 3 * DAY_MS),
      limit: 500,
    }),
  ])
  return { span, period: points.period, points: points.items, insights: insights.items }
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
