import {
  decide,
  episodesOf,
  type Score,
  type Sensitivity,
  type Told,
  unsaid,
  withOverride,
} from '../../../models/index.ts'
import type { Override } from '../../base/overrides.ts'
import { type AggregateSubject, aggregateKey, poolOf } from '../../insight/aggregate.ts'
import type { Insight } from '../../insight/insight.ts'
import type { StoreReader } from '../../store/store.ts'
import { countsOf, type JudgedCounts } from '../drops/judged-counts.ts'
import { overridesFor, together } from '../overrides.ts'
import { aggregateInsight } from './aggregate-insight.ts'
import { untilOf } from './aggregate-series.ts'

/** What an account is decided with. */
export interface AggregateDecision {
  readonly account: string
  readonly firstMinute: number
  /** First window that is not complete yet, by Region. */
  readonly complete: ReadonlyMap<string, number>
  readonly sensitivityAt: (window: number) => Sensitivity
  /** Under it nothing is told at any window. */
  readonly leastSurprise: number
  readonly judged: JudgedCounts
  readonly windowMinutes: number
}

/** The insights about an account's aggregates, from their stored scores. */
export function aggregateInsights(
  store: StoreReader,
  decision: AggregateDecision,
  overrides: readonly Override[],
): readonly Insight[] {
  const { account, complete, judged, leastSurprise, sensitivityAt, windowMinutes } = decision
  return scoresBySubject(store, account, leastSurprise).flatMap(({ subject, scores }) => {
    const override = together(overridesFor(overrides, { account, subject }))
    const verdictOf = (score: Score) =>
      decide(score, withOverride(sensitivityAt(score.untilWindow), override), poolOf(subject))
    const grid = { windowMinutes, untilWindow: untilOf(subject, complete) }
    return episodesOf(scores, verdictOf, grid).map((episode) =>
      aggregateInsight(countsOf(judged, episode, windowMinutes), {
        ...{ ...decision, subject, episode },
      }),
    )
  })
}

/** What was kept of one aggregate. */
export interface ScoresOfSubject {
  readonly subject: AggregateSubject
  readonly scores: Score[]
}

/** An account's stored scores of aggregates apart by what they sum, each in order of time; those that surprise less than asked for may be left out. */
export function scoresBySubject(
  store: StoreReader,
  account: string,
  leastSurprise?: number,
): readonly ScoresOfSubject[] {
  const apart = new Map<string, ScoresOfSubject>()
  for (const { subject, score } of store.aggregateScores(account, leastSurprise)) {
    const key = aggregateKey(subject)
    const known = apart.get(key)
    if (known === undefined) apart.set(key, { subject, scores: [score] })
    else known.scores.push(score)
  }
  return [...apart.values()]
}

/** The sums that say something new beside the insights about single APIs. */
export function newSums(
  sums: readonly Insight[],
  insights: readonly Insight[],
  windowMs: number,
): readonly Insight[] {
  const told = sums.map((insight) => ({ ...toldOf(insight, windowMs), insight }))
  const others = insights.map((insight) => toldOf(insight, windowMs))
  return unsaid(told, others).map(({ insight }) => insight)
}

/** An insight as far as it matters what others say already. */
export function toldOf(insight: Insight, windowMs: number): Told {
  const { eventSource, eventName, region, direction, principal, aggregate } = insight
  return {
    ...{ api: `${eventSource}:${eventName}`, region, direction, principal },
    startWindow: insight.startMs / windowMs,
    endWindow: insight.endMs === null ? null : insight.endMs / windowMs,
    ...{ surprise: insight.peakScore, count: insight.trigger.count },
    sum: aggregate && {
      ...{ kind: aggregate.kind, scope: aggregate.scope },
      mostly: mostOf(insight),
    },
  }
}

/** The API that made at least half of denied calls. */
function mostOf({ aggregate, episode, trigger }: Insight): string | null {
  const first = aggregate?.topApis[0]
  if (first === undefined || aggregate?.kind !== 'denials') return null
  return 2 * first.calls >= (episode ?? trigger).count ? first.api : null
}
