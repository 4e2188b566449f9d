import { invariant } from '../base/invariant.ts'
import { Interner, SeriesInterner } from '../event/table/interner.ts'
import { type ActorColumns, type ActorRules, keepWithinCap, type SlotColumns } from './actors.ts'
import type { SeriesKey } from './series-key.ts'
import { TupleCounter } from './tuple-counter.ts'

/** Calls by series, error code and minute: columns of places in the partial's lists. */
export interface CellColumns {
  readonly series: Int32Array
  readonly code: Int32Array
  readonly minute: Int32Array
  readonly count: Int32Array
}

/**
 * Counts of some calls, wherever they were counted. Counting is a commutative, associative sum: `merge` in any order and
 * grouping gives the same. Corrections are negative counts; a value corrected to zero stays known.
 */
export interface BucketPartial {
  readonly rules: ActorRules
  readonly series: readonly SeriesKey[]
  readonly codes: readonly (string | null)[]
  readonly values: readonly string[]
  readonly cells: CellColumns
  readonly actors: ActorColumns
  /** Windows with too many distinct values; their actors are not kept. */
  readonly pastCap: SlotColumns
  /** Read-only calls by series. */
  readonly reads: Int32Array
}

/** The sum of two partials that were counted by the same rules. */
export function merge(left: BucketPartial, right: BucketPartial): BucketPartial {
  const { windowMinutes, cap } = left.rules
  invariant(
    windowMinutes === right.rules.windowMinutes && cap === right.rules.cap,
    'partials are merged that count actors by one rule',
  )
  const sum = new Sum()
  const pastCap = new TupleCounter()
  for (const part of [left, right]) sum.add(part, pastCap)
  const actors = sum.actors()
  const kept = keepWithinCap(actors, pastCap, cap)
  const reads = new Int32Array(sum.series.things.length)
  for (const [series, count] of sum.reads) reads[series] = count
  return {
    rules: left.rules,
    series: sum.series.things,
    codes: sum.codes.things,
    values: sum.values.things,
    cells: sum.cells(),
    ...kept,
    reads,
  }
}

class Sum {
  readonly series = new SeriesInterner()
  readonly codes = new Interner<string | null>()
  readonly values = new Interner<string>()
  readonly reads = new Map<number, number>()
  readonly #cells = new TupleCounter()
  /** By pair of series and code, slot and value. */
  readonly #actors = new TupleCounter()
  readonly #pairs = new Interner<string>()

  add(part: BucketPartial, pastCap: TupleCounter): void {
    const series = Int32Array.from(part.series, (key) => this.series.placeOf(key))
    const codes = Int32Array.from(part.codes, (code) => this.codes.placeOf(code))
    this.#addCells(part.cells, series, codes)
    this.#addActors(part, series, codes)
    part.pastCap.slot.forEach((slot, i) => {
      pastCap.add(series[part.pastCap.series[i] ?? 0] ?? 0, slot, 0, 1)
    })
    series.forEach((place, i) => {
      this.reads.set(place, (this.reads.get(place) ?? 0) + (part.reads[i] ?? 0))
    })
  }

  #addCells(cells: CellColumns, series: Int32Array, codes: Int32Array): void {
    for (let i = 0; i < cells.count.length; i++) {
      const place = series[cells.series[i] ?? 0] ?? 0
      const code = codes[cells.code[i] ?? 0] ?? 0
      this.#cells.add(place, cells.minute[i] ?? 0, code, cells.count[i] ?? 0)
    }
  }

  #addActors({ actors, values }: BucketPartial, series: Int32Array, codes: Int32Array): void {
    const places = Int32Array.from(values, (value) => this.values.placeOf(value))
    for (let i = 0; i < actors.count.length; i++) {
      const place = series[actors.series[i] ?? 0] ?? 0
      const pair = this.#pairs.placeOf(`${place} ${codes[actors.code[i] ?? 0] ?? 0}`)
      const value = places[actors.value[i] ?? 0] ?? 0
      this.#actors.add(pair, actors.slot[i] ?? 0, value, actors.count[i] ?? 0)
    }
  }

  cells(): CellColumns {
    const { a, b, c, count, length } = this.#cells
    return {
      series: a.subarray(0, length),
      code: c.subarray(0, length),
      minute: b.subarray(0, length),
      count: count.subarray(0, length),
    }
  }

  actors(): ActorColumns {
    const { a, b, c, count, length } = this.#actors
    const pairs = this.#pairs.things.map((text) => text.split(' ').map(Number))
    return {
      series: a.slice(0, length).map((pair) => pairs[pair]?.[0] ?? 0),
      code: a.slice(0, length).map((pair) => pairs[pair]?.[1] ?? 0),
      slot: b.subarray(0, length),
      value: c.subarray(0, length),
      count: count.subarray(0, length),
    }
  }
}
