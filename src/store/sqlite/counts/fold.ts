import { invariant } from '../../../base/invariant.ts'
import type { ActorRules } from '../../../bucket/actors.ts'
import type { Db } from '../file/db.ts'
import { plucked, prepared } from '../file/prepared.ts'
import { actorsTo, firstSlot, readActors } from './actor-blob.ts'
import { cellsTo, readCells } from './cell-blob.ts'
import { byDay, type DayChanges } from './day-changes.ts'
import { readPending, type SeriesChanges } from './delta.ts'
import { sumActors } from './merge-actors.ts'
import { sumCells } from './merge-cells.ts'
import { pastCapSlots } from './past-cap.ts'
import { firstMinutesOf, totalsOf } from './pending.ts'
import { SumRows } from './sum-rows.ts'

/** Works all pending changes into the day blobs and the series' totals. Inside a transaction. */
export function foldPending(db: Db, rules: ActorRules): void {
  const pending = readPending(db, new Map(), 0)
  const [cells, actors] = [new SumRows(3), new SumRows(4)]
  for (const changes of byDay(pending, rules)) {
    if (changes.cells.length > 0) foldCells(db, changes, cells)
    if (changes.actors.length + changes.pastCap.length > 0) foldActors(db, changes, rules, actors)
  }
  for (const [series, changes] of pending) foldTotals(db, series, changes)
  prepared(db, 'DELETE FROM delta').run()
}

function foldCells(db: Db, { day, series, cells }: DayChanges, rows: SumRows): void {
  rows.clear()
  const blob = plucked(db, SELECT_CELLS).get(day, series)
  if (blob !== undefined) readCells(blob as Buffer, day, rows, EVER)
  for (let at = 0; at < cells.length; at += 3) {
    rows.push(cells[at] ?? 0, cells[at + 1] ?? 0, cells[at + 2] ?? 0)
  }
  sumCells(rows)
  for (let row = 0; row < rows.length; row++) {
    invariant(rows.at(row, 2) > 0, 'no cell counts less than nothing')
  }
  if (rows.length > 0) prepared(db, PUT_CELLS).run(day, series, cellsTo(rows, day))
  else if (blob !== undefined) prepared(db, DELETE_CELLS).run(day, series)
}

function foldActors(db: Db, changes: DayChanges, rules: ActorRules, rows: SumRows): void {
  const { day, series, actors } = changes
  const dayStart = firstSlot(day, rules.windowMinutes)
  rows.clear()
  const blob = plucked(db, SELECT_ACTORS).get(day, series)
  if (blob !== undefined) readActors(blob as Buffer, dayStart, rows)
  for (let at = 0; at < actors.length; at += 4) {
    rows.push(actors[at] ?? 0, actors[at + 1] ?? 0, actors[at + 2] ?? 0, actors[at + 3] ?? 0)
  }
  const until = firstSlot(day + 1, rules.windowMinutes)
  const known = pastCapSlots(db, { series, from: dayStart, until })
  const pastCap = new Set([...known, ...changes.pastCap])
  const found = sumActors(rows, { pastCap, cap: rules.cap })
  for (const slot of [...pastCap, ...found]) {
    if (!known.has(slot)) prepared(db, MARK_PAST_CAP).run(series, slot)
  }
  for (let row = 0; row < rows.length; row++) {
    invariant(rows.at(row, 3) >= 0, 'no actor calls less than never')
  }
  if (rows.length > 0) prepared(db, PUT_ACTORS).run(day, series, actorsTo(rows, dayStart))
  else if (blob !== undefined) prepared(db, DELETE_ACTORS).run(day, series)
}

function foldTotals(db: Db, series: number, changes: SeriesChanges): void {
  const { calls, errors, reads, firstMinute, lastMinute } = totalsOf(changes)
  if (changes.cells.length > 0) {
    prepared(db, WIDEN_SERIES).run(firstMinute, firstMinute, lastMinute, lastMinute, series)
  }
  prepared(db, ADD_TO_SERIES).run(calls, errors, reads, series)
  for (const [code, minute] of firstMinutesOf(changes)) {
    prepared(db, WIDEN_CODE).run(series, code, minute)
  }
}

const EVER = { fromMinute: 0, untilMinute: Number.POSITIVE_INFINITY }

const SELECT_CELLS = 'SELECT cells FROM cells WHERE day = ? AND series = ?'
const PUT_CELLS = 'INSERT OR REPLACE INTO cells (day, series, cells) VALUES (?, ?, ?)'
const DELETE_CELLS = 'DELETE FROM cells WHERE day = ? AND series = ?'
const SELECT_ACTORS = 'SELECT actors FROM actors WHERE day = ? AND series = ?'
const PUT_ACTORS = 'INSERT OR REPLACE INTO actors (day, series, actors) VALUES (?, ?, ?)'
const DELETE_ACTORS = 'DELETE FROM actors WHERE day = ? AND series = ?'
const MARK_PAST_CAP = 'INSERT OR IGNORE INTO past_cap (series, slot) VALUES (?, ?)'
const WIDEN_SERIES = `UPDATE series SET
  first_minute = min(coalesce(first_minute, ?), ?), last_minute = max(coalesce(last_minute, ?), ?) WHERE ref = ?`
const ADD_TO_SERIES =
  'UPDATE series SET calls = calls + ?, errors = errors + ?, reads = reads + ? WHERE ref = ?'
const WIDEN_CODE = `INSERT INTO series_code (series, code, first_minute) VALUES (?, ?, ?)
  ON CONFLICT (series, code) DO UPDATE SET first_minute = min(first_minute, excluded.first_minute)`
