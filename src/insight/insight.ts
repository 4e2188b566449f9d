import type { Category } from '../event/api-call.ts'
import type { AggregateFacts } from './aggregate.ts'

/** AWS's two, and two that it does not have: a sum over many APIs, and the first calls of one (information). */
export type InsightType =
  | 'ApiCallRateInsight'
  | 'ApiErrorRateInsight'
  | 'AggregateInsight'
  | 'NewApiInsight'
/** `Aggregate`: over all categories. */
export type InsightCategory = Category | 'Aggregate'
export type Direction = 'up' | 'down'
export type Attribute = 'userIdentityArn' | 'userAgent' | 'errorCode' | 'resourceArn'

/** One side's value with its mean per minute, rounded as AWS rounds (10 decimals). */
export interface AttributedValue {
  readonly value: string
  readonly average: number
}

/** Who and what made the calls: inside the insight's window, and in the baseline before it. */
export interface Attribution {
  readonly attribute: Attribute
  readonly insight: readonly AttributedValue[]
  readonly baseline: readonly AttributedValue[]
}

/** A span of whole minutes with its count and mean per minute. */
export interface RateOverSpan {
  readonly fromMs: number
  readonly untilMs: number
  /** Minutes. */
  readonly duration: number
  readonly count: number
  /** count / duration, 10 decimals. */
  readonly average: number
}

/** One anomaly of one API's call rate or of one of its error codes: AWS's Start and End record come from it. */
export interface Insight {
  /** UUID version 8 of a SHA-256 of what it is about; AWS's sharedEventID. */
  readonly id: string
  readonly account: string
  readonly region: string
  readonly category: InsightCategory
  readonly eventSource: string
  readonly eventName: string
  readonly insightType: InsightType
  readonly errorCode: string | null
  readonly direction: Direction
  readonly state: 'open' | 'closed'
  /** Epoch milliseconds, on the window grid. */
  readonly startMs: number
  /** First minute after the unusual stretch; null while open. */
  readonly endMs: number | null
  /** End of the window that fired: from then on it could be known. */
  readonly detectedMs: number
  /** Plain mean of the seven whole days before the start day, up to the start (AWS's baseline). */
  readonly baseline: RateOverSpan
  /** The window that fired. */
  readonly trigger: RateOverSpan
  /** The whole episode; null while open. */
  readonly episode: RateOverSpan | null
  /** Our expectation for the window that fired: calls (not per minute), and the 1 % to 99 % range. */
  readonly expected: number
  readonly low: number
  readonly high: number
  /** -ln of the alarms like this one expected per account-week, at the start and at the worst. */
  readonly score: number
  readonly peakScore: number
  /** 0 to 100, from the peak score. */
  readonly severity: number
  /** The first calls of this API ever seen in this account. */
  readonly firstSeen: boolean
  /** A level that rose, stands, and was not confirmed yet: repeating it is no news, so this one lasts. */
  readonly unconfirmedLevel: boolean
  readonly readOnly: boolean
  /** The caller behind most of the excess, where one is. */
  readonly principal: string | null
  /** Which sum over many APIs, and the APIs behind it; null where it is about one API. */
  readonly aggregate: AggregateFacts | null
  /** Id of the incident it belongs to; empty: it is information, and no incident. */
  readonly incident: string
  /** Attributions of the window that fired, and of the whole episode once closed. Empty: withheld (too many actors). */
  readonly attributions: readonly Attribution[]
  readonly episodeAttributions: readonly Attribution[] | null
  /** One sentence for a tired engineer. */
  readonly explanation: string
  /** Every number that made the score, by name, for `explain`. */
  readonly arithmetic: Arithmetic
}

/** Whether anybody should look into it; first calls of an API are only information. */
export function isAlarm({ insightType }: Pick<Insight, 'insightType'>): boolean {
  return insightType !== 'NewApiInsight'
}

/** The terms of one score: names to numbers or short texts, in reading order. */
export type Arithmetic = Readonly<Record<string, number | string>>
