import { averagePrecision, tally } from '../../../models/index.ts'
import type { Label } from '../../base/label.ts'
import type { Settings } from '../../base/settings.ts'
import { type Insight, isAlarm } from '../../insight/insight.ts'
import type { StoreReader } from '../../store/store.ts'
import { catches, isAbout } from '../catch.ts'
import { decideAccount } from '../decide-account.ts'
import { type PerWeek, perWeek } from '../per-week.ts'
import { verdictLabels } from './verdict-labels.ts'

const WEEK_MS = 7 * 86_400_000

/** What history is judged by, beside the verdicts in the store. */
export interface BacktestAsk {
  readonly labels: readonly Label[]
  /** Insights that began in [fromMs, untilMs) count, epoch milliseconds. */
  readonly fromMs: number
  readonly untilMs: number
}

/** What settings would have brought. */
export interface BacktestResult {
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
  /** Area under the precision-recall curve over the incidents reported, ranked by score. */
  readonly averagePrecision: number | null
  /** Minutes from a label's start to the end of the window that fired. */
  readonly medianDelay: number | null
  readonly kinds: Readonly<Record<string, { readonly caught: number; readonly labelled: number }>>
}

/** Every insight that these settings would have raised on the whole history: what a run with them would leave standing. */
export function decideHistory(store: StoreReader, settings: Settings): readonly Insight[] {
  return store.accounts().flatMap(({ account }) => decideAccount(store, account, settings))
}

/**
 * Decides a store's history again with other settings and holds it against labels. Nothing is learned or scored anew, so what
 * comes out is, to the unit, what a run with these settings reports.
 */
export function backtest(store: StoreReader, settings: Settings, ask: BacktestAsk): BacktestResult {
  const isInSpan = (ms: number) => ms >= ask.fromMs && ms < ask.untilMs
  const alarms = decideHistory(store, settings).filter(
    (insight) => isAlarm(insight) && isInSpan(insight.startMs),
  )
  const labels = [...ask.labels, ...verdictLabels(store)].filter(({ startMs }) => isInSpan(startMs))
  const ranked = rankedIncidents(alarms, labels)
  const right = ranked.filter((found) => found.length > 0).length
  const { caught } = catches(labels, alarms)
  const delays = caught.flatMap(({ delay }) => (delay === null ? [] : [delay]))
  const accountWeeks = accountWeeksOf(store, ask)
  const others = ranked.length - right
  const precision = ranked.length === 0 ? null : right / ranked.length
  const missed = labels.length - delays.length
  const { recall, medianDelay } = tally({ delays, missed, others, weeks: accountWeeks })
  return {
    ...{ incidents: ranked.length, others, accountWeeks },
    othersPerWeek: perWeek(others, accountWeeks),
    ...{ labelled: labels.length, caught: delays.length, precision, recall },
    f1: f1Of(precision, recall),
    averagePrecision: averagePrecision(ranked, labels.length),
    medianDelay,
    kinds: kindsOf(caught),
  }
}

/** Incidents, most surprising first, each with the labels that its insights are about. */
function rankedIncidents(
  alarms: readonly Insight[],
  labels: readonly Label[],
): readonly (readonly number[])[] {
  const incidents = new Map<string, { score: number; readonly labels: Set<number> }>()
  for (const alarm of alarms) {
    const known = incidents.get(alarm.incident) ?? { score: alarm.peakScore, labels: new Set() }
    known.score = Math.max(known.score, alarm.peakScore)
    for (const [place, label] of labels.entries()) {
      if (isAbout(alarm, label)) known.labels.add(place)
    }
    incidents.set(alarm.incident, known)
  }
  return [...incidents.values()]
    .sort((a, b) => b.score - a.score)
    .map(({ labels: about }) => [...about])
}

function accountWeeksOf(store: StoreReader, { fromMs, untilMs }: BacktestAsk): number {
  const spans = store.accounts().map(({ firstMinute, regions }) => {
    const knownMs = Math.max(0, ...regions.map(({ watermarkMs }) => watermarkMs))
    return Math.max(0, Math.min(untilMs, knownMs) - Math.max(fromMs, firstMinute * 60_000))
  })
  return spans.reduce((sum, span) => sum + span, 0) / WEEK_MS
}

function f1Of(precision: number | null, recall: number | null): number | null {
  if (precision === null || recall === null) return null
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall)
}

function kindsOf(caught: ReturnType<typeof catches<Label>>['caught']): BacktestResult['kinds'] {
  const kinds: Record<string, { caught: number; labelled: number }> = Object.create(null)
  for (const { incident, insight } of caught) {
    kinds[incident.kind] ??= { caught: 0, labelled: 0 }
    const kind = kinds[incident.kind]
    if (kind === undefined) continue
    kind.labelled += 1
    if (insight !== null) kind.caught += 1
  }
  return kinds
}
