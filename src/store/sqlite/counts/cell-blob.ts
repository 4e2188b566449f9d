import type { MinuteCells } from '../../store.ts'
import { VarintReader, VarintWriter } from '../varint.ts'
import type { SumRows } from './sum-rows.ts'

export const DAY_MINUTES = 1440

const writer = new VarintWriter()

/** A day's summed rows of minute, code, count as varints: minutes since the row before (since midnight for the first), code, count. Valid until the next. */
export function cellsTo(rows: SumRows, day: number): Buffer {
  writer.clear()
  let last = day * DAY_MINUTES
  for (let row = 0; row < rows.length; row++) {
    const minute = rows.at(row, 0)
    writer.put(minute - last)
    writer.put(rows.at(row, 1))
    writer.put(rows.at(row, 2))
    last = minute
  }
  return writer.bytes()
}

/** Appends the cells of a day's blob that lie in `[fromMinute, untilMinute)`. */
export function readCells(
  blob: Uint8Array,
  day: number,
  into: Pick<CellList, 'push'>,
  { fromMinute, untilMinute }: { readonly fromMinute: number; readonly untilMinute: number },
): void {
  const reader = new VarintReader(blob)
  let minute = day * DAY_MINUTES
  while (!reader.ended) {
    minute += reader.take()
    const code = reader.take()
    const count = reader.take()
    if (minute >= fromMinute && minute < untilMinute) into.push(minute, code, count)
  }
}

const FIRST_CELLS = 64

/** Cells in growing columns. */
export class CellList {
  #minutes = new Int32Array(FIRST_CELLS)
  #codes = new Int32Array(FIRST_CELLS)
  #counts = new Int32Array(FIRST_CELLS)
  #length = 0

  push(minute: number, code: number, count: number): void {
    const at = this.#length
    if (at === this.#minutes.length) this.#grow()
    this.#minutes[at] = minute
    this.#codes[at] = code
    this.#counts[at] = count
    this.#length = at + 1
  }

  cells(): MinuteCells {
    return {
      minutes: this.#minutes.subarray(0, this.#length),
      codes: this.#codes.subarray(0, this.#length),
      counts: this.#counts.subarray(0, this.#length),
    }
  }

  #grow(): void {
    this.#minutes = doubled(this.#minutes)
    this.#codes = doubled(this.#codes)
    this.#counts = doubled(this.#counts)
  }
}

function doubled(from: Int32Array): Int32Array<ArrayBuffer> {
  const to = new Int32Array(from.length * 2)
  to.set(from)
  return to
}
