import { secondIn } from '../../../bucket/fingerprint.ts'
import { ID_WORDS } from '../../../event/table/event-id.ts'
import type { Db } from '../file/db.ts'
import { plucked, prepared } from '../file/prepared.ts'
import { type Details, detailsFrom, detailsOfEvents } from './details.ts'
import { FreshEvents } from './fresh-events.ts'
import { ENTRY_WORDS, KEY_WORDS } from './id-set.ts'

const MOST_SPARE = 4
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

interface FreshDay {
  readonly account: number
  readonly day: number
  readonly events: FreshEvents
}

/**
 * The events counted so far, in segments: mostly a row a transaction, account and day. Entries of id, fingerprint and detail
 * hash lie in one blob, in the machine's byte order; aligned with it, a deflated blob of details for the few that are corrected.
 */
export class Segments {
  readonly #db: Db
  /** What the transaction adds, by account and day: written when it ends, or when somebody searches. */
  readonly #fresh = new Map<string, FreshDay>()
  /** Emptied ones, to be filled again. */
  readonly #spare: FreshEvents[] = []
  /** Details that corrections are at, many of one segment after the other. */
  #open: { readonly segment: number; readonly details: Details[]; isChanged: boolean } | null = null

  constructor(db: Db) {
    this.#db = db
  }

  /** Where to append events of a day. Valid until something else is asked. */
  freshOf(account: number, day: number): FreshEvents {
    const key = dayKey(account, day)
    const known = this.#fresh.get(key)
    if (known !== undefined) return known.events
    const events = this.#spare.pop() ?? new FreshEvents()
    this.#fresh.set(key, { account, day, events })
    return events
  }

  /** Writes what was appended and replaced. Inside a transaction, at its end. */
  save(): void {
    this.#saveFresh()
    this.#closeDetails()
  }

  /** How many events a day holds. */
  countOf(account: number, day: number): number {
    this.#saveFreshOf(account, day)
    return Number(plucked(this.#db, COUNT).get(account, day)) / ENTRY_BYTES
  }

  /** The entries of a day, segment by segment. */
  *entriesOf(account: number, day: number): Generator<Uint32Array> {
    const refs = plucked(this.#db, SEGMENTS_OF_DAY).all(account, day) as number[]
    for (const { keys } of this.#rows(refs)) yield wordsFrom(keys)
  }

  /** Events of a day whose key is among those asked for. */
  findKeys(account: number, day: number, keys: readonly Uint32Array[]): KeptEvent[] {
    this.#saveFreshOf(account, day)
    const refs = plucked(this.#db, SEGMENTS_OF_DAY).all(account, day) as number[]
    return search(this.#rows(refs), account, keys, KEY_WORDS)
  }

  /** Events of an account, on whatever day, whose id is among those asked for. */
  findIds(account: number, ids: readonly Uint32Array[]): KeptEvent[] {
    this.#saveFresh()
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
    const found = this.#opened(segment).details[position]
    if (found === undefined) throw new RangeError(`segment ${segment} has no position ${position}`)
    return found
  }

  /** Replaces what was counted of a kept event. */
  rewrite({ segment, position }: KeptEvent, details: Details): void {
    const open = this.#opened(segment)
    open.details[position] = details
    open.isChanged = true
  }

  #saveFreshOf(account: number, day: number): void {
    if (this.#fresh.has(dayKey(account, day))) this.#saveFresh()
  }

  #saveFresh(): void {
    for (const { account, day, events } of this.#fresh.values()) {
      events.save(this.#db, account, day)
      events.clear()
      if (this.#spare.length < MOST_SPARE) this.#spare.push(events)
    }
    this.#fresh.clear()
  }

  #opened(segment: number) {
    if (this.#open?.segment === segment) return this.#open
    this.#closeDetails()
    this.#open = { segment, details: this.#detailsIn(segment), isChanged: false }
    return this.#open
  }

  #closeDetails(): void {
    if (this.#open?.isChanged === true) {
      const { segment, details } = this.#open
      const sql = 'UPDATE seen SET details = ? WHERE ref = ?'
      prepared(this.#db, sql).run(detailsOfEvents(details), segment)
    }
    this.#open = null
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

const dayKey = (account: number, day: number): string => `${account} ${day}`

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

const COUNT = 'SELECT coalesce(sum(length(keys)), 0) FROM seen WHERE account = ? AND day = ?'
const SEGMENTS_OF_DAY = 'SELECT ref FROM seen WHERE account = ? AND day = ?'
const SEGMENTS_OF_ACCOUNT = 'SELECT ref FROM seen WHERE account = ?'
const SEGMENT = 'SELECT ref, day, keys FROM seen WHERE ref = ?'
