import {
  type Freshness,
  type Incident,
  OVERVIEW_FIELDS,
  type OverviewInsight,
} from '../api/answers.ts'
import { ask, listed } from '../api/client.ts'
import type { Span } from './lanes.ts'

const MOST_PAGES = 10
const HOUR_MS = 3_600_000

/** What the overview is made of. */
export interface Found {
  readonly insights: readonly OverviewInsight[]
  /** null: on their way. */
  readonly incidents: readonly Incident[] | null
  /** From the first insight to where the trail is known to. */
  readonly span: Span
  /** False: there are older insights than these. */
  readonly isWhole: boolean
}

/** The newest 5 000 insights and the incidents among them. `early` sees the insights before the incidents are here. */
export async function load(early: (found: Found) => void): Promise<Found> {
  const query = { fields: OVERVIEW_FIELDS.join(','), sort: '-startTime' }
  const [{ items: insights, isWhole }, { knownUntil }] = await Promise.all([
    listed<OverviewInsight>('/v1/insights', query, MOST_PAGES),
    ask<Freshness>('/v1/freshness'),
  ])
  const span = spanAround(insights, Date.parse(knownUntil ?? '') || 0)
  early({ insights, incidents: null, span, isWhole })
  const from = isWhole ? null : insights.at(-1)?.startTime
  const incidents = await listed<Incident>('/v1/incidents', { from }, MOST_PAGES)
  return { insights, incidents: incidents.items, span, isWhole: isWhole && incidents.isWhole }
}

function spanAround(insights: readonly OverviewInsight[], knownUntilMs: number): Span {
  const starts = insights.map(({ startTime }) => Date.parse(startTime))
  const ends = insights.map(({ startTime, endTime }) => Date.parse(endTime ?? startTime))
  const last = Math.max(knownUntilMs, ...ends)
  const untilMs = Math.ceil((last > 0 ? last : Date.now()) / HOUR_MS) * HOUR_MS
  const first = Math.min(untilMs - 24 * HOUR_MS, ...starts)
  return { fromMs: Math.floor(first / HOUR_MS) * HOUR_MS, untilMs }
}
