import type { AccountWork } from '../simulate/account-work.ts'
import { PER_DAY } from '../simulate/calendar.ts'
import type { Reported, ReportedIncident } from './reported.ts'

/** Incidents of clean accounts that are alike. */
export interface Offender {
  /** Who made them, what law judged, when. */
  readonly what: string
  readonly incidents: number
  readonly examples: readonly string[]
}

const EXAMPLES = 4
/** Days after a change for good in which it is named as the cause. */
const CHANGE_DAYS = 3

/** What made noise, most of it first. */
export function offendersOf(
  heard: readonly { readonly work: AccountWork; readonly incidents: readonly ReportedIncident[] }[],
): readonly Offender[] {
  const groups = new Map<string, string[]>()
  for (const { work, incidents } of heard) {
    for (const incident of incidents) {
      const what = describe(work, incident.peak)
      const examples = groups.get(what) ?? []
      groups.set(what, [...examples, exampleOf(work, incident)])
    }
  }
  return [...groups]
    .map(([what, examples]) => ({
      what,
      incidents: examples.length,
      examples: examples.slice(0, EXAMPLES),
    }))
    .sort((one, other) => other.incidents - one.incidents || (one.what < other.what ? -1 : 1))
}

function describe(work: AccountWork, peak: Reported): string {
  const { shape, purse, direction, ageWindows } = peak
  const cause = causeOf(work, peak)
  return `${shape}, ${purse} ${direction}, ${ageOf(ageWindows)}${cause === null ? '' : `, ${cause}`}`
}

function ageOf(windows: number): string {
  const days = windows / PER_DAY
  if (days < 1) return 'first day'
  if (days < 14) return 'first 14 days'
  return days < 30 ? 'first 30 days' : 'older'
}

/** The change for good that it follows, by the same caller or in the new Region. */
function causeOf({ changes }: AccountWork, peak: Reported): string | null {
  const found = changes.find(({ window, what }) => {
    const days = (peak.startWindow - window) / PER_DAY
    return days > -1 && days <= CHANGE_DAYS && (what === peak.principal || what === peak.region)
  })
  return found === undefined ? null : `after a ${found.kind}`
}

function exampleOf(work: AccountWork, { peak, members, principal }: ReportedIncident): string {
  const day = (peak.startWindow - work.fromWindow) / PER_DAY
  const about = peak.errorCode === null ? peak.key : `${peak.key} ${peak.errorCode}`
  return [
    `${work.kind} ${work.seed} day ${day.toFixed(1)}: ${about}`,
    `${peak.count} in ${peak.windows} windows, expected ${peak.expected.toFixed(1)}`,
    `surprise ${peak.surprise.toFixed(1)}, ${members.length} members, ${principal ?? 'nobody'}`,
  ].join('; ')
}
