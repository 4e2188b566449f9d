import type { Db } from '../file/db.ts'
import { prepared } from '../file/prepared.ts'
import { DETAIL_WORDS, detailsTo } from './details.ts'
import { ENTRY_WORDS } from './id-set.ts'

const FIRST_EVENTS = 256
/** A list that was longer gives its room back when it is cleared. */
const MOST_KEPT = 32_768

/** Events of an account's day that are counted, but not written yet: entries and details in the order they came. */
export class FreshEvents {
  #length = 0
  #entries = new Uint32Array(FIRST_EVENTS * ENTRY_WORDS)
  #details = new Int32Array(FIRST_EVENTS * DETAIL_WORDS)

  /** Begins anew. */
  clear(): void {
    this.#length = 0
    if (this.#entries.length > MOST_KEPT * ENTRY_WORDS) this.#makeRoom(FIRST_EVENTS)
  }

  /** Appends the entry that begins at `from` of `entries`, and the details in `details`. */
  push(entries: Uint32Array, from: number, details: Int32Array): void {
    if (this.#length * ENTRY_WORDS === this.#entries.length) this.#grow()
    const [entry, detail] = [this.#length * ENTRY_WORDS, this.#length * DETAIL_WORDS]
    for (let word = 0; word < ENTRY_WORDS; word++)
      this.#entries[entry + word] = entries[from + word] as number
    for (let word = 0; word < DETAIL_WORDS; word++)
      this.#details[detail + word] = details[word] as number
    this.#length += 1
  }

  /** Writes them as one segment. Inside a transaction. */
  save(db: Db, account: number, day: number): void {
    const { buffer } = this.#entries
    const bytes = this.#length * ENTRY_WORDS * Uint32Array.BYTES_PER_ELEMENT
    const details = detailsTo(this.#details.subarray(0, this.#length * DETAIL_WORDS))
    prepared(db, INSERT).run(account, day, Buffer.from(buffer, 0, bytes), details)
  }

  #grow(): void {
    const [entries, details] = [this.#entries, this.#details]
    this.#makeRoom(this.#length * 2)
    this.#entries.set(entries)
    this.#details.set(details)
  }

  #makeRoom(events: number): void {
    this.#entries = new Uint32Array(events * ENTRY_WORDS)
    this.#details = new Int32Array(events * DETAIL_WORDS)
  }
}

const INSERT = 'INSERT INTO seen (account, day, keys, details) VALUES (?, ?, ?, ?)'
