import { averagePrecision } from './average-precision.ts'
import { type PerWeek, perWeek } from './per-week.ts'
import { tally } from './tally.ts'

/** An alarm, and the labels (by place) that it is about. */
export interface JudgedAlarm {
  /** Which incident it belongs to. */
  readonly incident: string
  readonly surprise: number
  /** When the window that fired ended, epoch milliseconds. */
  readonly detectedMs: number
  readonly labels: readonly number[]
}

/** A labelled incident, as far as judging needs it. */
export interface JudgedLabel {
  readonly kind: string
  /** Its first call, epoch milliseconds. */
  readonly startMs: number
}

/** How well a history's alarms meet its labels. */
export interface JudgedHistory {
  /** Incidents reported. */
  readonly incidents: number
  /** Those about no label: false alarms, as far as the labels are complete. */
  readonly others: number
  /** Accounts times weeks looked at. */
  readonly accountWeeks: number
  /** `others` an account-week, with the exact 95 % interval of a Poisson mean. */
  readonly othersPerWeek: PerWeek
  readonly labelled: number
  readonly caught: number
  /** Share of incidents that are about a label; null where there are no incidents. */
  readonly precision: number | null
  /** Share of labels that were caught; null where there are no labels. */
  readonly recall: number | null
  /** Harmonic mean of the two. */
  readonly f1: number | null
  /** Area under the precision-recall curve over the incidents reported, ranked by surprise. */
  readonly averagePrecision: number | null
  /** Minutes from a label's start to the end of the window that fired. */
  readonly medianDelay: number | null
  readonly kinds: Readonly<Record<string, { readonly caught: number; readonly labelled: number }>>
}

/** Holds alarms against labels, over `accountWeeks` accounts times weeks, 0 or more. A label is caught by the alarm about it that fired first. */
export function judgeAlarms(
  alarms: readonly JudgedAlarm[],
  labels: readonly JudgedLabel[],
  accountWeeks: number,
): JudgedHistory {
  const ranked = rankedIncidents(alarms)
  const right = ranked.filter((found) => found.length > 0).length
  const delays = delaysOf(alarms, labels)
  const known = delays.flatMap((delay) => (delay === null ? [] : [delay]))
  const others = ranked.length - right
  const precision = ranked.length === 0 ? null : right / ranked.length
  const missed = labels.length - known.length
  const { recall, medianDelay } = tally({ delays: known, missed, others, weeks: accountWeeks })
  return {
    ...{ incidents: ranked.length, others, accountWeeks },
    othersPerWeek: perWeek(others, accountWeeks),
    ...{ labelled: labels.length, caught: known.length, precision, recall },
    f1: f1Of(precision, recall),
    averagePrecision: averagePrecision(ranked, labels.length),
    medianDelay,
    kinds: kindsOf(labels, delays),
  }
}

/** Incidents, most surprising first, each with the labels that its alarms are about. */
function rankedIncidents(alarms: readonly JudgedAlarm[]): readonly (readonly number[])[] {
  const incidents = new Map<string, { surprise: number; readonly labels: Set<number> }>()
  for (const { incident, surprise, labels } of alarms) {
    const known = incidents.get(incident) ?? { surprise, labels: new Set() }
    known.surprise = Math.max(known.surprise, surprise)
    for (const label of labels) known.labels.add(label)
    incidents.set(incident, known)
  }
  return [...incidents.values()]
    .sort((a, b) => b.surprise - a.surprise)
    .map(({ labels }) => [...labels].sort((a, b) => a - b))
}

/** Minutes until each label's first alarm; null where it has none. */
function delaysOf(
  alarms: readonly JudgedAlarm[],
  labels: readonly JudgedLabel[],
): readonly (number | null)[] {
  return labels.map(({ startMs }, place) => {
    const about = alarms.filter((alarm) => alarm.labels.includes(place))
    if (about.length === 0) return null
    return Math.max(0, (Math.min(...about.map(({ detectedMs }) => detectedMs)) - startMs) / 60_000)
  })
}

function f1Of(precision: number | null, recall: number | null): number | null {
  if (precision === null || recall === null) return null
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall)
}

function kindsOf(
  labels: readonly JudgedLabel[],
  delays: readonly (number | null)[],
): JudgedHistory['kinds'] {
  const kinds: Record<string, { caught: number; labelled: number }> = Object.create(null)
  for (const [place, { kind }] of labels.entries()) {
    const { caught, labelled } = kinds[kind] ?? { caught: 0, labelled: 0 }
    kinds[kind] = { caught: caught + (delays[place] === null ? 0 : 1), labelled: labelled + 1 }
  }
  return kinds
}
