import { createHash } from 'node:crypto'
import { seriesText } from '../bucket/series-key.ts'
import { canonicalJson } from './canonical-json.ts'
import { countRowsOf } from './count-rows.ts'
import { allInsights, allSeries, everyPage } from './every-page.ts'
import type { StoreReader } from './store.ts'

/**
 * Everything that follows from the events, a line each, sorted: equal events give equal lines, in whatever order and in
 * however many runs they came. No row numbers, revisions, run times or paths. Take it inside `snapshot` while another
 * process writes.
 */
export function* canonicalLines(reader: StoreReader): Generator<string> {
  const { counted, duplicate, late, rejected } = reader.totals()
  yield line('totals', { counted, duplicate, late, rejected })
  yield* objectLines(reader)
  for (const series of allSeries(reader)) {
    const key = seriesText(series)
    for (const { errorCode, minute, calls } of countRowsOf(reader, series)) {
      yield line('cell', [key, minute, errorCode, calls])
    }
    for (const { minute, kind, value, errorCode, calls } of reader.actorRows(series.ref)) {
      yield line('actor', [key, minute, kind, value, errorCode, calls])
    }
  }
  for (const { series, baseline } of everyPage((page) => reader.baselines({}, page))) {
    yield line('baseline', [seriesText(series), baseline.errorCode, baseline.standing])
  }
  for (const stretch of reader.coverage({})) yield line('coverage', stretch)
  for (const { insight } of allInsights(reader)) yield line('insight', insight)
}

/** SHA-256 of the canonical lines, hexadecimal, taken from one state of the store. */
export function canonicalHash(reader: StoreReader): string {
  const hash = createHash('sha256')
  reader.snapshot(() => {
    for (const text of canonicalLines(reader)) hash.update(`${text}\n`)
  })
  return hash.digest('hex')
}

function objectLines(reader: StoreReader): readonly string[] {
  return reader
    .ledger({})
    .map(({ sha256, outcome }) => line('object', [sha256, outcome]))
    .sort()
}

function line(kind: string, content: unknown): string {
  return `${kind} ${canonicalJson(content)}`
}
