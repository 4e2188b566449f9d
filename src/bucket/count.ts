import { type CallTable, NO_VALUE } from '../event/table/call-table.ts'
import { type ActorColumns, type ActorRules, keepWithinCap, slotOf } from './actors.ts'
import type { BucketPartial } from './partial.ts'
import { TupleCounter } from './tuple-counter.ts'

/** What becomes of a row: left out; counted; or only its values become known, for a call that counts elsewhere. */
export const FATES = { leave: 0, count: 1, name: 2 } as const

/** Counts a table's calls: all of them, or each by its fate. */
export function countCalls(
  table: CallTable,
  fates: Uint8Array | null,
  rules: ActorRules,
): BucketPartial {
  const cells = new TupleCounter(table.length)
  const reads = new Int32Array(table.series.length)
  for (let row = 0; row < table.length; row++) {
    const by = amountOf(fates, row)
    if (by === LEFT_OUT) continue
    const pair = table.pair[row] ?? 0
    cells.add(pair, table.minute[row] ?? 0, 0, by)
    const series = table.pairs.series[pair] ?? 0
    reads[series] = (reads[series] ?? 0) + by * (table.readOnly[row] ?? 0)
  }
  const actors = actorColumns(table, countActors(table, fates, rules))
  const kept = keepWithinCap(actors, new TupleCounter(), rules.cap)
  const { series, codes, values } = table
  return { rules, series, codes, values, cells: cellColumns(table, cells), ...kept, reads }
}

const LEFT_OUT = -1

function amountOf(fates: Uint8Array | null, row: number): number {
  const fate = fates === null ? FATES.count : (fates[row] ?? FATES.leave)
  if (fate === FATES.leave) return LEFT_OUT
  return fate === FATES.count ? 1 : 0
}

/** By pair, slot and value. */
function countActors(table: CallTable, fates: Uint8Array | null, rules: ActorRules): TupleCounter {
  const actors = new TupleCounter(2 * table.length)
  for (const [kind, column] of [table.identity, table.agent, table.resource].entries()) {
    for (let row = 0; row < table.length; row++) {
      const value = column[row] ?? NO_VALUE
      const by = amountOf(fates, row)
      if (value === NO_VALUE || by === LEFT_OUT) continue
      const slot = slotOf(table.minute[row] ?? 0, kind, rules.windowMinutes)
      actors.add(table.pair[row] ?? 0, slot, value, by)
    }
  }
  return actors
}

function cellColumns({ pairs }: CallTable, { a, b, count, length }: TupleCounter) {
  return {
    series: placesOf(pairs.series, a, length),
    code: placesOf(pairs.code, a, length),
    minute: b.subarray(0, length),
    count: count.subarray(0, length),
  }
}

function actorColumns(
  { pairs }: CallTable,
  { a, b, c, count, length }: TupleCounter,
): ActorColumns {
  return {
    series: placesOf(pairs.series, a, length),
    code: placesOf(pairs.code, a, length),
    slot: b.subarray(0, length),
    value: c.subarray(0, length),
    count: count.subarray(0, length),
  }
}

function placesOf(places: Int32Array, pairs: Int32Array, length: number): Int32Array {
  const found = new Int32Array(length)
  for (let i = 0; i < length; i++) found[i] = places[pairs[i] ?? 0] ?? 0
  return found
}
