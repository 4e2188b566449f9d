import type { Db } from '../file/db.ts'
import { type PendingChanges, pendingSpan, readPending, type SeriesChanges } from './delta.ts'

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

/** What pending changes add to a series' totals. First and last minute speak of every call, superseded ones too. */
export interface TotalsChange {
  readonly calls: number
  readonly errors: number
  readonly reads: number
  readonly firstMinute: number
  readonly lastMinute: number
}

export function totalsOf({ cells, reads }: SeriesChanges): TotalsChange {
  let [calls, errors] = [0, 0]
  let firstMinute = Number.POSITIVE_INFINITY
  let lastMinute = Number.NEGATIVE_INFINITY
  for (let at = 0; at < cells.length; at += 3) {
    const [minute, count] = [cells[at] ?? 0, cells[at + 2] ?? 0]
    calls += count
    if (cells[at + 1] !== 0) errors += count
    firstMinute = Math.min(firstMinute, minute)
    lastMinute = Math.max(lastMinute, minute)
  }
  return { calls, errors, reads, firstMinute, lastMinute }
}

/** First minute of each error code in pending changes, by code number. */
export function firstMinutesOf({ cells }: SeriesChanges): Map<number, number> {
  const firsts = new Map<number, number>()
  for (let at = 0; at < cells.length; at += 3) {
    const [minute = 0, code = 0] = [cells[at], cells[at + 1]]
    firsts.set(code, Math.min(minute, firsts.get(code) ?? Number.POSITIVE_INFINITY))
  }
  return firsts
}
