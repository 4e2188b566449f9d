import { Fault } from '../../base/fault.ts'
import type { SeriesRow, StoreReader } from '../../store/store.ts'
import { spanFrom } from '../query/filters.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const MOST_POINTS = 10_000

/** A span on the grid of its period: epoch milliseconds, `[fromMs, untilMs)`. */
export interface PointSpan {
  readonly fromMs: number
  readonly untilMs: number
  readonly periodMs: number
}

/** What is asked about a series through time. */
export interface PointsQuestion extends PointSpan {
  /** Only calls with this error code; null: all calls. */
  readonly errorCode: string | null
  readonly fill: 'zeros' | 'nonzero'
  readonly windowMinutes: number
}

interface SpanQuery {
  readonly from?: string
  readonly to?: string
  /** Seconds. */
  readonly period: number
}

/**
 * The span asked for, widened to whole periods. It ends where the Region's calls are known to, and
 * is a day long, unless told otherwise. Throws `USAGE` beyond 10 000 points.
 */
export function pointSpan(
  store: StoreReader,
  row: SeriesRow,
  query: SpanQuery,
  nowMs: number,
): PointSpan {
  const periodMs = query.period * 1_000
  const asked = spanFrom(query, nowMs)
  const endMs = asked.untilMs ?? Math.max(knownUntil(store, row), (asked.fromMs ?? 0) + periodMs)
  const untilMs = Math.ceil(endMs / periodMs) * periodMs
  const fromMs = Math.floor((asked.fromMs ?? endMs - DAY_MS) / periodMs) * periodMs
  const pointCount = (untilMs - fromMs) / periodMs
  if (pointCount > MOST_POINTS) {
    const days = Math.floor((MOST_POINTS * periodMs) / DAY_MS)
    throw new Fault(
      'USAGE',
      `from and to span ${pointCount} points, and one answer has at most ${MOST_POINTS}: ask for at most ${days} days at a time${query.period === 3600 ? '' : ', or for period=3600'}`,
    )
  }
  return { fromMs, untilMs, periodMs }
}

function knownUntil(store: StoreReader, row: SeriesRow): number {
  const mark = store.watermarks(row.account).find(({ region }) => region === row.region)
  return mark?.watermarkMs ?? (row.lastMinute + 1) * MINUTE_MS
}
