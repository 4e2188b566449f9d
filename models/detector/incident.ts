import type { Grid } from '../series/grid.ts'

/** An anomaly as far as incidents are concerned. */
export interface IncidentMember {
  readonly id: string
  readonly account: string
  /** Who was behind most of it; null where nobody stands out. */
  readonly principal: string | null
  readonly service: string
  readonly region: string
  readonly startWindow: number
  /** null: still going on. */
  readonly endWindow: number | null
  readonly surprise: number
}

/** Anomalies that one person would look into at once. */
export interface Incident {
  readonly account: string
  readonly principal: string | null
  /** In the order of their start, then their id. */
  readonly members: readonly IncidentMember[]
  readonly startWindow: number
  /** null: one of them still goes on. */
  readonly endWindow: number | null
  /** The largest of its members. */
  readonly surprise: number
}

const GAP_MINUTES = 30
const LONGEST_MINUTES = 24 * 60

/**
 * Joins anomalies into incidents: those of one principal in one account, across Regions, or where
 * nobody stands out those of one service in one Region; at most 30 minutes apart, and begun within
 * 24 hours of the first. In the order of their start.
 */
export function incidentsOf(members: readonly IncidentMember[], grid: Grid): readonly Incident[] {
  const latest = new Map<string, number>()
  const incidents: Incident[] = []
  for (const member of [...members].sort(byStart)) {
    const about = aboutOf(member)
    const at = latest.get(about)
    const former = at === undefined ? undefined : incidents[at]
    if (at !== undefined && former !== undefined && continues(former, member, grid)) {
      incidents[at] = join(former, member)
    } else {
      latest.set(about, incidents.length)
      incidents.push(incidentOf(member))
    }
  }
  return incidents
}

function byStart(one: IncidentMember, other: IncidentMember): number {
  return one.startWindow - other.startWindow || (one.id < other.id ? -1 : 1)
}

function aboutOf({ account, principal, service, region }: IncidentMember): string {
  return JSON.stringify(principal === null ? [account, service, region] : [account, principal])
}

function continues(
  { startWindow, endWindow }: Incident,
  member: IncidentMember,
  { windowMinutes }: Grid,
): boolean {
  const gap = endWindow === null ? 0 : member.startWindow - endWindow
  const sinceStart = member.startWindow - startWindow
  return gap * windowMinutes <= GAP_MINUTES && sinceStart * windowMinutes < LONGEST_MINUTES
}

function incidentOf(member: IncidentMember): Incident {
  const { account, principal, startWindow, endWindow, surprise } = member
  return { account, principal, members: [member], startWindow, endWindow, surprise }
}

function join(former: Incident, member: IncidentMember): Incident {
  const stillOn = former.endWindow === null || member.endWindow === null
  return {
    ...former,
    members: [...former.members, member],
    endWindow: stillOn ? null : Math.max(former.endWindow, member.endWindow),
    surprise: Math.max(former.surprise, member.surprise),
  }
}
