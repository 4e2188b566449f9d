import type { Db } from '../file/db.ts'
import { prepared } from '../file/prepared.ts'
import type { DayChanges } from './day-changes.ts'

/** What changes in a series over all days. First and last minute speak of every call, superseded ones too. */
interface Totals {
  calls: number
  errors: number
  reads: number
  firstMinute: number
  lastMinute: number
  /** First minute of each code. */
  readonly codes: Map<number, number>
}

/** Adds changes of cells (minute, code, count) and of reads (series, count) to the series. Inside a transaction. */
export function foldTotals(db: Db, cells: DayChanges, reads: readonly Int32Array[]): void {
  const all = new Map<number, Totals>()
  for (const { series, from, until } of cells.parts)
    addCells(totalsOf(all, series), cells.numbers.subarray(from, until))
  for (const list of reads) {
    for (let at = 0; at < list.length; at += 2)
      totalsOf(all, list[at] as number).reads += list[at + 1] as number
  }
  for (const [series, totals] of all) save(db, series, totals)
}

function totalsOf(all: Map<number, Totals>, series: number): Totals {
  const known = all.get(series)
  if (known !== undefined) return known
  const fresh: Totals = {
    ...{ calls: 0, errors: 0, reads: 0, codes: new Map() },
    ...{ firstMinute: Number.POSITIVE_INFINITY, lastMinute: Number.NEGATIVE_INFINITY },
  }
  all.set(series, fresh)
  return fresh
}

function addCells(totals: Totals, cells: Int32Array): void {
  const { codes } = totals
  let code = -1
  let first = Number.POSITIVE_INFINITY
  for (let at = 0; at < cells.length; at += 3) {
    const [minute, count] = [cells[at] as number, cells[at + 2] as number]
    if (cells[at + 1] !== code) {
      code = cells[at + 1] as number
      first = codes.get(code) ?? Number.POSITIVE_INFINITY
    }
    if (minute < first) {
      first = minute
      codes.set(code, minute)
    }
    totals.calls += count
    if (code !== 0) totals.errors += count
    totals.firstMinute = Math.min(totals.firstMinute, minute)
    totals.lastMinute = Math.max(totals.lastMinute, minute)
  }
}

function save(db: Db, series: number, totals: Totals): void {
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
