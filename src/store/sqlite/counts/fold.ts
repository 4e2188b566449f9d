import { invariant } from '../../../base/invariant.ts'
import type { ActorRules } from '../../../bucket/actors.ts'
import type { Db } from '../file/db.ts'
import { plucked, prepared } from '../file/prepared.ts'
import { actorsTo, firstSlot, readActors } from './actor-blob.ts'
import { foldedActors } from './actor-days.ts'
import { cellsTo, DAY_MINUTES, readCells } from './cell-blob.ts'
import { byDay, type DayChanges, type DayPart } from './day-changes.ts'
import type { PendingRows } from './delta.ts'
import { foldTotals } from './fold-totals.ts'
import { sumActors } from './merge-actors.ts'
import { sumCells } from './merge-cells.ts'
import { pastCapSlots } from './past-cap.ts'
import { SumRows } from './sum-rows.ts'

/** Works all that is pending into the day blobs and the series' totals. Inside a transaction. */
export function foldPending(db: Db, pending: PendingRows, rules: ActorRules): void {
  const cells = byDay(pending.cells, { width: 4, perDay: DAY_MINUTES })
  foldCells(db, cells)
  foldTotals(db, cells, pending.reads)
  foldActors(db, pending, rules)
  prepared(db, 'DELETE FROM delta').run()
}

function foldCells(db: Db, { parts, numbers }: DayChanges): void {
  const rows = new SumRows(3)
  const [select, put] = [plucked(db, SELECT_CELLS), prepared(db, PUT_CELLS)]
  for (const { day, series, from, until } of parts) {
    rows.clear()
    const blob = select.get(day, series)
    if (blob !== undefined) readCells(blob as Buffer, day, rows, EVER)
    rows.append(numbers, from, until)
    sumCells(rows)
    for (let row = 0; row < rows.length; row++) {
      invariant(rows.at(row, 2) > 0, 'no cell counts less than nothing')
    }
    if (rows.length > 0) put.run(day, series, cellsTo(rows, day))
    else if (blob !== undefined) prepared(db, DELETE_CELLS).run(day, series)
  }
}

function foldActors(db: Db, pending: PendingRows, rules: ActorRules): void {
  const slotsPerDay = firstSlot(1, rules.windowMinutes)
  const also = markPastCap(db, pending.pastCap, slotsPerDay)
  const { parts, numbers } = byDay(pending.actors, { width: 5, perDay: slotsPerDay, also })
  const capped = new Set(plucked(db, SELECT_CAPPED).all() as number[])
  const rows = new SumRows(4)
  for (const part of parts) {
    foldActorsOf(db, part, { numbers, rows, rules, isCapped: capped.has(part.series) })
  }
}

/** Keeps the slots that turned out to be past the cap; answers the days that hold them. */
function markPastCap(db: Db, lists: readonly Int32Array[], slotsPerDay: number) {
  const days: [series: number, day: number][] = []
  for (const list of lists) {
    for (let at = 0; at < list.length; at += 2) {
      const [series = 0, slot = 0] = [list[at], list[at + 1]]
      prepared(db, MARK_PAST_CAP).run(series, slot)
      days.push([series, Math.floor(slot / slotsPerDay)])
    }
  }
  return days
}

interface ActorFold {
  readonly numbers: Int32Array
  readonly rows: SumRows
  readonly rules: ActorRules
  /** Whether the series has slots past the cap, on whatever day. */
  readonly isCapped: boolean
}

function foldActorsOf(
  db: Db,
  { day, series, from, until }: DayPart,
  { numbers, rows, rules, isCapped }: ActorFold,
): void {
  const dayStart = firstSlot(day, rules.windowMinutes)
  rows.clear()
  const blob = foldedActors(db, day, series)
  if (blob !== undefined) readActors(blob, dayStart, rows)
  rows.append(numbers, from, until)
  const span = { series, from: dayStart, until: firstSlot(day + 1, rules.windowMinutes) }
  const pastCap = isCapped ? pastCapSlots(db, span) : NONE
  for (const slot of sumActors(rows, { pastCap, cap: rules.cap }))
    prepared(db, MARK_PAST_CAP).run(series, slot)
  for (let row = 0; row < rows.length; row++) {
    invariant(rows.at(row, 3) >= 0, 'no actor calls less than never')
  }
  if (rows.length > 0) prepared(db, PUT_ACTORS).run(day, series, actorsTo(rows, dayStart))
  else if (blob !== undefined) prepared(db, DELETE_ACTORS).run(day, series)
}

const EVER = { fromMinute: 0, untilMinute: Number.POSITIVE_INFINITY }
const NONE: ReadonlySet<number> = new Set()

const SELECT_CELLS = 'SELECT cells FROM cells WHERE day = ? AND series = ?'
const PUT_CELLS = `INSERT INTO cells (day, series, cells) VALUES (?, ?, ?)
  ON CONFLICT (day, series) DO UPDATE SET cells = excluded.cells`
const DELETE_CELLS = 'DELETE FROM cells WHERE day = ? AND series = ?'
const SELECT_CAPPED = 'SELECT DISTINCT series FROM past_cap'
const PUT_ACTORS = `INSERT INTO actors (day, series, actors) VALUES (?, ?, ?)
  ON CONFLICT (day, series) DO UPDATE SET actors = excluded.actors`
const DELETE_ACTORS = 'DELETE FROM actors WHERE day = ? AND series = ?'
const MARK_PAST_CAP = 'INSERT OR IGNORE INTO past_cap (series, slot) VALUES (?, ?)'
