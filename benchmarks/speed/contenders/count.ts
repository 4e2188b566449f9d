import { TupleCounter } from '../../../src/bucket/tuple-counter.ts'
import type { Outcome, Task } from '../measure/sample.ts'
import { type Digest, digestOf } from '../trail/digest.ts'
import { type CallTable, eachCommit } from './file-rows.ts'

type SeriesKey = CallTable['series'][number]

const SLOT_MINUTES = 5

/** Our reading as a run does it (list, hash, inflate, scan, place in a table), and the same counting as the others do. */
export async function count({ folder, threads }: Task): Promise<Outcome> {
  const cells = new TableCells()
  await eachCommit(folder, ({ calls }) => calls !== null && cells.add(calls), threads)
  return { digest: cells.digest() }
}

/** Counts the calls of tables by series, error code and 5 minutes. */
export class TableCells {
  readonly #numbers = new Map<string, number>()
  /** A reader gives the same object for the same series, mostly: then no text need be made. */
  readonly #byKey = new Map<SeriesKey, { success: number; byCode: Map<string, number> }>()
  readonly #cells = new TupleCounter(8192)

  add({ pairs, pair, minute, series, codes, length }: CallTable): void {
    const numbers = this.#numbersOf({ pairs, series, codes })
    // Calls of a file come one behind the other: those of one pair and slot are counted before they are put down.
    const counts = new Int32Array(numbers.length)
    const slotNow = new Int32Array(numbers.length)
    for (let row = 0; row < length; row++) {
      const place = pair[row] as number
      const slot = Math.floor((minute[row] as number) / SLOT_MINUTES)
      if (slot !== slotNow[place]) {
        this.#put(numbers[place] as number, slotNow[place] as number, counts[place] as number)
        slotNow[place] = slot
        counts[place] = 0
      }
      counts[place] = (counts[place] as number) + 1
    }
    for (let place = 0; place < numbers.length; place++)
      this.#put(numbers[place] as number, slotNow[place] as number, counts[place] as number)
  }

  #put(number: number, slot: number, count: number): void {
    if (count > 0) this.#cells.add(number, slot, 0, count)
  }

  digest(): Digest {
    const { count, length } = this.#cells
    return digestOf([...count.subarray(0, length)])
  }

  /** By pair. */
  #numbersOf({ pairs, series, codes }: Pick<CallTable, 'pairs' | 'series' | 'codes'>): Int32Array {
    const numbers = new Int32Array(pairs.series.length)
    for (let at = 0; at < numbers.length; at++) {
      const key = series[pairs.series[at] as number] as SeriesKey
      numbers[at] = this.#numberOf(key, codes[pairs.code[at] as number] ?? null)
    }
    return numbers
  }

  #numberOf(key: SeriesKey, code: string | null): number {
    let known = this.#byKey.get(key)
    if (known === undefined) {
      known = { success: this.#fresh(key, null), byCode: new Map() }
      this.#byKey.set(key, known)
    }
    if (code === null) return known.success
    const number = known.byCode.get(code) ?? this.#fresh(key, code)
    known.byCode.set(code, number)
    return number
  }

  #fresh({ account, region, eventSource, eventName, category }: SeriesKey, code: string | null) {
    const text = `${account} ${region} ${eventSource} ${eventName} ${category} ${code}`
    const number = this.#numbers.get(text) ?? this.#numbers.size
    this.#numbers.set(text, number)
    return number
  }
}
