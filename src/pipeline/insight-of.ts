import {
  type Episode,
  rarityInAccount,
  type Score,
  severityOf,
  termsOf,
} from '../../models/index.ts'
import { weekHour } from '../base/times.ts'
import { type ActorCounts, attributionsOf } from '../insight/attribution.ts'
import { baselineSpan, rateOver } from '../insight/averages.ts'
import { type NormalCount, sentenceOf } from '../insight/explain-sentence.ts'
import { insightId } from '../insight/identity.ts'
import type { Attribution, Insight, RateOverSpan } from '../insight/insight.ts'
import { type Principal, principalOf } from '../insight/principal.ts'
import type { SeriesRow, StoreReader } from '../store/store.ts'

/** One episode of one series, to be put into words. */
export interface EpisodeOfSeries {
  readonly series: SeriesRow
  readonly errorCode: string | null
  readonly episode: Episode
  readonly windowMs: number
  /** First calls of an API that are no alarm. */
  readonly isInformation?: boolean
}

/** An episode as an insight: AWS's numbers, who made the calls, and our own expectation beside them. */
export function insightOf(
  store: StoreReader,
  { series, errorCode, episode, windowMs, isInformation = false }: EpisodeOfSeries,
): Insight {
  const { trigger, peak, direction } = episode
  const startMs = episode.startWindow * windowMs
  const endMs = episode.endWindow === null ? null : episode.endWindow * windowMs
  const counter = counterOf(store, series, errorCode)
  const base = baselineSpan(startMs)
  const spans = {
    baseline: counter.over(base.fromMs, base.untilMs),
    // The window that fired, whole even where it reaches into an earlier episode: what it was judged by.
    trigger: counter.over(trigger.fromWindow * windowMs, trigger.untilWindow * windowMs),
    episode: endMs === null ? null : counter.over(startMs, endMs),
  }
  // First calls have a law and a budget of their own.
  const scoreOf = ({ surprise }: Score) => (isInformation ? surprise : rarityInAccount(surprise))
  const insightType = isInformation ? 'NewApiInsight' : typeOf(errorCode)
  const { account, region, category, eventSource, eventName } = series
  const about = {
    account,
    region,
    category,
    eventSource,
    eventName,
    insightType,
    errorCode,
    direction,
    startMs,
  } as const
  const actorsIn = (span: RateOverSpan) => counter.actors(span.fromMs, span.untilMs)
  const baselineActors = actorsIn(spans.baseline)
  const attribute = (span: RateOverSpan, insight: ActorCounts): readonly Attribution[] =>
    attributionsOf({
      ...{ insight, insightMinutes: span.duration, baseline: baselineActors },
      ...{ baselineMinutes: spans.baseline.duration, insightType, category },
    })
  const widest = spans.episode ?? spans.trigger
  const widestActors = actorsIn(widest)
  const principal = principalOf({
    insight: { identities: widestActors.identity, count: widest.count, minutes: widest.duration },
    baseline: {
      identities: baselineActors.identity,
      count: spans.baseline.count,
      minutes: spans.baseline.duration,
    },
    direction,
  })
  return {
    id: insightId(about),
    ...about,
    state: endMs === null ? 'open' : 'closed',
    endMs,
    detectedMs: trigger.untilWindow * windowMs,
    ...spans,
    ...{ expected: trigger.expected, low: trigger.low, high: trigger.high },
    ...{
      score: scoreOf(trigger),
      peakScore: scoreOf(peak),
      severity: isInformation ? 0 : severityOf(peak.surprise),
    },
    firstSeen: trigger.firstSeen,
    unconfirmedLevel: episode.unconfirmed,
    readOnly: isRead(series),
    principal: principal?.value ?? null,
    aggregate: null,
    incident: '',
    attributions: attribute(spans.trigger, actorsIn(spans.trigger)),
    episodeAttributions: spans.episode === null ? null : attribute(spans.episode, widestActors),
    explanation: explanationOf(trigger, {
      ...{ errorCode, principal, span: spans.trigger, isInformation, score: scoreOf(trigger) },
    }),
    arithmetic: isInformation ? trigger.terms : termsOf(trigger),
  }
}

function typeOf(errorCode: string | null) {
  return errorCode === null ? 'ApiCallRateInsight' : 'ApiErrorRateInsight'
}

/** A series counts as reading when most of its calls say so. */
export const isRead = ({ reads, calls }: SeriesRow): boolean => 2 * reads > calls

function explanationOf(
  trigger: Score,
  {
    errorCode,
    principal,
    span,
    isInformation,
    score,
  }: {
    errorCode: string | null
    principal: Principal | null
    span: RateOverSpan
    isInformation: boolean
    score: number
  },
): string {
  const isPooled = trigger.family === 'pool-calls' || trigger.family === 'pool-errors'
  return sentenceOf({
    count: span.count,
    minutes: span.duration,
    normal: isInformation ? null : normalOf(trigger, isPooled),
    slot: isPooled ? null : weekHour(span.fromMs),
    score,
    principal,
    firstSeen: trigger.firstSeen,
    errorCode,
    direction: trigger.direction,
  })
}

function normalOf({ low, high }: Score, isPooled: boolean): NormalCount {
  return isPooled ? { fewerThan: high + 1 } : { low, high }
}

/** Counts and actors of one API, or of one error code of it, over any span on the minute and actor grid. */
function counterOf(store: StoreReader, series: SeriesRow, errorCode: string | null) {
  const codeNames = store.codeNames()
  const cellsIn = (fromMs: number, untilMs: number) =>
    store.minuteCells(series.ref, fromMs / 60_000, untilMs / 60_000)
  return {
    over(fromMs: number, untilMs: number): RateOverSpan {
      const { codes, counts } = cellsIn(fromMs, untilMs)
      let sum = 0
      for (let i = 0; i < counts.length; i++) {
        if (errorCode === null || codeNames[codes[i] ?? 0] === errorCode) sum += counts[i] ?? 0
      }
      return rateOver(sum, fromMs, untilMs)
    },
    actors(fromMs: number, untilMs: number): ActorCounts {
      const query = { series: series.ref, fromMs, untilMs }
      const known = store.actors(errorCode === null ? query : { ...query, errorCode })
      const byCode = new Map<string | null, number>()
      const { codes, counts } = cellsIn(fromMs, untilMs)
      for (let i = 0; i < counts.length; i++) {
        const name = codeNames[codes[i] ?? 0] ?? null
        byCode.set(name, (byCode.get(name) ?? 0) + (counts[i] ?? 0))
      }
      return { ...known, errorCode: byCode }
    },
  }
}
