import type { Label } from '../base/label.ts'
import { ALL_REGIONS } from '../insight/aggregate.ts'
import { type Insight, isAlarm } from '../insight/insight.ts'

/** A labelled incident with the insight that caught it first; null: missed. */
export interface Catch<Incident extends Label = Label> {
  readonly incident: Incident
  readonly insight: Insight | null
  /** Minutes from the incident's first call to the end of the window that fired. */
  readonly delay: number | null
}

/** An anomaly that begins this long after an incident's end still belongs to it. */
export const GRACE_MS: number = 2 * 3_600_000
/** … and one that begins this long before, since windows lie on a grid and may be 24 hours long. */
const LEAD_MS = 24 * 3_600_000

/** Which labelled incidents were caught: by an insight about the calls or errors of the same account, Region and API that fired meanwhile. */
export function catches<Incident extends Label>(
  incidents: readonly Incident[],
  all: readonly Insight[],
): { readonly caught: readonly Catch<Incident>[]; readonly extra: readonly Insight[] } {
  const insights = all.filter(isAlarm)
  const caught = incidents.map((incident): Catch<Incident> => {
    const hits = insights
      .filter((insight) => isAbout(insight, incident))
      .sort((a, b) => a.detectedMs - b.detectedMs)
    const insight = hits[0] ?? null
    return {
      incident,
      insight,
      delay: insight && Math.max(0, (insight.detectedMs - incident.startMs) / 60_000),
    }
  })
  const extra = insights.filter(
    (insight) => !incidents.some((incident) => isAbout(insight, incident)),
  )
  return { caught, extra }
}

/** Whether an alarm is about a labelled incident: the same account, Region, API or caller, at its time. */
export function isAbout(insight: Insight, incident: Label): boolean {
  return (
    isIn(incident.account, insight.account) &&
    (isIn(incident.region, insight.region) || insight.region === ALL_REGIONS) &&
    insight.startMs >= incident.startMs - LEAD_MS &&
    insight.detectedMs > incident.startMs &&
    insight.detectedMs <= incident.endMs + GRACE_MS &&
    (incident.kind === 'drop') === (insight.direction === 'down') &&
    (insight.aggregate === null ? isAboutApi(insight, incident) : isBy(insight, incident))
  )
}

const isIn = (wanted: string | null, value: string): boolean => wanted === null || wanted === value

function isAboutApi(insight: Insight, incident: Label): boolean {
  return (
    (incident.eventSource === null || insight.eventSource === incident.eventSource) &&
    (incident.eventName === null || insight.eventName === incident.eventName) &&
    (incident.eventName !== null || incident.principal === null || isBy(insight, incident))
  )
}

function isBy({ principal }: Insight, incident: Label): boolean {
  return principal !== null && principal === incident.principal
}
