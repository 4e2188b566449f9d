import type { Db } from '../file/db.ts'
import { prepared } from '../file/prepared.ts'
import { IntList, intsFrom } from './int-list.ts'

/**
 * What transactions change in the counts, by row numbers. Each keeps its part as one row; they are folded into the day blobs
 * together later, so that a small file does not rewrite a day of every series it touches. Readers add what is pending.
 */
export class Delta {
  readonly #cells = new IntList(4)
  readonly #actors = new IntList(5)
  readonly #pastCap = new IntList(2)
  readonly #reads = new IntList(2)
  /** Rows of each that are kept. */
  #saved: readonly number[] = NONE_SAVED

  addCell(series: number, minute: number, code: number, count: number): void {
    this.#cells.push(series, minute, code, count)
  }

  addActor(series: number, slot: number, value: number, code: number, count: number): void {
    this.#actors.push(series, slot, value, code, count)
  }

  markPastCap(series: number, slot: number): void {
    this.#pastCap.push(series, slot)
  }

  addReads(series: number, count: number): void {
    if (count !== 0) this.#reads.push(series, count)
  }

  /** Changes held: how much work folding it will be. */
  get size(): number {
    return this.#cells.length + this.#actors.length + this.#pastCap.length
  }

  get isEmpty(): boolean {
    return this.size + this.#reads.length === 0
  }

  /** Keeps what was added since the last time. Inside a transaction, at its end. */
  save(db: Db): void {
    const lists = [this.#cells, this.#actors, this.#pastCap, this.#reads]
    if (lists.every(({ length }, at) => length === this.#saved[at])) return
    const blobs = lists.map((list, at) => list.bytesFrom(this.#saved[at] ?? 0))
    prepared(db, 'INSERT INTO delta (cells, actors, past_cap, reads) VALUES (?, ?, ?, ?)').run(
      ...blobs,
    )
    this.#saved = lists.map(({ length }) => length)
  }

  /** All that it holds; valid until more is added. */
  rows(): PendingRows {
    return {
      cells: [this.#cells.numbers()],
      actors: [this.#actors.numbers()],
      pastCap: [this.#pastCap.numbers()],
      reads: [this.#reads.numbers()],
    }
  }

  /** Begins anew, when what it held is folded. */
  clear(): void {
    for (const list of [this.#cells, this.#actors, this.#pastCap, this.#reads]) list.clear()
    this.#saved = NONE_SAVED
  }
}

const NONE_SAVED = [0, 0, 0, 0]

/** All that is pending as it came in, row behind row, in the forms of `Delta`. */
export interface PendingRows {
  readonly cells: readonly Int32Array[]
  readonly actors: readonly Int32Array[]
  readonly pastCap: readonly Int32Array[]
  readonly reads: readonly Int32Array[]
}

/** What is pending in a store. */
export function pendingRows(db: Db): PendingRows {
  const rows = rowsAfter(db, 0)
  return {
    cells: rows.map(({ cells }) => intsFrom(cells)),
    actors: rows.map(({ actors }) => intsFrom(actors)),
    pastCap: rows.map(({ past_cap }) => intsFrom(past_cap)),
    reads: rows.map(({ reads }) => intsFrom(reads)),
  }
}

/** The pending changes of one series, as they came in; counts may be negative, or 0. */
export interface SeriesChanges {
  /** Minute, code, count of one after the other. */
  readonly cells: number[]
  /** Slot, value, code, count of one after the other. */
  readonly actors: number[]
  readonly pastCap: Set<number>
  reads: number
}

export type PendingChanges = ReadonlyMap<number, SeriesChanges>

interface DeltaRow {
  readonly cells: Buffer
  readonly actors: Buffer
  readonly past_cap: Buffer
  readonly reads: Buffer
}

/** Adds what is pending after row `seq` to `pending`, by series. */
export function readPending(
  db: Db,
  pending: Map<number, SeriesChanges>,
  seq: number,
): PendingChanges {
  for (const row of rowsAfter(db, seq)) gather(row, pending)
  return pending
}

function rowsAfter(db: Db, seq: number): readonly DeltaRow[] {
  const sql = 'SELECT cells, actors, past_cap, reads FROM delta WHERE seq > ? ORDER BY seq'
  return prepared(db, sql).all(seq) as DeltaRow[]
}

/** First and last row that is pending; 0: none is. Rows are numbered once and for ever. */
export function pendingSpan(db: Db): { readonly first: number; readonly last: number } {
  const sql = 'SELECT coalesce(min(seq), 0) AS first, coalesce(max(seq), 0) AS last FROM delta'
  return prepared(db, sql).get() as { first: number; last: number }
}

function gather(row: DeltaRow, pending: Map<number, SeriesChanges>): void {
  eachTuple(row.cells, 4, (cells, at) => {
    const of = changesOf(pending, cells[at] ?? 0).cells
    of.push(cells[at + 1] ?? 0, cells[at + 2] ?? 0, cells[at + 3] ?? 0)
  })
  eachTuple(row.actors, 5, (actors, at) => {
    const of = changesOf(pending, actors[at] ?? 0).actors
    of.push(actors[at + 1] ?? 0, actors[at + 2] ?? 0, actors[at + 3] ?? 0, actors[at + 4] ?? 0)
  })
  eachTuple(row.past_cap, 2, (slots, at) => {
    changesOf(pending, slots[at] ?? 0).pastCap.add(slots[at + 1] ?? 0)
  })
  eachTuple(row.reads, 2, (reads, at) => {
    changesOf(pending, reads[at] ?? 0).reads += reads[at + 1] ?? 0
  })
}

function eachTuple(
  blob: Buffer,
  width: number,
  take: (numbers: Int32Array, at: number) => void,
): void {
  const numbers = intsFrom(blob)
  for (let at = 0; at < numbers.length; at += width) take(numbers, at)
}

function changesOf(pending: Map<number, SeriesChanges>, series: number): SeriesChanges {
  const known = pending.get(series)
  if (known !== undefined) return known
  const fresh = { cells: [], actors: [], pastCap: new Set<number>(), reads: 0 }
  pending.set(series, fresh)
  return fresh
}
