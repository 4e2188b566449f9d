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

type Slots = Map<number, number>

/** Counts the calls of tables by series, error code and 5 minutes. */
export class TableCells {
  readonly #byText = new Map<string, Slots>()
  /** A reader gives the same object for the same series, mostly: then no text need be made. */
  readonly #byKey = new Map<SeriesKey, Map<string | null, Slots>>()

  add({ pairs, pair, minute, series, codes, length }: CallTable): void {
    const slotsOf = Array.from(pairs.series, (place, at) =>
      this.#slots(series[place] as SeriesKey, codes[pairs.code[at] ?? 0] ?? null),
    )
    // Calls of a file come one behind the other: those of one pair and slot are counted before they are put down.
    const counts = new Int32Array(slotsOf.length)
    const slotNow = new Int32Array(slotsOf.length)
    for (let row = 0; row < length; row++) {
      const place = pair[row] as number
      const slot = Math.floor((minute[row] as number) / SLOT_MINUTES)
      if (slot !== slotNow[place]) {
        put(slotsOf[place] as Slots, slotNow[place] as number, counts[place] as number)
        slotNow[place] = slot
        counts[place] = 0
      }
      counts[place] = (counts[place] as number) + 1
    }
    for (const [place, slots] of slotsOf.entries())
      put(slots, slotNow[place] as number, counts[place] as number)
  }

  digest(): Digest {
    return digestOf([...this.#byText.values()].flatMap((slots) => [...slots.values()]))
  }

  #slots(key: SeriesKey, code: string | null): Slots {
    const byCode = this.#byKey.get(key) ?? new Map<string | null, Slots>()
    this.#byKey.set(key, byCode)
    const known = byCode.get(code)
    if (known !== undefined) return known
    const { account, region, eventSource, eventName, category } = key
    const text = `${account} ${region} ${eventSource} ${eventName} ${category} ${code}`
    const slots = this.#byText.get(text) ?? new Map()
    this.#byText.set(text, slots)
    byCode.set(code, slots)
    return slots
  }
}

function put(slots: Slots, slot: number, count: number): void {
  if (count > 0) slots.set(slot, (slots.get(slot) ?? 0) + count)
}
