import type { Category } from '../event/api-call.ts'
import { recordId } from './identity.ts'
import type { Attribution, Direction, Insight, RateOverSpan } from './insight.ts'

/** An Insights record as CloudTrail delivers it, keys in its order. */
export interface InsightRecord {
  readonly eventVersion: string
  /** UTC, `YYYY-MM-DDTHH:MM:00Z`. */
  readonly eventTime: string
  readonly awsRegion: string
  readonly eventID: string
  readonly eventType: 'AwsCloudTrailInsight'
  readonly recipientAccountId?: string
  readonly sharedEventID: string
  readonly insightDetails: InsightDetails
  readonly eventCategory: 'Insight'
}

export interface InsightDetails {
  readonly state: 'Start' | 'End'
  readonly eventSource: string
  readonly eventName: string
  readonly insightType: AwsInsightType
  readonly errorCode?: string
  readonly sourceEventCategory: Category
  readonly insightContext: {
    readonly statistics: {
      readonly baseline: { readonly average: number }
      readonly insight: { readonly average: number }
      /** Minutes, both. */
      readonly insightDuration: number
      readonly baselineDuration: number
    }
    readonly attributions?: readonly Attribution[]
  }
  readonly offtrail?: OfftrailBlock
}

/** The types of CloudTrail Insights; insights of others have no records. */
export type AwsInsightType = 'ApiCallRateInsight' | 'ApiErrorRateInsight'

/** What AWS has no field for; absent from strict records. */
export interface OfftrailBlock {
  readonly severity: number
  /** At the start in a Start record, at the worst in an End record. */
  readonly score: number
  readonly direction: Direction
  /** Calls expected in the window that fired, with the 1 % to 99 % range. */
  readonly expected: number
  readonly low: number
  readonly high: number
  readonly detectedTime: string
  readonly explanation: string
  readonly incident: string
  readonly firstSeen: boolean
  readonly principal?: string
}

/**
 * The records of an insight: its Start, and its End once it has ended. None for what AWS has no type
 * for: aggregates over many APIs, and first calls of an API that are only information.
 *
 * `strict` keeps to AWS's own fields, and gives no record at all where those could not say the truth:
 * network activity, which AWS does not analyse, and an insight whose window that fired lies on the
 * other side of the flat seven-day mean (a fall from a busy hour that still is above the mean, a rise
 * in a quiet hour that still is below it). The window that fired alone decides, so that an End
 * is never missing where its Start went out.
 */
export function recordsOf(
  insight: Insight,
  { strict }: { readonly strict: boolean },
): InsightRecord[] {
  if (!isOfAws(insight) || (strict && !sayableByAws(insight))) return []
  const start = recordOf(insight, {
    state: 'Start',
    timeMs: insight.startMs,
    rate: insight.trigger,
    attributions: insight.attributions,
    offtrail: strict ? null : offtrailBlock(insight, insight.score),
  })
  if (insight.endMs === null || insight.episode === null) return [start]
  const end = recordOf(insight, {
    state: 'End',
    timeMs: insight.endMs,
    rate: insight.episode,
    attributions: insight.episodeAttributions ?? [],
    offtrail: strict ? null : offtrailBlock(insight, insight.peakScore),
  })
  return [start, end]
}

/** An insight of a type that AWS has. */
export type AwsInsight = Insight & {
  readonly insightType: AwsInsightType
  readonly category: Category
}

/** Whether AWS has a type for an insight. */
export function isOfAws(insight: Insight): insight is AwsInsight {
  const { insightType, category } = insight
  const isType = insightType === 'ApiCallRateInsight' || insightType === 'ApiErrorRateInsight'
  return isType && category !== 'Aggregate'
}

function sayableByAws({ category, direction, trigger, baseline }: Insight): boolean {
  if (category === 'NetworkActivity') return false
  const change = trigger.average - baseline.average
  return direction === 'up' ? change > 0 : change < 0
}

interface Phase {
  readonly state: 'Start' | 'End'
  readonly timeMs: number
  readonly rate: RateOverSpan
  readonly attributions: readonly Attribution[]
  readonly offtrail: OfftrailBlock | null
}

function recordOf(insight: AwsInsight, phase: Phase): InsightRecord {
  return {
    eventVersion: '1.09',
    eventTime: recordTime(phase.timeMs),
    awsRegion: insight.region,
    eventID: recordId(insight.id, phase.state),
    eventType: 'AwsCloudTrailInsight',
    ...(isAccountId(insight.account) && { recipientAccountId: insight.account }),
    sharedEventID: insight.id,
    insightDetails: {
      state: phase.state,
      eventSource: insight.eventSource,
      eventName: insight.eventName,
      insightType: insight.insightType,
      ...(insight.errorCode !== null && { errorCode: insight.errorCode }),
      sourceEventCategory: insight.category,
      insightContext: contextOf(insight.baseline, phase),
      ...(phase.offtrail !== null && { offtrail: phase.offtrail }),
    },
    eventCategory: 'Insight',
  }
}

function contextOf(baseline: RateOverSpan, phase: Phase): InsightDetails['insightContext'] {
  return {
    statistics: {
      baseline: { average: baseline.average },
      insight: { average: phase.rate.average },
      insightDuration: phase.rate.duration,
      baselineDuration: baseline.duration,
    },
    ...(phase.attributions.length > 0 && { attributions: phase.attributions.map(inKeyOrder) }),
  }
}

/** Attributions may come back from a store with their keys in another order. */
function inKeyOrder({ attribute, insight, baseline }: Attribution): Attribution {
  const values = (side: Attribution['insight']) =>
    side.map(({ value, average }) => ({ value, average }))
  return { attribute, insight: values(insight), baseline: values(baseline) }
}

/**
 * Stands in `insightDetails`, where AWS's own parser keeps keys it does not know. Nothing in it is
 * ever null, and nothing is added inside `statistics`, where that parser takes numbers only.
 */
function offtrailBlock(insight: Insight, score: number): OfftrailBlock {
  return {
    severity: insight.severity,
    score,
    direction: insight.direction,
    expected: insight.expected,
    low: insight.low,
    high: insight.high,
    detectedTime: recordTime(insight.detectedMs),
    explanation: insight.explanation,
    incident: insight.incident,
    firstSeen: insight.firstSeen,
    ...(insight.principal !== null && { principal: insight.principal }),
  }
}

/** `recipientAccountId` is optional in AWS's records, and always twelve digits where present. */
function isAccountId(account: string): boolean {
  return /^\d{12}$/.test(account)
}

/**
 * A time as Insights records write it, `YYYY-MM-DDTHH:MM:00Z` (also RFC 3339); seconds are cut off.
 * @param timeMs epoch milliseconds, years 0 to 9999
 */
export function recordTime(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 16)}:00Z`
}
