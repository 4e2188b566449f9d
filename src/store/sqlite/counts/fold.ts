import { invariant } from '../../../base/invariant.ts'
import type { ActorRules } from '../../../bucket/actors.ts'
import type { Db } from '../file/db.ts'
import { plucked, prepared } from '../file/prepared.ts'
import { type ActorEntry, actorsFrom, actorsTo, firstSlot } from './actor-blob.ts'
import { CellList, cellsTo, DAY_MINUTES, readCells } from './cell-blob.ts'
import { readPending, type SeriesChanges } from './delta.ts'
import { mergeActors } from './merge-actors.ts'
import { type CellChange, mergeCells } from './merge-cells.ts'
import { pastCapSlots } from './past-cap.ts'
import { firstMinutesOf, totalsOf } from './pending.ts'

/** Works all pending changes into the day blobs and the series' totals. Inside a transaction. */
export function foldPending(db: Db, rules: ActorRules): void {
  for (const [series, changes] of readPending(db, new Map(), 0)) {
    for (const [day, cells] of byDay(changes.cells, ({ minute }) => minute)) {
      foldCells(db, series, day, cells)
    }
    foldActors(db, series, changes, rules)
    foldTotals(db, series, changes)
  }
  prepared(db, 'DELETE FROM delta').run()
}

function foldCells(db: Db, series: number, day: number, changes: readonly CellChange[]): void {
  const kept = new CellList()
  const blob = plucked(db, SELECT_CELLS).get(day, series)
  if (blob !== undefined) readCells(blob as Buffer, day, kept, EVER)
  const sum = mergeCells(kept.cells(), changes)
  invariant(
    sum.counts.every((count) => count > 0),
    'no cell counts less than nothing',
  )
  if (sum.minutes.length > 0) prepared(db, PUT_CELLS).run(day, series, cellsTo(sum, day))
  else if (blob !== undefined) prepared(db, DELETE_CELLS).run(day, series)
}

function foldActors(db: Db, series: number, changes: SeriesChanges, rules: ActorRules): void {
  const { windowMinutes, cap } = rules
  const slotsPerDay = firstSlot(1, windowMinutes)
  const days = byDay(changes.actors, ({ slot }) => (slot / slotsPerDay) * DAY_MINUTES)
  for (const slot of changes.pastCap) {
    const day = Math.floor(slot / slotsPerDay)
    if (!days.has(day)) days.set(day, [])
  }
  for (const [day, entries] of days) {
    const dayStart = firstSlot(day, windowMinutes)
    const blob = plucked(db, SELECT_ACTORS).get(day, series)
    const kept = blob === undefined ? [] : actorsFrom(blob as Buffer, dayStart)
    const known = pastCapSlots(db, { series, from: dayStart, until: dayStart + slotsPerDay })
    const before = new Set([...known, ...changes.pastCap])
    const merged = mergeActors(kept, entries, { pastCap: before, cap })
    for (const slot of merged.pastCap) {
      if (!known.has(slot)) prepared(db, MARK_PAST_CAP).run(series, slot)
    }
    saveActors(db, { series, day, dayStart, isKept: blob !== undefined }, merged.entries)
  }
}

function saveActors(
  db: Db,
  place: {
    readonly series: number
    readonly day: number
    readonly dayStart: number
    readonly isKept: boolean
  },
  entries: readonly ActorEntry[],
): void {
  const { series, day, dayStart, isKept } = place
  invariant(
    entries.every(({ count }) => count >= 0),
    'no actor calls less than never',
  )
  if (entries.length > 0) prepared(db, PUT_ACTORS).run(day, series, actorsTo(entries, dayStart))
  else if (isKept) prepared(db, DELETE_ACTORS).run(day, series)
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

function byDay<Item>(
  items: readonly Item[],
  minuteOf: (item: Item) => number,
): Map<number, Item[]> {
  const days = new Map<number, Item[]>()
  for (const item of items) {
    const day = Math.floor(minuteOf(item) / DAY_MINUTES)
    const list = days.get(day)
    if (list === undefined) days.set(day, [item])
    else list.push(item)
  }
  return days
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
