import { type Incident, OVERVIEW_FIELDS, type OverviewInsight } from '../api/answers.ts'
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
  const [{ items: insights, isWhole }, knownUntilMs] = await Promise.all([
    listed<OverviewInsight>('/v1/insights', query, MOST_PAGES),
    knownUntil(),
  ])
  const span = spanAround(insights, knownUntilMs)
  early({ insights, incidents: null, span, isWhole })
  const from = isWhole ? null : insights.at(-1)?.startTime
  const incidents = await listed<Incident>('/v1/incidents', { from }, MOST_PAGES)
  return { insights, incidents: incidents.items, span, isWhole: isWhole && incidents.isWhole }
}

/** Null for those who may not read about all accounts together. */
async function knownUntil(): Promise<number | null> {
  try {
    const { regions } = await ask<{ regions: readonly { knownUntil: string | null }[] }>(
      '/v1/coverage',
    )
    return Math.max(...regions.map((region) => Date.parse(region.knownUntil ?? '') || 0))
  } catch {
    return null
  }
}

function spanAround(insights: readonly OverviewInsight[], knownUntilMs: number | null): Span {
  const starts = insights.map(({ startTime }) => Date.parse(startTime))
  const ends = insights.map(({ startTime, endTime }) => Date.parse(endTime ?? startTime))
  const last = Math.max(knownUntilMs ?? 0, ...ends)
  const untilMs = Math.ceil((last > 0 ? last : Date.now()) / HOUR_MS) * HOUR_MS
  const first = Math.min(untilMs - 24 * HOUR_MS, ...starts)
  return { fromMs: Math.floor(first / HOUR_MS) * HOUR_MS, untilMs }
}
