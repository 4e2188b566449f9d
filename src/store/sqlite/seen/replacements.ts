import { ID_WORDS } from '../../../event/table/event-id.ts'
import type { Db } from '../file/db.ts'
import { plucked, prepared } from '../file/prepared.ts'
import { secondOfEvent } from './segments.ts'

/** An event by account, day and key: all that tells it from others. */
export interface EventName {
  readonly account: number
  readonly day: number
  readonly key: Uint32Array
}

/** An event that says it replaces another: an `UPDATED_DATA` addendum. */
export interface Replacement {
  readonly by: EventName
  /** Id of the event replaced, of the same account. */
  readonly original: Uint32Array
}

const FILTER_BITS = 20

/**
 * Who replaces whom. The rows only ever grow, and whether an event stands follows from them alone, so the order of arrival
 * cannot matter: an event falls when another event replaces its id, and of several that replace one id only the latest
 * stands (by second, then by key).
 */
export class Replacements {
  readonly #db: Db
  /** A bit for each id that replaces or is replaced, by its first word: most ids are neither. */
  #filter: Uint8Array | null = null

  constructor(db: Db) {
    this.#db = db
  }

  /** Keeps a replacement that is new. */
  add({ by, original }: Replacement): void {
    prepared(this.#db, INSERT).run(by.account, bytesOf(original), nameOf(by))
    for (const id of [original, by.key]) mark(this.#marks(), id[0] ?? 0)
  }

  /** Whether it is kept already. */
  has({ by, original }: Replacement): boolean {
    return this.#isKept(by.account, bytesOf(original), nameOf(by))
  }

  /** By the first word of an event's id; false: it neither replaces another nor is replaced. True: it may. */
  mayConcern(firstWord: number): boolean {
    const at = firstWord >>> (32 - FILTER_BITS)
    return ((this.#marks()[at >>> 3] ?? 0) & (1 << (at & 7))) !== 0
  }

  /** The events that replace an id. */
  replacing(account: number, original: Uint32Array): readonly EventName[] {
    const names = plucked(this.#db, REPLACING).all(account, bytesOf(original)) as Buffer[]
    return names.map((name) => eventOf(account, name))
  }

  /** Whether an event counts. */
  stands(event: EventName): boolean {
    const { account, key } = event
    if (!this.mayConcern(key[0] ?? 0)) return true
    const id = bytesOf(key.subarray(0, ID_WORDS))
    const self = nameOf(event)
    const isReplaced = plucked(this.#db, IS_REPLACED).get(account, id) !== undefined
    if (isReplaced && !this.#isKept(account, id, self)) return false
    const originals = plucked(this.#db, ORIGINALS).all(account, self) as Buffer[]
    return originals.every((original) => {
      const latest = plucked(this.#db, LATEST).get(account, original) as Buffer
      return latest.equals(self)
    })
  }

  #isKept(account: number, original: Buffer, replacing: Buffer): boolean {
    return plucked(this.#db, SELECT).get(account, original, replacing) !== undefined
  }

  #marks(): Uint8Array {
    if (this.#filter !== null) return this.#filter
    const filter = new Uint8Array(2 ** (FILTER_BITS - 3))
    for (const row of prepared(this.#db, ALL).all()) {
      const { original, replacing } = row as { original: Buffer; replacing: Buffer }
      mark(filter, original.readUInt32BE(0))
      mark(filter, replacing.readUInt32BE(SECOND_BYTES))
    }
    this.#filter = filter
    return filter
  }
}

function mark(filter: Uint8Array, firstWord: number): void {
  const at = firstWord >>> (32 - FILTER_BITS)
  filter[at >>> 3] = (filter[at >>> 3] ?? 0) | (1 << (at & 7))
}

const SECOND_BYTES = 4
const DAY_SECONDS = 86_400

/** An event within its account, so that SQLite's order of blobs is the order of standing: second, id, fingerprint. */
function nameOf({ day, key }: EventName): Buffer {
  return bytesOf(Uint32Array.of(secondOfEvent(day, key), ...key))
}

function eventOf(account: number, name: Buffer): EventName {
  const words = Uint32Array.from({ length: name.length / 4 }, (_, i) => name.readUInt32BE(i * 4))
  return { account, day: Math.floor((words[0] ?? 0) / DAY_SECONDS), key: words.slice(1) }
}

/** Most significant byte first. */
function bytesOf(words: Uint32Array): Buffer {
  const blob = Buffer.alloc(words.length * 4)
  for (const [i, word] of words.entries()) blob.writeUInt32BE(word, i * 4)
  return blob
}

const INSERT = 'INSERT INTO replacement (account, original, replacing) VALUES (?, ?, ?)'
const SELECT = 'SELECT 1 FROM replacement WHERE account = ? AND original = ? AND replacing = ?'
const IS_REPLACED = 'SELECT 1 FROM replacement WHERE account = ? AND original = ? LIMIT 1'
const REPLACING = 'SELECT replacing FROM replacement WHERE account = ? AND original = ?'
const ORIGINALS = 'SELECT original FROM replacement WHERE account = ? AND replacing = ?'
const LATEST = 'SELECT max(replacing) FROM replacement WHERE account = ? AND original = ?'
const ALL = 'SELECT original, replacing FROM replacement'
