import {
  accountBudget,
  decide,
  episodesOf,
  incidentsOf,
  leastTold,
  type Score,
  type Sensitivity,
  type Verdict,
  withOverride,
} from '../../models/index.ts'
import type { Override } from '../base/overrides.ts'
import type { Settings } from '../base/settings.ts'
import { incidentId } from '../insight/identity.ts'
import type { Insight } from '../insight/insight.ts'
import { selectionOf } from '../insight/selection.ts'
import { type Silence, silenceOf } from '../insight/silence.ts'
import type { SeriesRow, StoreReader } from '../store/store.ts'
import { completeWindows } from './account-history.ts'
import {
  type AggregateDecision,
  aggregateInsights,
  newSums,
} from './aggregates/aggregate-insights.ts'
import { countsOf, judgedCounts } from './drops/judged-counts.ts'
import { insightOf, isRead } from './insight-of.ts'
import { newApiInsights } from './new-apis.ts'
import { overridesFor, together } from './overrides.ts'
import { inOrderOfFirst, scoresBySeries } from './scores-by-series.ts'

/** What the settings allow an account at a moment: grows stricter as the organisation's accounts become known. */
export type SensitivityAt = (window: number) => Sensitivity

/**
 * Every insight of one account, from its stored scores: episodes by series, code and direction and of aggregates, put into
 * words, gathered into incidents; beside them first calls of an API, as information. Nothing is learned or scored here, so that another sensitivity is exact and quick.
 * `onSilenced` is told what suppressions and calendars kept back.
 */
export function decideAccount(
  store: StoreReader,
  account: string,
  settings: Settings,
  onSilenced: (insight: Insight, silence: Silence) => void = () => {},
): readonly Insight[] {
  const decision = decisionOf(store, account, settings)
  const told = seriesInsights(store, decision, settings)
  const alarms = told.map(({ insight }) => insight)
  const windowMs = settings.windowMinutes * 60_000
  const isSelected = selectionOf(store.selectorChanges())
  const unusual = new Map(told.map(({ insight, unusualMs }) => [insight.id, unusualMs]))
  const heard = (insights: readonly Insight[]) =>
    insights.filter(isSelected).filter((insight) => {
      const silence = silenceOf(settings, insight, unusual.get(insight.id))
      if (silence !== undefined) onSilenced(insight, silence)
      return silence === undefined
    })
  if (settings.profile === 'insights') return withIncidents(heard(alarms), windowMs)
  // What is silenced still stands for its sums: else silencing one would raise the other.
  const sums = newSums(aggregateInsights(store, decision, settings.overrides), alarms, windowMs)
  return [
    ...withIncidents(heard([...alarms, ...sums]), windowMs),
    ...heard(newApiInsights(store, { ...decision, alarms }, settings)),
  ]
}

function decisionOf(store: StoreReader, account: string, settings: Settings): AggregateDecision {
  const { windowMinutes } = settings
  const sensitivityAt = sensitivityOf(store, settings)
  const known = store.accounts().find((each) => each.account === account)
  const span = { untilMinute: Number.POSITIVE_INFINITY, windowMinutes }
  return {
    ...{ account, windowMinutes },
    firstMinute: known?.firstMinute ?? Number.POSITIVE_INFINITY,
    complete: completeWindows(store, account, span),
    ...{ sensitivityAt, leastSurprise: leastAsked(sensitivityAt, settings.overrides) },
    judged: judgedCounts(store, settings),
  }
}

/** A surprise under which nothing is told at any window, whatever is turned for some series only. */
function leastAsked(sensitivityAt: SensitivityAt, overrides: readonly Override[]): number {
  // The fewer accounts are known, the larger the part of each of them in an organisation's budget.
  const loosest = sensitivityAt(Number.NEGATIVE_INFINITY)
  const budgetTimes = Math.max(1, ...overrides.map((override) => override.budgetTimes ?? 1))
  return leastTold(withOverride(loosest, { budgetTimes, floors: {} }))
}

/** An insight, and where in the window that fired the unusual stretch begins. */
interface ToldInsight {
  readonly insight: Insight
  readonly unusualMs: number
}

function seriesInsights(
  store: StoreReader,
  { account, complete, judged, leastSurprise, sensitivityAt, windowMinutes }: AggregateDecision,
  settings: Settings,
): readonly ToldInsight[] {
  const windowMs = windowMinutes * 60_000
  const told: { readonly first: Score; readonly insight: ToldInsight }[] = []
  for (const { series, errorCode, scores } of scoresBySeries(store, account, leastSurprise)) {
    if (isOutOfProfile(series, errorCode, settings)) continue
    const direction = scores[0]?.direction ?? 'up'
    const override = together(overridesFor(settings.overrides, { series, errorCode, direction }))
    const verdictOf = (score: Score): Verdict =>
      decide(score, withOverride(sensitivityAt(score.untilWindow), override))
    const grid = { windowMinutes, untilWindow: complete.get(series.region) ?? 0 }
    for (const episode of episodesOf(scores, verdictOf, grid)) {
      const insight = insightOf(countsOf(judged, episode, windowMinutes), {
        ...{ series, errorCode, episode, windowMs },
      })
      const unusualMs = episode.trigger.hotFromWindow * windowMs
      told.push({ first: episode.trigger, insight: { insight, unusualMs } })
    }
  }
  return inOrderOfFirst(told).map(({ insight }) => insight)
}

/** The budget of one account at a window: its own, or its part of the organisation's, whichever is stricter. */
export function sensitivityOf(store: StoreReader, settings: Settings): SensitivityAt {
  const firsts = store
    .accounts()
    .map(({ firstMinute }) => firstMinute)
    .sort((a, b) => a - b)
  const { alarmBudget, shares, floors, windowMinutes } = settings
  return (window) => {
    const minute = window * windowMinutes
    const known = firsts.filter((first) => first <= minute).length
    return {
      alarmBudget: accountBudget(alarmBudget, known),
      shares,
      floors,
    }
  }
}

/** The `insights` profile looks at the call rate of writes only, as AWS does. */
export function isOutOfProfile(
  series: SeriesRow,
  errorCode: string | null,
  { profile }: Pick<Settings, 'profile'>,
): boolean {
  return (
    profile === 'insights' &&
    errorCode === null &&
    series.category === 'Management' &&
    isRead(series)
  )
}

function withIncidents(insights: readonly Insight[], windowMs: number): readonly Insight[] {
  const members = insights.map((insight) => ({
    id: insight.id,
    account: insight.account,
    principal: insight.principal,
    service: insight.eventSource,
    region: insight.region,
    startWindow: insight.startMs / windowMs,
    endWindow: insight.endMs === null ? null : insight.endMs / windowMs,
    surprise: insight.peakScore,
  }))
  const incidentOf = new Map<string, string>()
  for (const { members: together } of incidentsOf(members, { windowMinutes: windowMs / 60_000 })) {
    const id = incidentId(together[0]?.id ?? '')
    for (const member of together) incidentOf.set(member.id, id)
  }
  return insights.map((insight) => ({
    ...insight,
    incident: incidentOf.get(insight.id) ?? insight.incident,
  }))
}
