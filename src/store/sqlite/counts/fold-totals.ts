import type { Db } from '../file/db.ts'
import { prepared } from '../file/prepared.ts'
import type { DayChanges } from './day-changes.ts'
import { addCells, noTotals, type SeriesTotals } from './series-totals.ts'

/** Adds changes of cells (minute, code, count) and of reads (series, count) to the series. Inside a transaction. */
export function foldTotals(db: Db, cells: DayChanges, reads: readonly Int32Array[]): void {
  const all = new Map<number, SeriesTotals>()
  for (const { series, from, until } of cells.parts)
    addCells(totalsOf(all, series), cells.numbers.subarray(from, until))
  for (const list of reads) {
    for (let at = 0; at < list.length; at += 2)
      totalsOf(all, list[at] as number).reads += list[at + 1] as number
  }
  for (const [series, totals] of all) save(db, series, totals)
}

function totalsOf(all: Map<number, SeriesTotals>, series: number): SeriesTotals {
  const known = all.get(series)
  if (known !== undefined) return known
  const fresh = noTotals()
  all.set(series, fresh)
  return fresh
}

function save(db: Db, series: number, totals: SeriesTotals): void {
  const { calls, errors, reads, firstMinute, lastMinute, codes } = totals
  if (codes.size > 0)
    prepared(db, WIDEN_SERIES).run(firstMinute, firstMinute, lastMinute, lastMinute, series)
  prepared(db, ADD_TO_SERIES).run(calls, errors, reads, series)
  for (const [code, minute] of codes) prepared(db, WIDEN_CODE).run(series, code, minute)
}

const WIDEN_SERIES = `UPDATE series SET
  first_minute = min(coalesce(first_minute, ?), ?), last_minute = max(coalesce(last_minute, ?), ?) WHERE ref = ?`
const ADD_TO_SERIES =
  'UPDATE series SET calls = calls + ?, errors = errors + ?, reads = reads + ? WHERE ref = ?'
const WIDEN_CODE = `INSERT INTO series_code (series, code, first_minute) VALUES (?, ?, ?)
  ON CONFLICT (series, code) DO UPDATE SET first_minute = min(first_minute, excluded.first_minute)`
