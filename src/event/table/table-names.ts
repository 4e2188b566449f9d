import type { SeriesKey } from '../api-call.ts'
import { Interner, SeriesInterner } from './interner.ts'
import { Places } from './places.ts'

/** Numbers the series, codes and values of many tables, so that what comes again in the next is known already. */
export class TableNames {
  readonly #series = new SeriesInterner()
  readonly #codes = new Interner<string | null>()
  readonly #values = new Interner<string>()
  /** By series: the pair of each error code. */
  readonly #pairsOf: Map<number, number>[] = []
  readonly #pairSeries: number[] = []
  readonly #pairCode: number[] = []
  /** Where in the table things with a number stand. */
  readonly places = {
    series: new Places(),
    codes: new Places(),
    values: new Places(),
    pairs: new Places(),
  } as const

  /** How many things are numbered. */
  get size(): number {
    return this.#pairSeries.length + this.#values.things.length
  }

  /** The number of a series and an error code. */
  pair(key: SeriesKey, errorCode: string | null): number {
    const series = this.#series.placeOf(key)
    const code = this.#codes.placeOf(errorCode)
    let pairs = this.#pairsOf[series]
    if (pairs === undefined) {
      pairs = new Map()
      this.#pairsOf[series] = pairs
    }
    const known = pairs.get(code)
    if (known !== undefined) return known
    const pair = this.#pairSeries.push(series) - 1
    this.#pairCode.push(code)
    pairs.set(code, pair)
    return pair
  }

  /** The number of an identity, agent or resource. */
  value(text: string): number {
    return this.#values.placeOf(text)
  }

  /** Begins with the next table. Success has the first place of its codes. */
  beginTable(): void {
    const { series, codes, values, pairs } = this.places
    series.clear()
    codes.clear()
    values.clear()
    pairs.clear()
    codes.placeOf(this.#codes.placeOf(null))
  }

  /** What stands at the table's places. */
  lists() {
    const { series, codes, values, pairs } = this.places
    const bySeries = placesOf(pairs, { of: this.#pairSeries, among: series })
    const byCode = placesOf(pairs, { of: this.#pairCode, among: codes })
    return {
      series: listed(series, this.#series.things),
      codes: listed(codes, this.#codes.things),
      values: listed(values, this.#values.things),
      pairs: { series: bySeries, code: byCode },
    }
  }
}

/** By pair of the table: where the thing stands that is its part. */
function placesOf(
  { numbers }: Places,
  { of, among }: { readonly of: readonly number[]; readonly among: Places },
): Int32Array {
  const places = new Int32Array(numbers.length)
  for (let at = 0; at < numbers.length; at++)
    places[at] = among.placeOf(of[numbers[at] as number] as number)
  return places
}

function listed<Thing>({ numbers }: Places, things: readonly Thing[]): Thing[] {
  const list: Thing[] = []
  for (let at = 0; at < numbers.length; at++) list.push(things[numbers[at] as number] as Thing)
  return list
}
