import type { Incident, OverviewInsight } from '../api/answers.ts'
import { callerOf, type Grouping } from '../lanes/groupings.ts'
import { overlap, type Span, spanOf } from '../lanes/lanes.ts'
import { leastOf } from '../state/severity.ts'
import type { View } from '../state/view.ts'
import { apiOf, serviceOf } from '../state/words.ts'

/** What a view lets through. */
export interface Chosen {
  readonly least: number
  readonly account: string | null
  readonly text: string
  readonly service: string | null
  readonly api: string | null
  readonly caller: string | null
}

/** The filter of a view. */
export function chosenFrom(view: View): Chosen {
  const { severity, account, text, service, api, caller } = view
  return {
    ...{ least: leastOf(severity), account, text: (text ?? '').toLowerCase() },
    ...{ service, api, caller },
  }
}

/** Insights for the lanes: what is chosen in these narrows nothing down here. */
export function insightsIn(
  insights: readonly OverviewInsight[],
  { least, account: chosen, text }: Chosen,
  by: Grouping,
): readonly OverviewInsight[] {
  const account = by.lanes === 'account' ? null : chosen
  return insights.filter(
    (insight) =>
      insight.severity >= least &&
      (account === null || insight.account === account) &&
      saysOf(insight).includes(text),
  )
}

/** Incidents that have an insight of what is chosen, within a span. */
export function incidentsIn(
  incidents: readonly Incident[],
  { least, account, text, service, api, caller }: Chosen,
  span: Span,
): readonly Incident[] {
  return incidents.filter(
    (incident) =>
      incident.severity >= least &&
      (account === null || incident.account === account) &&
      incident.insights.some(
        (insight) =>
          overlap(spanOf(insight), span) &&
          saysOf(insight).includes(text) &&
          (service === null || serviceOf(insight.eventSource) === service) &&
          (api === null || apiOf(insight.eventSource, insight.eventName) === api) &&
          (caller === null || callerOf(insight) === caller),
      ),
  )
}

/** The newest first, as they come, or the most severe. */
export function ordered(incidents: readonly Incident[], order: string | null): readonly Incident[] {
  return order === 'severity' ? incidents.toSorted((a, b) => b.severity - a.severity) : incidents
}

/** All that text is looked for in. */
function saysOf(insight: OverviewInsight): string {
  const { eventSource, eventName, errorCode, principal, account, explanation } = insight
  return [
    `${serviceOf(eventSource)}:${apiOf(eventSource, eventName)}`,
    `${eventSource}:${eventName}`,
    ...[errorCode ?? '', principal ?? '', account, explanation],
  ]
    .join('\n')
    .toLowerCase()
}
