import type { Outcome, StoreAudit, StoreReader } from '../../store.ts'
import { CellList, readCells } from '../counts/cell-blob.ts'
import { type Pending, totalsOf } from '../counts/pending.ts'
import type { Db } from '../file/db.ts'
import { plucked, pragma, prepared } from '../file/prepared.ts'
import { ENTRY_WORDS } from '../seen/id-set.ts'
import { readCounters, TALLY_PARTS, tallyFrom, totalsFrom } from './counters.ts'

/** Everything `doctor` compares, read from every table. */
export function auditOf(db: Db, pending: Pending): Pick<StoreReader, 'audit'> {
  return {
    audit(): StoreAudit {
      const counters = readCounters(db)
      const cells = callsInCells(db, pending)
      const series = callsInSeries(db, pending)
      return {
        quickCheck: plucked(db, 'PRAGMA quick_check').all() as string[],
        schemaVersion: Number(pragma(db, 'user_version')),
        foreignRows: prepared(db, 'PRAGMA foreign_key_check').all().length,
        totals: totalsFrom(counters),
        cellCalls: sum(cells.values()),
        seriesCalls: sum(series.values()),
        seriesAstray: astray(cells, series),
        events: Number(plucked(db, COUNT_EVENTS).get()),
        superseded: counters.get('superseded') ?? 0,
        corrected: counters.get('corrected') ?? 0,
        ledger: tallyFrom(sumsOfLedger(db), ''),
        replaced: tallyFrom(counters, 'replaced:'),
        ledgerObjects: objectsOfLedger(db),
      }
    },
  }
}

function callsInCells(db: Db, pending: Pending): Map<number, number> {
  const calls = new Map<number, number>()
  for (const day of plucked(db, 'SELECT DISTINCT day FROM cells').all() as number[]) {
    for (const row of prepared(db, 'SELECT series, cells FROM cells WHERE day = ?').all(day)) {
      const { series, cells } = row as { series: number; cells: Buffer }
      const list = new CellList()
      readCells(cells, day, list, { fromMinute: 0, untilMinute: Number.POSITIVE_INFINITY })
      add(calls, series, sum(list.cells().counts))
    }
  }
  for (const [series, changes] of pending.all()) add(calls, series, totalsOf(changes).calls)
  return calls
}

function callsInSeries(db: Db, pending: Pending): Map<number, number> {
  const rows = prepared(db, 'SELECT ref, calls FROM series').all() as {
    ref: number
    calls: number
  }[]
  const calls = new Map(rows.map((row) => [row.ref, row.calls]))
  for (const [series, changes] of pending.all()) add(calls, series, totalsOf(changes).calls)
  return calls
}

function astray(cells: ReadonlyMap<number, number>, series: ReadonlyMap<number, number>): number {
  const refs = new Set([...cells.keys(), ...series.keys()])
  return [...refs].filter((ref) => (cells.get(ref) ?? 0) !== (series.get(ref) ?? 0)).length
}

function sumsOfLedger(db: Db): ReadonlyMap<string, number> {
  const sums = TALLY_PARTS.map((part) => `coalesce(sum(${part}), 0) AS ${part}`).join(', ')
  const row = prepared(db, `SELECT ${sums} FROM ledger`).get() as Record<string, number>
  return new Map(Object.entries(row))
}

function objectsOfLedger(db: Db): Record<Outcome, number> {
  const objects = { done: 0, partial: 0, failed: 0, skipped: 0 }
  const rows = prepared(
    db,
    'SELECT outcome, count(*) AS objects FROM ledger GROUP BY outcome',
  ).all()
  for (const row of rows as { outcome: Outcome; objects: number }[])
    objects[row.outcome] = row.objects
  return objects
}

function add(sums: Map<number, number>, key: number, by: number): void {
  sums.set(key, (sums.get(key) ?? 0) + by)
}

function sum(numbers: Iterable<number>): number {
  let total = 0
  for (const number of numbers) total += number
  return total
}

const COUNT_EVENTS = `SELECT coalesce(sum(length(keys)), 0) / ${ENTRY_WORDS * Uint32Array.BYTES_PER_ELEMENT} FROM seen`
