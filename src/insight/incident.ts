import { rfc3339 } from '../base/times.ts'
import type { Insight } from './insight.ts'
import { serviceOf } from './service.ts'
import { type SeverityWord, severityWord } from './severity.ts'

/** Insights that belong together, as one burst of one caller does; at least one. */
export interface Incident {
  readonly id: string
  /** Worst first. */
  readonly insights: readonly Insight[]
  readonly account: string
  readonly state: Insight['state']
  readonly startMs: number
  /** Null while one of its insights lasts. */
  readonly endMs: number | null
  /** 0 to 100, of the worst. */
  readonly severity: number
  /** The caller behind all of it; null: there are several, or none is known. */
  readonly principal: string | null
  /** `service:Action`, each once. */
  readonly apis: readonly string[]
}

/** The incident that insights are. */
export function incidentFrom(id: string, members: readonly Insight[]): Incident {
  const insights = members.toSorted(worstFirst)
  const open = insights.some(({ state }) => state === 'open')
  const principals = new Set(insights.map(({ principal }) => principal))
  const [principal = null] = principals
  return {
    ...{ id, insights },
    account: insights[0]?.account ?? '',
    state: open ? 'open' : 'closed',
    startMs: Math.min(...insights.map(({ startMs }) => startMs)),
    endMs: open ? null : Math.max(...insights.map(({ endMs }) => endMs ?? 0)),
    severity: Math.max(...insights.map(({ severity }) => severity)),
    principal: principals.size === 1 ? principal : null,
    apis: [...new Set(insights.map(apiOf))],
  }
}

/** What an incident is, without its insights, for machines: times RFC 3339 in UTC. */
export interface IncidentView {
  readonly id: string
  readonly account: string
  readonly state: Insight['state']
  readonly startTime: string
  readonly endTime: string | null
  readonly severity: number
  readonly severityWord: SeverityWord
  readonly principal: string | null
  readonly apis: readonly string[]
  readonly insightCount: number
}

/** An incident as JSON, without its insights. */
export function incidentView(incident: Incident): IncidentView {
  const { id, account, state, startMs, endMs, severity, principal, apis, insights } = incident
  return {
    ...{ id, account, state },
    startTime: rfc3339(startMs),
    endTime: endMs === null ? null : rfc3339(endMs),
    ...{ severity, severityWord: severityWord(severity), principal, apis },
    insightCount: insights.length,
  }
}

function worstFirst(a: Insight, b: Insight): number {
  return b.severity - a.severity || a.startMs - b.startMs || (a.id < b.id ? -1 : 1)
}

function apiOf({ eventSource, eventName }: Insight): string {
  return `${serviceOf(eventSource)}:${eventName}`
}
