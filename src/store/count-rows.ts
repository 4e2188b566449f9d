import { compareText } from '../bucket/series-key.ts'
import type { SeriesKey } from '../event/table/call-table.ts'
import { allSeries } from './every-page.ts'
import type { SeriesRow, StoreReader } from './store.ts'

/** One count, as `offtrail export` writes it. */
export interface CountRow extends SeriesKey {
  /** `null` is success. */
  readonly errorCode: string | null
  /** Epoch minute. */
  readonly minute: number
  readonly calls: number
}

/** Every count, sorted by series, error code (success first) and minute. */
export function* countRows(reader: StoreReader): Generator<CountRow> {
  for (const series of allSeries(reader)) yield* countRowsOf(reader, series)
}

/** The counts of one series, in that order. */
export function countRowsOf(reader: StoreReader, series: SeriesRow): readonly CountRow[] {
  const names = reader.codeNames()
  const { minutes, codes, counts } = reader.minuteCells(series.ref, 0, Number.MAX_SAFE_INTEGER)
  const { account, region, category, eventSource, eventName } = series
  return Array.from(minutes, (minute, i) => ({
    ...{ account, region, category, eventSource, eventName },
    errorCode: names[codes[i] ?? 0] ?? null,
    minute,
    calls: counts[i] ?? 0,
  })).sort((a, b) => compareCodes(a.errorCode, b.errorCode) || a.minute - b.minute)
}

function compareCodes(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null)
  return compareText(a, b)
}
