import type { CallTable } from '../event/table/call-table.ts'

/** An event older than this, seen from the delivery of its own file, is late: days. */
export const LATENESS_DAYS = 35
/** How far a finished file's delivery stamp vouches for completeness: events up to this long before it, minutes. */
export const DELIVERY_LAG_MINUTES = 20

const DAY_SECONDS = 86_400
const MINUTE_MS = 60_000

/** Events before this second (since the epoch) are late in a file delivered at `stampMs`; no stamp: none is. */
export function lateBefore(stampMs: number | null): number {
  if (stampMs === null) return Number.NEGATIVE_INFINITY
  return stampMs / 1000 - LATENESS_DAYS * DAY_SECONDS
}

/** The second since the epoch of a call. */
export function secondOf({ minute, second }: CallTable, row: number): number {
  return (minute[row] ?? 0) * 60 + (second[row] ?? 0)
}

/**
 * Until when a file proves an account's Region complete, epoch milliseconds: its stamp less the usual delay of delivery;
 * without a stamp, the end of the minute of its newest event.
 */
export function completeUntil(stampMs: number | null, newestMinute: number): number {
  if (stampMs === null) return (newestMinute + 1) * MINUTE_MS
  return stampMs - DELIVERY_LAG_MINUTES * MINUTE_MS
}
