import { everyPage } from '../../../store/every-page.ts'
import type { SeriesRow, StoreReader } from '../../../store/store.ts'
import { AwsError } from '../aws-error.ts'
import { type AwsCaller, withinReach } from '../caller.ts'
import { type Input, oneOf, optionalText, requiredText, timeOf, wholeNumber } from '../input.ts'
import type { Operation } from '../operation.ts'
import { trailName } from './trails.ts'

const INVALID = 'InvalidParameterException'
const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
/** Days that points of a period, in seconds, are answered for. */
const RETENTION_DAYS: ReadonlyMap<number, number> = new Map([
  [60, 15],
  [300, 63],
  [3600, 90],
])
const POINTS_PAGE = { least: 1, most: 21_600, otherwise: 21_600 }

interface Span {
  /** On the period's grid; times are epoch milliseconds, the end exclusive. */
  readonly fromMs: number
  readonly untilMs: number
  readonly periodMs: number
}

/** `ListInsightsMetricData`: the calls, or errors of one code, of an API as points in ascending order; a point is the sum of its period. */
export const listInsightsMetricData: Operation = ({ store, now, tokens }, caller, input) => {
  const api = apiOf(input)
  const token = optionalText(input, 'NextToken', { most: 5_000 })
  const limit = wholeNumber(input, 'MaxResults', POINTS_PAGE)
  const asked = { operation: 'ListInsightsMetricData', caller, input, error: INVALID }
  const place = token === undefined ? null : tokens.open(asked, token)
  const nowMs = place?.nowMs ?? now()
  const span = spanOf(input, nowMs)
  const fills = oneOf(input, 'DataType', ['NonZeroData', 'FillWithZeros']) === 'FillWithZeros'
  const sums = sumsOf(store, seriesOf(store, caller, api), api.errorCode, span)
  const points = [...sums.keys()].filter((at) => fills || sums[at] !== 0)
  const from = place === null ? 0 : points.findIndex((at) => at >= Number(place.after))
  const page = from < 0 ? [] : points.slice(from, from + limit)
  const next = from < 0 ? undefined : points[from + limit]
  return {
    ...api.echo,
    Timestamps: page.map((at) => (span.fromMs + at * span.periodMs) / 1000),
    Values: page.map((at) => sums[at]),
    ...(next !== undefined && { NextToken: tokens.seal(asked, { after: String(next), nowMs }) }),
  }
}

interface Api {
  readonly eventSource: string
  readonly eventName: string
  readonly errorCode: string | null
  readonly category: 'Management' | 'Data'
  /** The members that are sent back. */
  readonly echo: object
}

function apiOf(input: Input): Api {
  const EventSource = requiredText(input, 'EventSource', {
    most: 256,
    pattern: /^[a-z0-9_-]+\.amazonaws\.com$/,
  })
  const EventName = requiredText(input, 'EventName', { most: 128, pattern: /^[A-Za-z0-9_]+$/ })
  const InsightType = oneOf(input, 'InsightType', ['ApiCallRateInsight', 'ApiErrorRateInsight'])
  const ErrorCode = optionalText(input, 'ErrorCode', {
    most: 128,
    pattern: /^[\w\d\s_.,\-:[\]]+$/,
  })
  if (InsightType === undefined) throw new AwsError(INVALID, 'InsightType is missing')
  if ((InsightType === 'ApiErrorRateInsight') !== (ErrorCode !== undefined)) {
    throw new AwsError(INVALID, 'ErrorCode goes with ApiErrorRateInsight, and must be given there')
  }
  const trail = Object.hasOwn(input, 'TrailName') ? trailName(input) : undefined
  return {
    ...{ eventSource: EventSource, eventName: EventName, errorCode: ErrorCode ?? null },
    category: trail === undefined ? 'Management' : 'Data',
    echo: { EventSource, EventName, InsightType, ...(ErrorCode !== undefined && { ErrorCode }) },
  }
}

/** What is older than the period's points are kept for, or still to come, is left out, as if nothing had been asked of it. */
function spanOf(input: Input, nowMs: number): Span {
  const period = wholeNumber(input, 'Period', { least: 60, most: 3600, otherwise: 3600 })
  const days = RETENTION_DAYS.get(period)
  if (days === undefined) throw new AwsError(INVALID, 'Period is 60, 300 or 3600 seconds')
  const periodMs = period * 1000
  const endMs = timeOf(input, 'EndTime') ?? nowMs
  const startMs = timeOf(input, 'StartTime') ?? nowMs - 90 * DAY_MS
  if (startMs >= endMs) throw new AwsError(INVALID, 'StartTime must be before EndTime')
  const untilMs = Math.min(endMs, Math.ceil(nowMs / periodMs) * periodMs)
  const oldestMs = Math.max(startMs, Math.min(endMs, nowMs) - days * DAY_MS)
  const fromMs = Math.min(Math.floor(oldestMs / periodMs) * periodMs, untilMs)
  return { fromMs, untilMs, periodMs }
}

function seriesOf(store: StoreReader, caller: AwsCaller, api: Api): Iterable<SeriesRow> {
  const filter = {
    ...withinReach(caller),
    category: [api.category],
    eventSource: [api.eventSource],
    eventName: [api.eventName],
  }
  return everyPage((page) => store.series(filter, page))
}

/** Sums by point over every account and Region in reach. */
function sumsOf(
  store: StoreReader,
  rows: Iterable<SeriesRow>,
  errorCode: string | null,
  { fromMs, untilMs, periodMs }: Span,
): Float64Array {
  const sums = new Float64Array(Math.ceil((untilMs - fromMs) / periodMs))
  const names = store.codeNames()
  for (const { ref } of rows) {
    const until = Math.ceil(untilMs / MINUTE_MS)
    const { minutes, codes, counts } = store.minuteCells(ref, fromMs / MINUTE_MS, until)
    for (const [at, minute] of minutes.entries()) {
      if (errorCode !== null && names[codes[at] as number] !== errorCode) continue
      const point = Math.floor((minute * MINUTE_MS - fromMs) / periodMs)
      sums[point] = (sums[point] as number) + (counts[at] as number)
    }
  }
  return sums
}
