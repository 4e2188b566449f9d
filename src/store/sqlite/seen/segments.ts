import { secondIn } from '../../../bucket/fingerprint.ts'
import { ID_WORDS } from '../../../event/table/event-id.ts'
import type { Db } from '../file/db.ts'
import { plucked, prepared } from '../file/prepared.ts'
import { type Details, detailsFrom, detailsTo } from './details.ts'
import { ENTRY_WORDS, KEY_WORDS } from './id-set.ts'

const ENTRY_BYTES = ENTRY_WORDS * Uint32Array.BYTES_PER_ELEMENT

/** Where a kept event stands, and its key. */
export interface KeptEvent {
  readonly segment: number
  readonly position: number
  readonly account: number
  readonly day: number
  /** Id and fingerprint: `KEY_WORDS` words. */
  readonly key: Uint32Array
}

/**
 * The events counted so far, in segments: a row a transaction, account and day. Entries of id, fingerprint and detail hash
 * lie in one blob, in the machine's byte order; aligned with it, a deflated blob of details for the few that are corrected.
 */
export class Segments {
  readonly #db: Db

  constructor(db: Db) {
    this.#db = db
  }

  append(account: number, day: number, entries: Uint32Array, details: readonly Details[]): void {
    prepared(this.#db, INSERT).run(account, day, bytesOf(entries), detailsTo(details))
  }

  /** How many events a day holds. */
  countOf(account: number, day: number): number {
    return Number(plucked(this.#db, COUNT).get(account, day)) / ENTRY_BYTES
  }

  /** The entries of a day, segment by segment. */
  *entriesOf(account: number, day: number): Generator<Uint32Array> {
    const refs = plucked(this.#db, SEGMENTS_OF_DAY).all(account, day) as number[]
    for (const { keys } of this.#rows(refs)) yield wordsFrom(keys)
  }

  /** Events of a day whose key is among those asked for. */
  findKeys(account: number, day: number, keys: readonly Uint32Array[]): KeptEvent[] {
    const refs = plucked(this.#db, SEGMENTS_OF_DAY).all(account, day) as number[]
    return search(this.#rows(refs), account, keys, KEY_WORDS)
  }

  /** Events of an account, on whatever day, whose id is among those asked for. */
  findIds(account: number, ids: readonly Uint32Array[]): KeptEvent[] {
    const refs = plucked(this.#db, SEGMENTS_OF_ACCOUNT).all(account) as number[]
    return search(this.#rows(refs), account, ids, ID_WORDS)
  }

  /**
   * The events of a day, within [fromMs, untilMs), that were counted into a series. Segments without any are not inflated: a busy
   * day has thousands.
   */
  *callsOf(
    account: number,
    day: number,
    { series, ...span }: { readonly series: number } & SpanMs,
  ): Generator<KeptCall> {
    for (const ref of plucked(this.#db, SEGMENTS_OF_DAY).all(account, day) as number[]) {
      const [row] = this.#rows([ref])
      const entries = row === undefined ? new Uint32Array() : wordsFrom(row.keys)
      const within = positionsWithin(entries, day, span)
      if (within.length === 0) continue
      const details = this.#detailsIn(ref)
      for (const position of within) {
        const known = details[position]
        if (known?.series !== series) continue
        const words = entries.slice(position * ENTRY_WORDS, position * ENTRY_WORDS + KEY_WORDS)
        yield { second: secondOfEvent(day, words), words, details: known }
      }
    }
  }

  /** The events of a day, whatever they were counted into. */
  *callsOn(account: number, day: number): Generator<KeptCall> {
    const refs = plucked(this.#db, SEGMENTS_OF_DAY).all(account, day) as number[]
    for (const { ref, keys } of this.#rows(refs)) {
      const entries = wordsFrom(keys)
      for (const [position, details] of this.#detailsIn(ref).entries()) {
        const at = position * ENTRY_WORDS
        const words = entries.subarray(at, at + KEY_WORDS)
        yield { second: secondOfEvent(day, words), words, details }
      }
    }
  }

  /** What was counted of a kept event. */
  detailsOf({ segment, position }: KeptEvent): Details {
    const found = this.#detailsIn(segment)[position]
    if (found === undefined) throw new RangeError(`segment ${segment} has no position ${position}`)
    return found
  }

  /** Replaces what was counted of a kept event. */
  rewrite({ segment, position }: KeptEvent, details: Details): void {
    const all = this.#detailsIn(segment)
    all[position] = details
    prepared(this.#db, 'UPDATE seen SET details = ? WHERE ref = ?').run(detailsTo(all), segment)
  }

  /** Segments one by one: a day of them may be large. */
  *#rows(refs: readonly number[]): Generator<SegmentRow> {
    for (const ref of refs) yield prepared(this.#db, SEGMENT).get(ref) as SegmentRow
  }

  #detailsIn(segment: number): Details[] {
    const sql = 'SELECT length(keys) AS bytes, details FROM seen WHERE ref = ?'
    const row = prepared(this.#db, sql).get(segment) as { bytes: number; details: Buffer }
    return detailsFrom(row.details, row.bytes / ENTRY_BYTES)
  }
}

/** The second since the epoch at which a kept event happened. */
export function secondOfEvent(day: number, key: Uint32Array): number {
  return day * 86_400 + secondIn(key[KEY_WORDS - 1] ?? 0)
}

interface SpanMs {
  readonly fromMs: number
  readonly untilMs: number
}

/** Where in a segment events of a span stand. */
function positionsWithin(entries: Uint32Array, day: number, span: SpanMs): readonly number[] {
  const positions: number[] = []
  for (let at = 0; at < entries.length; at += ENTRY_WORDS) {
    const ms = (day * 86_400 + secondIn(entries[at + KEY_WORDS - 1] ?? 0)) * 1000
    if (ms >= span.fromMs && ms < span.untilMs) positions.push(at / ENTRY_WORDS)
  }
  return positions
}

/** A kept event with what was counted of it. */
export interface KeptCall {
  /** Epoch seconds. */
  readonly second: number
  /** Id and fingerprint. */
  readonly words: Uint32Array
  readonly details: Details
}

interface SegmentRow {
  readonly ref: number
  readonly day: number
  readonly keys: Buffer
}

/** Linear, but with one look at most entries: by the first half word, few are worth another. */
function search(
  rows: Iterable<SegmentRow>,
  account: number,
  wanted: readonly Uint32Array[],
  words: number,
): KeptEvent[] {
  const found: KeptEvent[] = []
  const firsts = new Uint8Array(0x10000)
  for (const key of wanted) firsts[(key[0] ?? 0) >>> 16] = 1
  const byFirst = grouped(wanted)
  for (const { ref, day, keys } of rows) {
    const entries = wordsFrom(keys)
    for (let at = 0; at < entries.length; at += ENTRY_WORDS) {
      if (firsts[(entries[at] ?? 0) >>> 16] === 0) continue
      const near = byFirst.get(entries[at] ?? 0) ?? []
      if (!near.some((key) => isAt(entries, at, key, words))) continue
      const key = entries.slice(at, at + KEY_WORDS)
      found.push({ segment: ref, position: at / ENTRY_WORDS, account, day, key })
    }
  }
  return found
}

function grouped(keys: readonly Uint32Array[]): Map<number, Uint32Array[]> {
  const groups = new Map<number, Uint32Array[]>()
  for (const key of keys) {
    const first = key[0] ?? 0
    const group = groups.get(first)
    if (group === undefined) groups.set(first, [key])
    else group.push(key)
  }
  return groups
}

function isAt(entries: Uint32Array, at: number, key: Uint32Array, words: number): boolean {
  for (let word = 0; word < words; word++) if (entries[at + word] !== key[word]) return false
  return true
}

/** The words of a blob, copied where they are not aligned. */
function wordsFrom(blob: Buffer): Uint32Array {
  const aligned =
    blob.byteOffset % Uint32Array.BYTES_PER_ELEMENT === 0 ? blob : Uint8Array.from(blob)
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 4)
}

function bytesOf(words: Uint32Array): Buffer {
  return Buffer.from(words.buffer, words.byteOffset, words.byteLength)
}

const INSERT = 'INSERT INTO seen (account, day, keys, details) VALUES (?, ?, ?, ?)'
const COUNT = 'SELECT coalesce(sum(length(keys)), 0) FROM seen WHERE account = ? AND day = ?'
const SEGMENTS_OF_DAY = 'SELECT ref FROM seen WHERE account = ? AND day = ?'
const SEGMENTS_OF_ACCOUNT = 'SELECT ref FROM seen WHERE account = ?'
const SEGMENT = 'SELECT ref, day, keys FROM seen WHERE ref = ?'
