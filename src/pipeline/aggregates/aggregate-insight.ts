import { type Episode, rarityInAccount, severityOf, termsOf } from '../../../models/index.ts'
import { weekHour } from '../../base/times.ts'
import {
  AGGREGATE_NAMES,
  AGGREGATE_SOURCE,
  type AggregateFacts,
  type AggregateSubject,
  ALL_REGIONS,
} from '../../insight/aggregate.ts'
import { aggregateSentence } from '../../insight/aggregate-sentence.ts'
import { baselineSpan, rateOver } from '../../insight/averages.ts'
import { type InsightSubject, insightId } from '../../insight/identity.ts'
import type { Insight, RateOverSpan } from '../../insight/insight.ts'
import { type Principal, principalOf } from '../../insight/principal.ts'
import type { StoreReader } from '../../store/store.ts'
import { type AggregateEvidence, evidenceOf, type Minutes, sumOver } from './aggregate-evidence.ts'
import { topApis } from './top-apis.ts'

/** One episode of one aggregate, to be put into words. */
export interface EpisodeOfAggregate {
  readonly account: string
  readonly subject: AggregateSubject
  readonly episode: Episode
  readonly windowMinutes: number
  /** The account's first call. */
  readonly firstMinute: number
}

/** An episode of an aggregate as an insight: how much, who, and the APIs behind it. */
export function aggregateInsight(store: StoreReader, question: EpisodeOfAggregate): Insight {
  const { account, subject, episode, windowMinutes } = question
  const { trigger, peak } = episode
  const windowMs = windowMinutes * 60_000
  const startMs = episode.startWindow * windowMs
  const endMs = episode.endWindow === null ? null : episode.endWindow * windowMs
  const firedMs = trigger.untilWindow * windowMs
  const base = baselineSpan(startMs)
  const evidence = evidenceOf(store, {
    ...question,
    fromMinute: base.fromMs / 60_000,
    untilMinute: Math.max(firedMs, endMs ?? 0) / 60_000,
  })
  const over = (fromMs: number, untilMs: number): RateOverSpan => {
    const span = { from: fromMs / windowMs, until: untilMs / windowMs }
    return rateOver(sumOver(evidence.counts, span), fromMs, untilMs)
  }
  const spans = {
    baseline: over(base.fromMs, base.untilMs),
    trigger: over(trigger.fromWindow * windowMs, firedMs),
    episode: endMs === null ? null : over(startMs, endMs),
  }
  const principal = principalBehind(evidence, subject, spans)
  const aggregate = factsOf(evidence, subject, spans)
  const about = aboutOf(account, subject, startMs)
  const { principal: caller } = subject
  return {
    id: insightId({ ...about, eventName: JSON.stringify([about.eventName, caller]) }),
    ...about,
    ...{ state: endMs === null ? 'open' : 'closed', endMs, detectedMs: firedMs, ...spans },
    ...{ expected: trigger.expected, low: trigger.low, high: trigger.high },
    ...{ score: rarityInAccount(trigger.surprise), peakScore: rarityInAccount(peak.surprise) },
    severity: severityOf(peak.surprise),
    ...{
      firstSeen: false,
      unconfirmedLevel: false,
      readOnly: false,
      principal: principal?.value ?? null,
      aggregate,
    },
    ...{ incident: '', attributions: [], episodeAttributions: endMs === null ? null : [] },
    explanation: sentenceOf(question, evidence, {
      ...{ trigger: spans.trigger, principal, scope: aggregate.scope },
    }),
    arithmetic: termsOf(trigger),
  }
}

function aboutOf(
  account: string,
  { aggregate, region }: AggregateSubject,
  startMs: number,
): InsightSubject {
  return {
    ...{ account, region: region ?? ALL_REGIONS, category: 'Aggregate' },
    ...{ eventSource: AGGREGATE_SOURCE, eventName: AGGREGATE_NAMES[aggregate] },
    ...{ insightType: 'AggregateInsight', errorCode: null, direction: 'up', startMs },
  }
}

type Spans = Pick<Insight, 'baseline' | 'trigger' | 'episode'>

const minutesOf = ({ fromMs, untilMs }: RateOverSpan): Minutes => ({
  fromMinute: fromMs / 60_000,
  untilMinute: untilMs / 60_000,
})

/** Whose aggregate it is; of everybody's the one behind most of the excess, if one is. */
function principalBehind(
  evidence: AggregateEvidence,
  { principal }: AggregateSubject,
  { baseline, trigger, episode }: Spans,
): Principal | null {
  if (principal !== null) return { value: principal, share: 1, isNew: false }
  const side = (span: RateOverSpan) => ({
    identities: evidence.byCaller(minutesOf(span)),
    ...{ count: span.count, minutes: span.duration },
  })
  return principalOf({
    ...{ insight: side(episode ?? trigger), baseline: side(baseline) },
    direction: 'up',
  })
}

function factsOf(
  { callsByApi }: AggregateEvidence,
  { aggregate, principal }: AggregateSubject,
  { baseline, trigger, episode }: Spans,
): AggregateFacts {
  const widest = episode ?? trigger
  const now = callsByApi(minutesOf(widest))
  const before = callsByApi(minutesOf(baseline))
  return {
    ...{ kind: aggregate, scope: principal === null ? 'region' : 'principal' },
    apiCount: now.size,
    topApis: topApis(now, before, { now: widest.duration, before: baseline.duration }),
  }
}

function sentenceOf(
  { episode, subject }: EpisodeOfAggregate,
  { callsByApi }: AggregateEvidence,
  {
    trigger,
    ...who
  }: Pick<Insight, 'trigger'> &
    Pick<AggregateFacts, 'scope'> & { readonly principal: Principal | null },
): string {
  const { surprise, low, high, terms } = episode.trigger
  // Only the laws of bursts and of records hold at any time.
  const isPooled = 'burst' in terms || 'record' in terms
  return aggregateSentence({
    ...{ ...who, kind: subject.aggregate, apiCount: callsByApi(minutesOf(trigger)).size },
    ...{ count: trigger.count, minutes: trigger.duration },
    score: rarityInAccount(surprise),
    normal: isPooled ? { fewerThan: high + 1 } : { low, high },
    slot: isPooled ? null : weekHour(trigger.fromMs),
  })
}
