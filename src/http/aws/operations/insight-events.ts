import { recordId } from '../../../insight/identity.ts'
import { recordsOf } from '../../../insight/record.ts'
import type { InsightFilter, InsightMoment } from '../../../store/store.ts'
import { withinReach } from '../caller.ts'
import type { AwsHouse } from '../operation.ts'
import type { Asked } from '../tokens.ts'

/** Days that are looked back unless a start is given. */
const DAYS_BACK = 90
const DAY_MS = 86_400_000

export type LookupKey = 'EventId' | 'EventName' | 'EventSource'

/** Which Insights events are wanted. Times are inclusive, epoch milliseconds. */
export interface EventsQuestion {
  readonly category: 'Management' | 'Data'
  readonly lookup?: { readonly key: LookupKey; readonly value: string }
  readonly startMs?: number
  readonly endMs?: number
  readonly limit: number
  readonly token?: string
}

/** One entry of `Events`: the record as compact JSON, and what CloudTrail lifts out of it. */
interface WireEvent {
  readonly EventId: string
  readonly EventName: string
  /** Epoch seconds. */
  readonly EventTime: number
  readonly EventSource: string
  readonly Resources: readonly []
  readonly CloudTrailEvent: string
}

/** Starts and ends of insights, newest first, a page of them. */
export function insightEvents(
  { store, now, tokens }: AwsHouse,
  asked: Asked,
  question: EventsQuestion,
) {
  const { category, lookup, limit, token } = question
  const place = token === undefined ? null : tokens.open(asked, token)
  const nowMs = place?.nowMs ?? now()
  const span = {
    fromMs: question.startMs ?? nowMs - DAYS_BACK * DAY_MS,
    untilMs: question.endMs ?? Number.MAX_SAFE_INTEGER,
  }
  const filter: InsightFilter = {
    ...withinReach(asked.caller),
    category: [category],
    insightType: ['ApiCallRateInsight', 'ApiErrorRateInsight'],
    ...(lookup?.key === 'EventName' && { eventName: [lookup.value] }),
    ...(lookup?.key === 'EventSource' && { eventSource: [lookup.value] }),
  }
  if (lookup?.key === 'EventId') {
    const found = store.momentById(lookup.value)
    return { Events: found !== undefined && passes(found, filter, span) ? [wireEvent(found)] : [] }
  }
  const { rows, next } = store.moments(filter, span, { limit, after: place?.after ?? null })
  return {
    Events: rows.map(wireEvent),
    ...(next !== null && { NextToken: tokens.seal(asked, { after: next, nowMs }) }),
  }
}

function passes(
  { insight, atMs }: InsightMoment,
  { account, region, category, insightType }: InsightFilter,
  { fromMs, untilMs }: { readonly fromMs: number; readonly untilMs: number },
): boolean {
  return (
    (account?.includes(insight.account) ?? true) &&
    (region?.includes(insight.region) ?? true) &&
    category?.includes(insight.category) === true &&
    insightType?.includes(insight.insightType) === true &&
    fromMs <= atMs &&
    atMs <= untilMs
  )
}

function wireEvent({ insight, state, atMs }: InsightMoment): WireEvent {
  const records = recordsOf(insight, { strict: false })
  const record = records.find(({ insightDetails }) => insightDetails.state === state)
  return {
    EventId: recordId(insight.id, state),
    EventName: insight.eventName,
    EventTime: atMs / 1000,
    EventSource: insight.eventSource,
    Resources: [],
    CloudTrailEvent: JSON.stringify(record),
  }
}
