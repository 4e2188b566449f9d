import { ACTOR_KINDS } from '../../../bucket/actors.ts'
import { VarintReader, VarintWriter } from '../varint.ts'
import { DAY_MINUTES } from './cell-blob.ts'
import type { SumRows } from './sum-rows.ts'

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

const writer = new VarintWriter()

/** A day's summed rows of one series as varints: slots since the row before, value (its rise within a slot), code, count. Valid until the next. */
export function actorsTo(rows: SumRows, dayStart: number): Buffer {
  writer.clear()
  let slot = dayStart
  let value = 0
  for (let row = 0; row < rows.length; row++) {
    const next = rows.at(row, 0)
    if (next !== slot) value = 0
    writer.put(next - slot)
    writer.put(rows.at(row, 1) - value)
    writer.put(rows.at(row, 2))
    writer.put(rows.at(row, 3))
    slot = next
    value = rows.at(row, 1)
  }
  return writer.bytes()
}

/** Appends the entries of a day's blob as rows. */
export function readActors(blob: Uint8Array, dayStart: number, into: SumRows): void {
  visitActors(blob, dayStart, (slot, value, code, count) => into.push(slot, value, code, count))
}

/** Rows as entries. */
export function entriesOf(rows: SumRows): ActorEntry[] {
  return Array.from({ length: rows.length }, (_, row) => ({
    slot: rows.at(row, 0),
    value: rows.at(row, 1),
    code: rows.at(row, 2),
    count: rows.at(row, 3),
  }))
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
