import type { Db } from '../file/db.ts'
import { plucked } from '../file/prepared.ts'

/** Slots `[from, until)` of one series. */
export interface SlotSpan {
  readonly series: number
  readonly from: number
  readonly until: number
}

/** The slots of a series in a span that are known to be past the cap (pending ones aside). */
export function pastCapSlots(db: Db, { series, from, until }: SlotSpan): Set<number> {
  const sql = 'SELECT slot FROM past_cap WHERE series = ? AND slot >= ? AND slot < ?'
  return new Set(plucked(db, sql).all(series, from, until) as number[])
}

/** Whether some slot of a series is past the cap already. Remembers the series that have such slots at all. */
export class PastCap {
  readonly #db: Db
  readonly #answers = new Map<string, boolean>()
  #series: Set<number> | null = null

  constructor(db: Db) {
    this.#db = db
  }

  has(series: number, slot: number): boolean {
    this.#series ??= new Set(plucked(this.#db, SELECT_SERIES).all() as number[])
    if (this.#series.size === 0 || !this.#series.has(series)) return false
    const key = `${series} ${slot}`
    const known = this.#answers.get(key)
    if (known !== undefined) return known
    const answer = plucked(this.#db, SELECT_SLOT).get(series, slot) !== undefined
    this.#answers.set(key, answer)
    return answer
  }

  /** After folding: there may be more of them. */
  forget(): void {
    this.#series = null
    this.#answers.clear()
  }
}

const SELECT_SERIES = 'SELECT DISTINCT series FROM past_cap'
const SELECT_SLOT = 'SELECT 1 FROM past_cap WHERE series = ? AND slot = ?'
