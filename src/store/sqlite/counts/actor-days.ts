import type { ActorRules } from '../../../bucket/actors.ts'
import type { Db } from '../file/db.ts'
import { plucked } from '../file/prepared.ts'
import { actorsFrom, firstSlot } from './actor-blob.ts'
import { DAY_MINUTES } from './cell-blob.ts'
import { daySpan } from './day-span.ts'
import type { SeriesChanges } from './delta.ts'
import { type MergedActors, mergeActors } from './merge-actors.ts'
import { pastCapSlots, type SlotSpan } from './past-cap.ts'

/** A series' actors, folded and pending together, day by day, for every day of the span that has some. */
export function* actorDays(
  db: Db,
  changes: SeriesChanges | undefined,
  rules: ActorRules,
  span: SlotSpan,
): Generator<MergedActors> {
  const slotsPerDay = firstSlot(1, rules.windowMinutes)
  const marked = new Set([...pastCapSlots(db, span), ...(changes?.pastCap ?? [])])
  for (const day of daysOf(db, changes, { span, slotsPerDay, marked })) {
    const dayStart = day * slotsPerDay
    const isToday = (slot: number) => slot >= dayStart && slot < dayStart + slotsPerDay
    const blob = plucked(db, SELECT_ACTORS).get(day, span.series)
    const kept = blob === undefined ? [] : actorsFrom(blob as Buffer, dayStart)
    const changed = (changes?.actors ?? []).filter(({ slot }) => isToday(slot))
    const pastCap = new Set([...marked].filter(isToday))
    if (kept.length + changed.length + pastCap.size === 0) continue
    yield mergeActors(kept, changed, { pastCap, cap: rules.cap })
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
  const minuteOf = (slot: number) => (slot / slotsPerDay) * DAY_MINUTES
  const minutes = { fromMinute: minuteOf(span.from), untilMinute: minuteOf(span.until) }
  const folded = daySpan(db, 'actors', minutes)
  const days = new Set<number>()
  for (let day = folded.first; day <= folded.last; day++) days.add(day)
  const slots = [...(changes?.actors ?? []).map(({ slot }) => slot), ...marked]
  for (const slot of slots) {
    if (slot >= span.from && slot < span.until) days.add(Math.floor(slot / slotsPerDay))
  }
  return [...days].sort((a, b) => a - b)
}

const SELECT_ACTORS = 'SELECT actors FROM actors WHERE day = ? AND series = ?'
