import { rfc3339 } from '../base/times.ts'
import type { Attribution, Insight, RateOverSpan } from './insight.ts'
import { type SeverityWord, severityWord } from './severity.ts'

/** A span with its count as the outside sees it: times RFC 3339 in UTC, `minutes` long, `average` per minute. */
export interface RateView {
  readonly startTime: string
  readonly endTime: string
  readonly minutes: number
  readonly count: number
  readonly average: number
}

type Unchanged = Omit<
  Insight,
  'startMs' | 'endMs' | 'detectedMs' | 'baseline' | 'trigger' | 'episode'
>

/**
 * An insight as JSON, over HTTP and with `--json`: the fields of `Insight` under their own names, with
 * `severityWord` (info, minor, major, critical) beside `severity`, times as RFC 3339 in UTC and
 * spans in minutes.
 */
export interface InsightView extends Unchanged {
  readonly severityWord: SeverityWord
  readonly startTime: string
  /** First minute after the unusual stretch; null while it lasts. */
  readonly endTime: string | null
  /** From when on it could be known. */
  readonly detectedTime: string
  /** The window that fired: what `expected`, `low` and `high` (calls, not per minute) are about. */
  readonly trigger: RateView
  /** The whole unusual stretch; null while it lasts. */
  readonly episode: RateView | null
  /** The seven whole days before the start day, up to the start: AWS's baseline. */
  readonly baseline: RateView
}

/** The one JSON form of an insight; its keys are in reading order. */
export function insightView(insight: Insight): InsightView {
  return {
    id: insight.id,
    state: insight.state,
    account: insight.account,
    region: insight.region,
    category: insight.category,
    eventSource: insight.eventSource,
    eventName: insight.eventName,
    insightType: insight.insightType,
    errorCode: insight.errorCode,
    direction: insight.direction,
    readOnly: insight.readOnly,
    startTime: rfc3339(insight.startMs),
    endTime: insight.endMs === null ? null : rfc3339(insight.endMs),
    detectedTime: rfc3339(insight.detectedMs),
    severity: insight.severity,
    severityWord: severityWord(insight.severity),
    score: insight.score,
    peakScore: insight.peakScore,
    expected: insight.expected,
    low: insight.low,
    high: insight.high,
    trigger: rateView(insight.trigger),
    episode: insight.episode === null ? null : rateView(insight.episode),
    baseline: rateView(insight.baseline),
    firstSeen: insight.firstSeen,
    unconfirmedLevel: insight.unconfirmedLevel,
    principal: insight.principal,
    aggregate: insight.aggregate ?? null,
    incident: insight.incident,
    explanation: insight.explanation,
    attributions: insight.attributions.map(attributionView),
    episodeAttributions: insight.episodeAttributions?.map(attributionView) ?? null,
    arithmetic: { ...insight.arithmetic },
  }
}

function rateView({ fromMs, untilMs, duration, count, average }: RateOverSpan): RateView {
  return {
    startTime: rfc3339(fromMs),
    endTime: rfc3339(untilMs),
    minutes: duration,
    count,
    average,
  }
}

function attributionView({ attribute, insight, baseline }: Attribution): Attribution {
  return { attribute, insight: [...insight], baseline: [...baseline] }
}
