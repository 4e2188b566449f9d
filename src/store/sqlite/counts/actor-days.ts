import type { ActorRules } from '../../../bucket/actors.ts'
import type { Db } from '../file/db.ts'
import { plucked } from '../file/prepared.ts'
import { type ActorEntry, entriesOf, firstSlot, readActors } from './actor-blob.ts'
import type { SeriesChanges } from './delta.ts'
import { sumActors } from './merge-actors.ts'
import { pastCapSlots, type SlotSpan } from './past-cap.ts'
import { SumRows } from './sum-rows.ts'

/** A day's actors of one series, and the slots that turned out to be past the cap. */
interface ActorDay {
  readonly entries: readonly ActorEntry[]
  readonly pastCap: ReadonlySet<number>
}

/** A day's actors of one series as they are stored; undefined: none are folded. */
export function foldedActors(db: Db, day: number, series: number): Buffer | undefined {
  return plucked(db, SELECT_ACTORS).get(day, series) as Buffer | undefined
}

/** A series' actors, folded and pending together, day by day, for every day of the span that has some. */
export function* actorDays(
  db: Db,
  changes: SeriesChanges | undefined,
  rules: ActorRules,
  span: SlotSpan,
): Generator<ActorDay> {
  const slotsPerDay = firstSlot(1, rules.windowMinutes)
  const marked = new Set([...pastCapSlots(db, span), ...(changes?.pastCap ?? [])])
  const rows = new SumRows(4)
  for (const day of daysOf(db, changes, { span, slotsPerDay, marked })) {
    const dayStart = day * slotsPerDay
    const isToday = (slot: number) => slot >= dayStart && slot < dayStart + slotsPerDay
    const blob = foldedActors(db, day, span.series)
    rows.clear()
    if (blob !== undefined) readActors(blob, dayStart, rows)
    addChanges(rows, changes?.actors ?? [], isToday)
    const known = new Set([...marked].filter(isToday))
    if (rows.length + known.size === 0) continue
    const found = sumActors(rows, { pastCap: known, cap: rules.cap })
    yield { entries: entriesOf(rows), pastCap: new Set([...known, ...found]) }
  }
}

function addChanges(
  rows: SumRows,
  actors: readonly number[],
  isToday: (slot: number) => boolean,
): void {
  for (let at = 0; at < actors.length; at += 4) {
    const slot = actors[at] ?? 0
    if (!isToday(slot)) continue
    rows.push(slot, actors[at + 1] ?? 0, actors[at + 2] ?? 0, actors[at + 3] ?? 0)
  }
}

interface DaysContext {
  readonly span: SlotSpan
  readonly slotsPerDay: number
  readonly marked: ReadonlySet<number>
}

function daysOf(
  db: Db,
  changes: SeriesChanges | undefined,
  { span, slotsPerDay, marked }: DaysContext,
): readonly number[] {
  const firstDay = Math.floor(span.from / slotsPerDay)
  const untilDay = Math.ceil(span.until / slotsPerDay)
  const folded = plucked(db, SELECT_DAYS).all(span.series, firstDay, untilDay) as number[]
  const days = new Set(folded)
  const slots = [...changedSlots(changes), ...marked]
  for (const slot of slots) {
    if (slot >= span.from && slot < span.until) days.add(Math.floor(slot / slotsPerDay))
  }
  return [...days].sort((a, b) => a - b)
}

/** The slots that pending changes speak of, with repeats. */
export function changedSlots(changes: SeriesChanges | undefined): readonly number[] {
  return (changes?.actors ?? []).filter((_, at) => at % 4 === 0)
}

const SELECT_ACTORS = 'SELECT actors FROM actors WHERE day = ? AND series = ?'
const SELECT_DAYS = `SELECT day FROM actors INDEXED BY actors_by_series
  WHERE series = ? AND day >= ? AND day < ?`
