import type { Insight } from '../insight/insight.ts'
import { recordsOf } from '../insight/record.ts'
import { insightView } from '../insight/view.ts'
import { safeJson } from './safe.ts'

/** One insight a line, each as over HTTP. Empty text for none. */
export function insightsAsNdjson(insights: readonly Insight[]): string {
  return linesOf(insights.map(insightView))
}

/** One JSON array, an insight a line, each as over HTTP. */
export function insightsAsJson(insights: readonly Insight[]): string {
  const rows = insights.map((insight) => `\n  ${safeJson(insightView(insight))}`)
  return rows.length === 0 ? '[]\n' : `[${rows.join(',')}\n]\n`
}

/** One CloudTrail Insights record a line: Start, and End where there is one. */
export function recordsAsNdjson(
  insights: readonly Insight[],
  options: { readonly strict: boolean },
): string {
  return linesOf(insights.flatMap((insight) => recordsOf(insight, options)))
}

function linesOf(values: readonly unknown[]): string {
  return values.map((value) => `${safeJson(value)}\n`).join('')
}
