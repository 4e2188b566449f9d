import { type Interval, poissonInterval } from '../../../../models/index.ts'
import type { AccountKind } from '../simulate/account-work.ts'
import { PER_WEEK } from '../simulate/calendar.ts'
import type { Purse, ReportedIncident } from './reported.ts'

/** What one clean account brought at one budget. */
export interface Heard {
  readonly kind: AccountKind
  readonly fromWindow: number
  readonly weeks: number
  readonly incidents: readonly ReportedIncident[]
}

/** Incidents per account-week, with the interval that chance leaves open. */
export interface Rate extends Interval {
  readonly incidents: number
  readonly weeks: number
  readonly perWeek: number
}

/** How much noise a budget brought, in all and apart. */
export interface Noise {
  readonly pooled: Rate
  readonly byKind: ReadonlyMap<AccountKind, Rate>
  readonly byPurse: ReadonlyMap<Purse, Rate>
  /** By how long the account had been known, per week of that age. */
  readonly byAge: ReadonlyMap<string, Rate>
}

/** Ages of an account in weeks: `[from, until)`. */
const AGES = [
  { name: 'first week', from: 0, until: 1 },
  { name: 'weeks 2-4', from: 1, until: 4 },
  { name: 'later', from: 4, until: Number.POSITIVE_INFINITY },
]

const PURSES: readonly Purse[] = ['dense calls', 'pool calls', 'errors', 'aggregates']

/** Weeks of an account's windows. */
export function weeksOf(windows: {
  readonly fromWindow: number
  readonly untilWindow: number
}): number {
  return (windows.untilWindow - windows.fromWindow) / PER_WEEK
}

/** Sums up clean accounts at one budget. An incident belongs to the purse of its most surprising member. */
export function noiseOf(heard: readonly Heard[]): Noise {
  const kinds = [...new Set(heard.map(({ kind }) => kind))]
  return {
    pooled: rateOf(heard),
    byKind: new Map(
      kinds.map((kind) => [kind, rateOf(heard.filter((each) => each.kind === kind))]),
    ),
    byPurse: new Map(
      PURSES.map((purse) => [purse, rateOf(heard, ({ peak }) => peak.purse === purse)]),
    ),
    byAge: new Map(AGES.map((age) => [age.name, rateOf(heard.map((each) => atAge(each, age)))])),
  }
}

/** The part of what an account brought that lies in an age. */
function atAge(heard: Heard, { from, until }: (typeof AGES)[number]): Heard {
  const { fromWindow, weeks, incidents } = heard
  return {
    ...heard,
    weeks: Math.max(0, Math.min(weeks, until) - from),
    incidents: incidents.filter(({ startWindow }) => {
      const age = (startWindow - fromWindow) / PER_WEEK
      return age >= from && age < until
    }),
  }
}

function rateOf(
  heard: readonly Heard[],
  counts: (incident: ReportedIncident) => boolean = () => true,
): Rate {
  const weeks = heard.reduce((sum, each) => sum + each.weeks, 0)
  const incidents = heard.reduce((sum, each) => sum + each.incidents.filter(counts).length, 0)
  const { low, high } = poissonInterval(incidents)
  return { incidents, weeks, perWeek: incidents / weeks, low: low / weeks, high: high / weeks }
}
