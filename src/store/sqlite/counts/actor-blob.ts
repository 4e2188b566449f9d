import { ACTOR_KINDS } from '../../../bucket/actors.ts'
import { VarintReader, VarintWriter } from '../varint.ts'
import { DAY_MINUTES } from './cell-blob.ts'

/** Calls of one actor value with one error code in one slot (a window and a kind). A count of 0 keeps the value known. */
export interface ActorEntry {
  readonly slot: number
  readonly value: number
  readonly code: number
  readonly count: number
}

/** First slot of a day. */
export function firstSlot(day: number, windowMinutes: number): number {
  return ((day * DAY_MINUTES) / windowMinutes) * ACTOR_KINDS.length
}

/** Ascending by slot, value, code. */
export function compareEntries(a: ActorEntry, b: ActorEntry): number {
  return a.slot - b.slot || a.value - b.value || a.code - b.code
}

/** A day's sorted entries of one series as varints: slots since the entry before, value (its rise within a slot), code, count. */
export function actorsTo(entries: readonly ActorEntry[], dayStart: number): Buffer {
  const writer = new VarintWriter()
  let slot = dayStart
  let value = 0
  for (const entry of entries) {
    if (entry.slot !== slot) value = 0
    writer.put(entry.slot - slot)
    writer.put(entry.value - value)
    writer.put(entry.code)
    writer.put(entry.count)
    slot = entry.slot
    value = entry.value
  }
  return writer.bytes()
}

/** The entries of a day's blob. */
export function actorsFrom(blob: Uint8Array, dayStart: number): ActorEntry[] {
  const entries: ActorEntry[] = []
  visitActors(blob, dayStart, (slot, value, code, count) => {
    entries.push({ slot, value, code, count })
  })
  return entries
}

/** Hands over the entries of a day's blob, their numbers in the order of `ActorEntry`. */
export function visitActors(
  blob: Uint8Array,
  dayStart: number,
  visit: (slot: number, value: number, code: number, count: number) => void,
): void {
  const reader = new VarintReader(blob)
  let slot = dayStart
  let value = 0
  while (!reader.ended) {
    const rise = reader.take()
    if (rise > 0) value = 0
    slot += rise
    value += reader.take()
    visit(slot, value, reader.take(), reader.take())
  }
}
