import type { Db } from '../file/db.ts'
import { type PendingChanges, pendingSpan, readPending, type SeriesChanges } from './delta.ts'
import { addCells, noTotals, type SeriesTotals } from './series-totals.ts'

/** The pending changes as of now; only what is new is read. */
export class Pending {
  readonly #db: Db
  #first = 0
  #last = 0
  #changes = new Map<number, SeriesChanges>()

  constructor(db: Db) {
    this.#db = db
  }

  all(): PendingChanges {
    const { first, last } = pendingSpan(this.#db)
    if (first !== this.#first || last < this.#last) {
      this.#changes = new Map()
      this.#last = 0
    }
    if (last > this.#last) readPending(this.#db, this.#changes, this.#last)
    this.#first = first
    this.#last = last
    return this.#changes
  }

  of(series: number): SeriesChanges | undefined {
    return this.all().get(series)
  }
}

/** What pending changes add to a series' totals. */
export function totalsOf({ cells, reads }: SeriesChanges): SeriesTotals {
  return addCells({ ...noTotals(), reads }, cells)
}
