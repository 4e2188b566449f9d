import { ID_WORDS } from '../../../event/table/event-id.ts'

/** Words of a key: the event's id and its fingerprint. */
export const KEY_WORDS: number = ID_WORDS + 2
/** Words of an entry: the key, and 32 bits about everything else that was counted of the event (never 0). */
export const ENTRY_WORDS: number = KEY_WORDS + 1

/** What a set knows of an event. */
export type Sighting =
  /** Never seen. */
  | 'fresh'
  /** Never seen, but its id was, with another fingerprint. */
  | 'conflict'
  /** Seen, alike in everything. */
  | 'copy'
  /** Seen, with other details. */
  | 'variant'

const FIRST_SLOTS = 24
const FULLEST = 0.8
const WIDER = 1.5

/** The events of one account's day: an exact set by id and fingerprint, open-addressed in one typed array. */
export class IdSet {
  size = 0
  #slots: Uint32Array<ArrayBuffer>
  #capacity: number

  /** Makes room for so many entries at once. */
  constructor(expected: number) {
    this.#capacity = Math.max(FIRST_SLOTS, Math.ceil((expected / FULLEST) * 1.1))
    this.#slots = new Uint32Array(this.#capacity * ENTRY_WORDS)
  }

  /** Events it has room for before it grows: what it costs, at 35 bytes each. */
  get room(): number {
    return Math.floor(this.#capacity * FULLEST)
  }

  /** Adds the entry that begins at `from` unless its key is known, and says what was known of it. */
  add(entries: Uint32Array, from = 0): Sighting {
    const slots = this.#slots
    let slot = slotOf(entries, from, this.#capacity)
    let knowsId = false
    for (let at = slot * ENTRY_WORDS; slots[at + KEY_WORDS] !== 0; at = slot * ENTRY_WORDS) {
      if (isSameId(slots, at, entries, from)) {
        if (isSameFingerprint(slots, at, entries, from)) {
          return slots[at + KEY_WORDS] === entries[from + KEY_WORDS] ? 'copy' : 'variant'
        }
        knowsId = true
      }
      slot = slot + 1 === this.#capacity ? 0 : slot + 1
    }
    copyEntry(entries, from, slots, slot * ENTRY_WORDS)
    this.#grown()
    return knowsId ? 'conflict' : 'fresh'
  }

  /** Adds entries that are known to differ from each other and from all others. */
  load(entries: Uint32Array): void {
    for (let at = 0; at < entries.length; at += ENTRY_WORDS) {
      this.#place(entries, at)
      this.#grown()
    }
  }

  #grown(): void {
    this.size += 1
    if (this.size <= this.#capacity * FULLEST) return
    const old = this.#slots
    this.#capacity = Math.ceil(this.#capacity * WIDER)
    this.#slots = new Uint32Array(this.#capacity * ENTRY_WORDS)
    for (let at = 0; at < old.length; at += ENTRY_WORDS) {
      if (old[at + KEY_WORDS] !== 0) this.#place(old, at)
    }
  }

  #place(from: Uint32Array, at: number): void {
    let slot = slotOf(from, at, this.#capacity)
    while (this.#slots[slot * ENTRY_WORDS + KEY_WORDS] !== 0) {
      slot = slot + 1 === this.#capacity ? 0 : slot + 1
    }
    copyEntry(from, at, this.#slots, slot * ENTRY_WORDS)
  }
}

function copyEntry(from: Uint32Array, at: number, to: Uint32Array, into: number): void {
  for (let word = 0; word < ENTRY_WORDS; word++) to[into + word] = from[at + word] ?? 0
}

/** By the id alone, so that entries with one id lie in one chain. */
function slotOf(words: Uint32Array, at: number, capacity: number): number {
  let hash = (words[at] ?? 0) ^ Math.imul(words[at + 1] ?? 0, 0x9e3779b1)
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) ^ (words[at + 2] ?? 0)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35) ^ (words[at + 3] ?? 0)
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d)
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b)
  return Math.floor((((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000) * capacity)
}

function isSameId(slots: Uint32Array, at: number, entries: Uint32Array, from: number): boolean {
  return (
    slots[at] === entries[from] &&
    slots[at + 1] === entries[from + 1] &&
    slots[at + 2] === entries[from + 2] &&
    slots[at + 3] === entries[from + 3]
  )
}

function isSameFingerprint(
  slots: Uint32Array,
  at: number,
  entries: Uint32Array,
  from: number,
): boolean {
  return (
    slots[at + ID_WORDS] === entries[from + ID_WORDS] &&
    slots[at + ID_WORDS + 1] === entries[from + ID_WORDS + 1]
  )
}
