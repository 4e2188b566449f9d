import { secondOf } from '../../../bucket/completeness.ts'
import { FATES } from '../../../bucket/count.ts'
import type { CallTable } from '../../../event/table/call-table.ts'
import { ENTRY_WORDS, type IdSet } from './id-set.ts'
import type { RowKeys } from './row-keys.ts'
import type { SeenDays } from './seen-days.ts'

/** Rows of one account's day. */
export interface DayRows {
  readonly account: number
  readonly day: number
  readonly rows: number[]
}

/** A table's rows by what is known of them. */
export interface Sifted {
  /** By row: counted where nothing like it was seen, else left out. */
  readonly fates: Uint8Array
  /** Rows never seen, by account and day. */
  readonly fresh: readonly DayRows[]
  /** Rows seen before (or further up) with other details, by account and day. */
  readonly variants: readonly DayRows[]
  readonly late: number
  readonly conflicts: number
  /** Seconds before this one (since the epoch) are late. */
  readonly lateBefore: number
}

/** Looks up every row that is not late among the events seen, and adds those that are new. */
export function sift(table: CallTable, keys: RowKeys, seen: SeenDays, lateBefore: number): Sifted {
  const fates = new Uint8Array(table.length)
  const days = new Days(seen)
  let late = 0
  let conflicts = 0
  for (let row = 0; row < table.length; row++) {
    if (secondOf(table, row) < lateBefore) {
      late += 1
      continue
    }
    const today = days.of(keys.account(row), keys.day(row))
    const sighting = today.set.add(keys.entries, row * ENTRY_WORDS)
    if (sighting === 'copy') continue
    if (sighting === 'variant') {
      today.variants.push(row)
      continue
    }
    if (sighting === 'conflict') conflicts += 1
    today.fresh.push(row)
    fates[row] = FATES.count
  }
  return {
    fates,
    fresh: days.rows('fresh'),
    variants: days.rows('variants'),
    late,
    conflicts,
    lateBefore,
  }
}

interface Day {
  readonly account: number
  readonly day: number
  readonly set: IdSet
  readonly fresh: number[]
  readonly variants: number[]
}

/** The days a table touches; most rows belong to the same one as the row before. */
class Days {
  readonly #seen: SeenDays
  readonly #all = new Map<string, Day>()
  #last: Day | null = null

  constructor(seen: SeenDays) {
    this.#seen = seen
  }

  of(account: number, day: number): Day {
    if (this.#last?.account === account && this.#last.day === day) return this.#last
    const key = `${account} ${day}`
    let today = this.#all.get(key)
    if (today === undefined) {
      today = { account, day, set: this.#seen.dayOf(account, day), fresh: [], variants: [] }
      this.#all.set(key, today)
    }
    this.#last = today
    return today
  }

  rows(kind: 'fresh' | 'variants'): DayRows[] {
    return [...this.#all.values()]
      .map((today) => ({ account: today.account, day: today.day, rows: today[kind] }))
      .filter(({ rows }) => rows.length > 0)
  }
}
