import { decide, episodesOf, type Score, type Sensitivity } from '../../../models/index.ts'
import { type AggregateSubject, aggregateKey, poolOf } from '../../insight/aggregate.ts'
import type { Insight } from '../../insight/insight.ts'
import type { StoreReader } from '../../store/store.ts'
import { aggregateInsight } from './aggregate-insight.ts'
import { untilOf } from './aggregate-series.ts'

/** What an account is decided with. */
export interface AggregateDecision {
  readonly account: string
  readonly firstMinute: number
  /** First window that is not complete yet, by Region. */
  readonly complete: ReadonlyMap<string, number>
  readonly sensitivityAt: (window: number) => Sensitivity
  readonly windowMinutes: number
}

/** The insights about an account's aggregates, from their stored scores. */
export function aggregateInsights(
  store: StoreReader,
  decision: AggregateDecision,
): readonly Insight[] {
  const { account, complete, sensitivityAt, windowMinutes } = decision
  return scoresBySubject(store, account).flatMap(({ subject, scores }) => {
    const verdictOf = (score: Score) =>
      decide(score, sensitivityAt(score.untilWindow), poolOf(subject))
    const grid = { windowMinutes, untilWindow: untilOf(subject, complete) }
    return episodesOf(scores, verdictOf, grid).map((episode) =>
      aggregateInsight(store, { ...decision, subject, episode }),
    )
  })
}

interface ScoresOfSubject {
  readonly subject: AggregateSubject
  readonly scores: Score[]
}

function scoresBySubject(store: StoreReader, account: string): readonly ScoresOfSubject[] {
  const apart = new Map<string, ScoresOfSubject>()
  for (const { subject, score } of store.aggregateScores(account)) {
    const key = aggregateKey(subject)
    const known = apart.get(key)
    if (known === undefined) apart.set(key, { subject, scores: [score] })
    else known.scores.push(score)
  }
  return [...apart.values()]
}

/**
 * The sums that say something new. A Region's is left to the caller's own, where one caller is behind it and has one of
 * the same kind; of one caller's different APIs and those new to it, where most of them are new, the less surprising to
 * the other; a sum of calls to the API that made at least half of them, where that has an insight of its own. Sums of
 * APIs are about many of them, and are never said by one.
 */
export function unsaid(sums: readonly Insight[], insights: readonly Insight[]): readonly Insight[] {
  return sums.filter(
    (sum) =>
      !sums.some((other) => isCallersOwn(other, sum) || saysMore(other, sum)) &&
      !insights.some((insight) => isMostOf(insight, sum)),
  )
}

function isCallersOwn(own: Insight, sum: Insight): boolean {
  return (
    sum.aggregate?.scope === 'region' &&
    own.aggregate?.scope === 'principal' &&
    own.aggregate.kind === sum.aggregate.kind &&
    own.principal === sum.principal &&
    overlap(own, sum)
  )
}

/** The APIs one caller turned to, and those of them that are new to it: one sweep, told once. */
function saysMore(other: Insight, sum: Insight): boolean {
  const isOfCaller = [other, sum].every(({ aggregate }) => aggregate?.scope === 'principal')
  const [all, fresh] = other.aggregate?.kind === 'distinct' ? [other, sum] : [sum, other]
  return (
    isOfCaller &&
    all.aggregate?.kind === 'distinct' &&
    fresh.aggregate?.kind === 'newcomers' &&
    2 * fresh.trigger.count >= all.trigger.count &&
    other.principal === sum.principal &&
    other.peakScore > sum.peakScore &&
    overlap(other, sum)
  )
}

function isMostOf(insight: Insight, sum: Insight): boolean {
  const { kind, scope, topApis } = sum.aggregate ?? {}
  const first = topApis?.[0]
  if (first === undefined || kind !== 'denials') return false
  return (
    2 * first.calls >= (sum.episode ?? sum.trigger).count &&
    `${insight.eventSource}:${insight.eventName}` === first.api &&
    (scope === 'principal' || insight.region === sum.region) &&
    insight.direction === 'up' &&
    overlap(insight, sum)
  )
}

function overlap(one: Insight, other: Insight): boolean {
  return (
    one.startMs < (other.endMs ?? Number.POSITIVE_INFINITY) &&
    other.startMs < (one.endMs ?? Number.POSITIVE_INFINITY)
  )
}
