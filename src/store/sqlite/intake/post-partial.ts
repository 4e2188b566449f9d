import { slotOf } from '../../../bucket/actors.ts'
import type { BucketPartial } from '../../../bucket/partial.ts'
import { type CallTable, NO_VALUE } from '../../../event/table/call-table.ts'
import type { Delta } from '../counts/delta.ts'
import { DETAIL_WORDS, keptValue, NONE, WITHHELD } from '../seen/details.ts'
import { ENTRY_WORDS } from '../seen/id-set.ts'
import type { RowKeys } from '../seen/row-keys.ts'
import type { DayRows } from '../seen/sift.ts'
import type { Desk } from './desk.ts'

/** Enters a partial into a delta under the store's own numbers; answers what its rows are called there. */
export function postPartial(
  partial: BucketPartial,
  keys: RowKeys,
  desk: Desk,
  delta: Delta,
): Posted {
  const posted = new Posted(partial, keys, desk)
  const { cells, pastCap, reads } = partial
  for (let i = 0; i < cells.count.length; i++) {
    const series = posted.series(cells.series[i] ?? 0)
    const code = posted.code(cells.code[i] ?? 0)
    delta.addCell(series, cells.minute[i] ?? 0, code, cells.count[i] ?? 0)
  }
  postActors(partial, posted, desk, delta)
  for (let i = 0; i < pastCap.slot.length; i++) {
    delta.markPastCap(posted.series(pastCap.series[i] ?? 0), pastCap.slot[i] ?? 0)
  }
  reads.forEach((count, place) => {
    if (count !== 0) delta.addReads(posted.series(place), count)
  })
  return posted
}

function postActors({ actors }: BucketPartial, posted: Posted, desk: Desk, delta: Delta): void {
  for (let i = 0; i < actors.count.length; i++) {
    const series = posted.series(actors.series[i] ?? 0)
    const slot = actors.slot[i] ?? 0
    if (desk.pastCap.has(series, slot)) continue
    const value = posted.value(actors.value[i] ?? 0)
    delta.addActor(series, slot, value, posted.code(actors.code[i] ?? 0), actors.count[i] ?? 0)
  }
}

/** Numbers by place, each looked up when it is first asked for. */
class Refs {
  /** -1 where none was asked for. */
  readonly #known: Int32Array
  readonly #look: (place: number) => number

  constructor(places: number, look: (place: number) => number) {
    this.#known = new Int32Array(places).fill(-1)
    this.#look = look
  }

  at(place: number): number {
    const known = this.#known[place] ?? -1
    if (known >= 0) return known
    const ref = this.#look(place)
    this.#known[place] = ref
    return ref
  }
}

/** The store's numbers for a partial's places, looked up once each. */
export class Posted {
  readonly #partial: BucketPartial
  readonly #desk: Desk
  readonly #keys: RowKeys
  readonly #series: Refs
  readonly #codes: Refs
  readonly #values: Refs
  readonly #pastCap: ReadonlySet<string>

  constructor(partial: BucketPartial, keys: RowKeys, desk: Desk) {
    this.#partial = partial
    this.#desk = desk
    this.#keys = keys
    const { names } = desk
    const { series: allSeries, codes, values } = partial
    this.#series = new Refs(allSeries.length, (place) => {
      const known = keys.series[place]
      if (known === undefined) throw new RangeError(`the partial has no series ${place}`)
      return names.seriesRef(known)
    })
    this.#codes = new Refs(codes.length, (place) => names.code(codes[place] ?? null))
    this.#values = new Refs(values.length, (place) => {
      const known = keys.values[place]
      if (known === undefined) throw new RangeError(`the partial has no value ${place}`)
      return names.valueRef(known)
    })
    const { series, slot } = partial.pastCap
    this.#pastCap = new Set(Array.from(slot, (number, i) => `${series[i]} ${number}`))
  }

  series(place: number): number {
    return this.#series.at(place)
  }

  code(place: number): number {
    return this.#codes.at(place)
  }

  value(place: number): number {
    return this.#values.at(place)
  }

  /** Keeps the rows of a day that are new, with what is needed to take them back. */
  keep(table: CallTable, { account, day, rows }: DayRows): void {
    const events = this.#desk.segments.freshOf(account, day)
    const { windowMinutes } = this.#partial.rules
    const details = new Int32Array(DETAIL_WORDS)
    for (const row of rows) {
      const pair = table.pair[row] ?? 0
      const place = table.pairs.series[pair] ?? 0
      const slot = slotOf(table.minute[row] ?? 0, 0, windowMinutes)
      details[0] = this.series(place)
      details[1] = this.code(table.pairs.code[pair] ?? 0)
      details[2] = this.#kept(place, slot, table.identity[row] ?? NO_VALUE)
      details[3] = this.#kept(place, slot + 1, table.agent[row] ?? NO_VALUE)
      details[4] = this.#kept(place, slot + 2, table.resource[row] ?? NO_VALUE)
      details[5] = table.readOnly[row] ?? 0
      events.push(this.#keys.entries, row * ENTRY_WORDS, details)
    }
  }

  #kept(place: number, slot: number, value: number): number {
    if (value === NO_VALUE) return NONE
    return this.#isPastCap(place, slot) ? WITHHELD : keptValue(this.value(value))
  }

  #isPastCap(place: number, slot: number): boolean {
    if (this.#pastCap.size > 0 && this.#pastCap.has(`${place} ${slot}`)) return true
    return this.#desk.pastCap.has(this.series(place), slot)
  }
}
