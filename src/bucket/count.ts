import { type CallTable, NO_VALUE } from '../event/table/call-table.ts'
import { type ActorColumns, type ActorRules, keepWithinCap, slotOf } from './actors.ts'
import type { BucketPartial, CellColumns } from './partial.ts'
import { TupleCounter } from './tuple-counter.ts'

/** What becomes of a row: left out; counted; or only its values become known, for a call that counts elsewhere. */
export const FATES = { leave: 0, count: 1, name: 2 } as const

const MOST_KEPT = 32_768

/** Where tables are counted, one after the other: room of its own for each would have to be collected. */
export class CountRoom {
  readonly cells: TupleCounter = new TupleCounter()
  readonly actors: TupleCounter = new TupleCounter()
  readonly pastCap: TupleCounter = new TupleCounter()
  readonly #columns: Int32Array[] = []

  /** The nth column of places, whatever stands in it. */
  column(nth: number, length: number): Int32Array {
    if (length > MOST_KEPT) return new Int32Array(length)
    let column = this.#columns[nth]
    if (column === undefined || column.length < length) {
      column = new Int32Array(Math.min(2 * length, MOST_KEPT))
      this.#columns[nth] = column
    }
    return column.subarray(0, length)
  }
}

/** Counts a table's calls: all of them, or each by its fate. The partial is valid until something else is counted in the room. */
export function countCalls(
  table: CallTable,
  fates: Uint8Array | null,
  rules: ActorRules,
  room: CountRoom = new CountRoom(),
): BucketPartial {
  const { series, codes, values } = table
  const reads = countCells(table, fates, room.cells)
  countActors(table, fates, rules, room.actors)
  const actors = actorColumns(table, room)
  room.pastCap.begin(0)
  const kept = keepWithinCap(actors, room.pastCap, rules.cap)
  return { rules, series, codes, values, cells: cellColumns(table, room), ...kept, reads }
}

const LEFT_OUT = -1

function amountOf(fates: Uint8Array | null, row: number): number {
  const fate = fates === null ? FATES.count : (fates[row] as number)
  if (fate === FATES.leave) return LEFT_OUT
  return fate === FATES.count ? 1 : 0
}

/** By pair and minute; answers the read-only calls of each series. */
function countCells(table: CallTable, fates: Uint8Array | null, into: TupleCounter): Int32Array {
  const { pair, pairs, minute, readOnly, length } = table
  const reads = new Int32Array(table.series.length)
  into.begin(length)
  for (let row = 0; row < length; row++) {
    const by = amountOf(fates, row)
    if (by === LEFT_OUT) continue
    const place = pair[row] as number
    into.add(place, minute[row] as number, 0, by)
    const series = pairs.series[place] as number
    reads[series] = (reads[series] as number) + by * (readOnly[row] as number)
  }
  return reads
}

/** By pair, slot and value. */
function countActors(
  table: CallTable,
  fates: Uint8Array | null,
  { windowMinutes }: ActorRules,
  into: TupleCounter,
): void {
  const { pair, minute, length } = table
  into.begin(2 * length)
  for (const [kind, column] of [table.identity, table.agent, table.resource].entries()) {
    for (let row = 0; row < length; row++) {
      const value = column[row] as number
      const by = amountOf(fates, row)
      if (value === NO_VALUE || by === LEFT_OUT) continue
      into.add(pair[row] as number, slotOf(minute[row] as number, kind, windowMinutes), value, by)
    }
  }
}

function cellColumns({ pairs }: CallTable, room: CountRoom): CellColumns {
  const { a, b, count, length } = room.cells
  return {
    series: placesOf(pairs.series, a, room.column(0, length)),
    code: placesOf(pairs.code, a, room.column(1, length)),
    minute: b.subarray(0, length),
    count: count.subarray(0, length),
  }
}

function actorColumns({ pairs }: CallTable, room: CountRoom): ActorColumns {
  const { a, b, c, count, length } = room.actors
  return {
    series: placesOf(pairs.series, a, room.column(2, length)),
    code: placesOf(pairs.code, a, room.column(3, length)),
    slot: b.subarray(0, length),
    value: c.subarray(0, length),
    count: count.subarray(0, length),
  }
}

function placesOf(places: Int32Array, pairs: Int32Array, into: Int32Array): Int32Array {
  for (let at = 0; at < into.length; at++) into[at] = places[pairs[at] as number] as number
  return into
}
