import { type Incident, type IncidentMember, incidentsOf } from '../../../../models/index.ts'
import type { Shape } from '../simulate/account-work.ts'
import { GRID } from '../simulate/calendar.ts'

/** Which part of an alarm budget pays for it. */
export type Purse = 'dense calls' | 'pool calls' | 'errors' | 'aggregates' | 'max28'

/** An anomaly as an entrant reports it, with what is needed to hold it against labels and causes. */
export interface Reported extends IncidentMember {
  /** The API's key; of an aggregate its own. */
  readonly key: string
  readonly isAggregate: boolean
  readonly errorCode: string | null
  readonly direction: 'up' | 'down'
  readonly purse: Purse
  /** Who called most in its span. */
  readonly shape: Shape | 'intruder' | 'nobody'
  /** Calls (or errors) judged, and what was expected of them. */
  readonly count: number
  readonly expected: number
  /** One past the last window that was needed to see it. */
  readonly detectedWindow: number
  /** Windows since the series was first seen. */
  readonly ageWindows: number
  /** Windows that were judged together. */
  readonly windows: number
}

/** What one person would look into at once, with the anomalies themselves. */
export interface ReportedIncident extends Omit<Incident, 'members'> {
  readonly members: readonly Reported[]
  /** The most surprising of its members. */
  readonly peak: Reported
}

/** Joins an account's anomalies as the product does. */
export function gather(reported: readonly Reported[]): readonly ReportedIncident[] {
  const byId = new Map(reported.map((each) => [each.id, each]))
  return incidentsOf(reported, GRID).map((incident) => {
    const members = incident.members.flatMap(({ id }) => byId.get(id) ?? [])
    const peak = members.reduce((most, each) => (each.surprise > most.surprise ? each : most))
    return { ...incident, members, peak }
  })
}
