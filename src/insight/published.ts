import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { parseEventTime } from '../event/event-time.ts'
import type { AwsInsightType } from './record.ts'

/** What an insight that CloudTrail published is about. */
export interface PublishedSubject {
  /** AWS's `sharedEventID`. */
  readonly id: string
  readonly account: string
  readonly region: string
  /** Null: the record is older than its field. */
  readonly category: string | null
  readonly eventSource: string
  readonly eventName: string
  readonly insightType: AwsInsightType
  readonly errorCode: string | null
}

/** One Insights record of CloudTrail: an insight's Start, or its End. */
export interface PublishedRecord extends PublishedSubject {
  readonly state: 'Start' | 'End'
  /** Epoch milliseconds: the first unusual minute, or the first one after it. */
  readonly timeMs: number
  /** Minutes that `insightAverage` is over; null: not said. */
  readonly minutes: number | null
  /** Calls or errors per minute. */
  readonly baselineAverage: number
  readonly insightAverage: number
}

/** An insight that CloudTrail published, from its records. */
export interface PublishedInsight extends PublishedSubject {
  /** Epoch milliseconds. */
  readonly startMs: number
  /** First minute after the unusual stretch; null: there was no End record. */
  readonly endMs: number | null
  /** Calls or errors per minute: in the seven days before; of the whole stretch, or without its End of the minutes it began with. */
  readonly baselineAverage: number
  readonly insightAverage: number
  /** Minutes that `insightAverage` is over, 1 or more. */
  readonly minutes: number
}

/** Ten years: beyond it no duration is meant. */
const MOST_MINUTES = 5_256_000
const Text = Type.String({ minLength: 1 })
const Absent = Type.Union([Text, Type.Null()])
const Rate = Type.Object({ average: Type.Number({ minimum: 0 }) })
const RecordSchema = Type.Object({
  eventTime: Type.String(),
  awsRegion: Text,
  recipientAccountId: Type.Optional(Absent),
  sharedEventID: Text,
  insightDetails: Type.Object({
    state: Type.Enum(['Start', 'End']),
    eventSource: Text,
    eventName: Text,
    insightType: Type.Enum(['ApiCallRateInsight', 'ApiErrorRateInsight']),
    errorCode: Type.Optional(Absent),
    sourceEventCategory: Type.Optional(Absent),
    insightContext: Type.Object({
      statistics: Type.Object({
        baseline: Rate,
        insight: Rate,
        insightDuration: Type.Optional(Type.Number({ minimum: 0, maximum: MOST_MINUTES })),
      }),
    }),
    offtrail: Type.Optional(Type.Unknown()),
  }),
})

/**
 * An Insights record as CloudTrail writes it since 2019 (`eventVersion` 1.07), or why it is none, in a few words.
 * @param record as `JSON.parse` gives it
 * @param accountOfFile whose it is where it does not say so
 */
export function publishedRecord(
  record: unknown,
  accountOfFile: string | null,
): PublishedRecord | string {
  if (!Value.Check(RecordSchema, record)) {
    const [problem] = Value.Errors(RecordSchema, record)
    return `${problem?.instancePath || 'the record'} ${problem?.message}`
  }
  const { eventTime, recipientAccountId, insightDetails: details } = record
  const { insightType, insightContext, errorCode = null, sourceEventCategory = null } = details
  const { baseline, insight, insightDuration } = insightContext.statistics
  const timeMs = parseEventTime(eventTime)
  const account = recipientAccountId ?? accountOfFile
  const isOfErrors = insightType === 'ApiErrorRateInsight'
  if (details.offtrail !== undefined) return 'Offtrail wrote it, not CloudTrail'
  if (typeof timeMs !== 'number') return '/eventTime must be a UTC time'
  if (account === null) return 'neither it nor its file names an account'
  if (isOfErrors && errorCode === null) return '/insightDetails must have an errorCode'
  return {
    ...{ id: record.sharedEventID, account, region: record.awsRegion },
    ...{ category: sourceEventCategory, eventSource: details.eventSource },
    ...{ eventName: details.eventName, insightType, errorCode: isOfErrors ? errorCode : null },
    ...{ state: details.state, timeMs, minutes: insightDuration || null },
    ...{ baselineAverage: baseline.average, insightAverage: insight.average },
  }
}

/** The insights that records speak of, by start: a Start and an End of one id are one insight, a record read twice is one. */
export function publishedInsights(
  records: readonly PublishedRecord[],
): readonly PublishedInsight[] {
  const pairs = new Map<string, { Start?: PublishedRecord; End?: PublishedRecord }>()
  for (const record of records) {
    const key = JSON.stringify([record.account, record.id])
    pairs.set(key, { ...pairs.get(key), [record.state]: record })
  }
  return [...pairs.values()]
    .flatMap(({ Start, End }) => insightOf(Start ?? null, End ?? null))
    .sort((a, b) => a.startMs - b.startMs || (a.id < b.id ? -1 : 1))
}

const MINUTE_MS = 60_000
/** What a Start record is over, where it does not say so. */
const START_MINUTES = 5

function insightOf(
  start: PublishedRecord | null,
  end: PublishedRecord | null,
): readonly PublishedInsight[] {
  const told = end ?? start
  if (told === null) return []
  const { state: _, timeMs, minutes: said, insightAverage, ...rest } = told
  const minutes = said ?? (end === null ? START_MINUTES : 1)
  const { id, account, region, category, baselineAverage, ...api } = start ?? rest
  return [
    {
      ...{ id, account, region, category, eventSource: api.eventSource },
      ...{ eventName: api.eventName, insightType: api.insightType, errorCode: api.errorCode },
      startMs: start === null ? timeMs - minutes * MINUTE_MS : start.timeMs,
      endMs: end === null ? null : end.timeMs,
      ...{ baselineAverage, insightAverage, minutes },
    },
  ]
}
