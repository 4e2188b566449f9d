import type { Framing } from '../api-call.ts'
import { decode } from '../fields/text.ts'
import { type Intake, RECORD_FIELDS } from '../intake.ts'
import { damaged, type StopReading, skipped } from '../stop-reading.ts'
import { HeldBytes } from './held-bytes.ts'
import { JsonCheck } from './json-check.ts'
import { RecordCounter } from './record-counter.ts'
import { ValueCapture } from './value-capture.ts'

/**
 * Reads one JSON document of records in bounded memory: `{"Records":[…]}` or `{"Events":[…]}` with any other keys around
 * it, a bare array, or one bare record (or what EventBridge makes of one). Records are sliced out and parsed one at a time;
 * everything else is checked and let go. The document is accepted exactly where `JSON.parse` accepts it, but for one deliberate refusal: a second
 * `Records` or `Events` key (`JSON.parse` would keep the last, other readers the first).
 */
export class DocumentReader {
  framing: Framing = 'single'
  readonly #intake: Intake
  /** Where in the file the current chunk begins. */
  #base: number
  #place: Place = 'start'
  #capture: ValueCapture | null = null
  #captureAt = 0
  #key = ''
  #fields = new Set<string>()
  /** The document itself, as long as it may be a bare record. */
  #whole: HeldBytes | null = null
  #wholeFrom = 0
  #isNewLine = false
  /** Where in the chunk reading has come to. */
  #at = 0
  #rest: RecordCounter | null = null

  constructor(intake: Intake, offset: number) {
    this.#intake = intake
    this.#base = offset
  }

  /**
   * Takes a chunk in; gives the index at which, on a new line, something follows the document, or the length.
   * @throws StopReading where the document is damaged or none of ours
   */
  push(chunk: Uint8Array): number {
    this.#wholeFrom = 0
    this.#at = 0
    try {
      while (this.#at < chunk.length && !this.#isFollowed(chunk[this.#at]))
        this.#at = this.#step(chunk, this.#at)
    } finally {
      this.#rest?.feed(chunk.subarray(this.#at))
    }
    if (this.#place !== 'end') this.#whole?.append(chunk.subarray(this.#wholeFrom))
    this.#base += chunk.length
    return this.#at
  }

  /** Takes in a chunk after damage. */
  passOver(chunk: Uint8Array): void {
    this.#rest?.feed(chunk)
  }

  /** Records that can be told in what follows damage. */
  get lostRecords(): number {
    return this.#rest?.count ?? 0
  }

  /** Nothing follows: the document must be complete. */
  end(): void {
    if (this.#place === 'end') return
    if ((this.#capture?.errorBeforeEnd() ?? null) !== null) throw this.#invalidValue(this.#capture)
    throw damaged('JSON_CUT_OFF', `the JSON ends early, at byte ${this.#base}`)
  }

  #isFollowed(byte: number | undefined): boolean {
    return this.#place === 'end' && this.#isNewLine && !isBlank(byte)
  }

  #step(chunk: Uint8Array, at: number): number {
    if (this.#capture !== null) return this.#continue(this.#capture, chunk, at)
    const byte = chunk[at] as number
    if (isBlank(byte)) {
      if (byte === NEW_LINE && this.#place === 'end') this.#isNewLine = true
      return at + 1
    }
    return this.#structure(byte, chunk, at)
  }

  #structure(byte: number, chunk: Uint8Array, at: number): number {
    switch (this.#place) {
      case 'start':
        return this.#open(byte, at)
      case 'key or end':
        return byte === CLOSE_OBJECT ? this.#endObject(chunk, at) : this.#startKey(byte, chunk, at)
      case 'key':
        return this.#startKey(byte, chunk, at)
      case 'colon':
        return this.#expect(byte === COLON, 'member', at)
      case 'member':
        return this.#startMember(byte, chunk, at)
      case 'after member':
        if (byte === CLOSE_OBJECT) return this.#endObject(chunk, at)
        return this.#expect(byte === COMMA, 'key', at)
      case 'item or end':
        return byte === CLOSE_ARRAY ? this.#endItems(at) : this.#startItem(byte, chunk, at)
      case 'item':
        return this.#startItem(byte, chunk, at)
      case 'after item':
        if (byte === CLOSE_ARRAY) return this.#endItems(at)
        return this.#expect(byte === COMMA, 'item', at)
      case 'end':
        throw this.#invalid(this.#base + at)
    }
  }

  #expect(isRight: boolean, next: Place, at: number): number {
    if (!isRight) throw this.#invalid(this.#base + at)
    this.#place = next
    return at + 1
  }

  #open(byte: number, at: number): number {
    if (byte === OPEN_ARRAY) {
      this.framing = 'array'
      return this.#expect(true, 'item or end', at)
    }
    this.#whole = new HeldBytes(this.#intake.context.limits.recordBytes)
    this.#wholeFrom = at
    return this.#expect(byte === OPEN_OBJECT, 'key or end', at)
  }

  #startKey(byte: number, chunk: Uint8Array, at: number): number {
    if (byte !== QUOTE) throw this.#invalid(this.#base + at)
    this.#place = 'key'
    return this.#start(KEY_BYTES, chunk, at)
  }

  #startMember(byte: number, chunk: Uint8Array, at: number): number {
    if (!ENVELOPES.includes(this.#key)) return this.#start(0, chunk, at)
    if (this.framing !== 'single')
      throw damaged('RECORDS_REPEATED', `a second ${this.#key} begins at byte ${this.#base + at}`)
    if (byte !== OPEN_ARRAY)
      throw damaged('RECORDS_NOT_AN_ARRAY', `${this.#key} at byte ${this.#base + at} is no array`)
    this.framing = this.#key === 'Records' ? 'records' : 'lookup'
    if (this.#key === 'Records') this.#intake.recognise()
    this.#whole = null
    return this.#expect(true, 'item or end', at)
  }

  #startItem(_byte: number, chunk: Uint8Array, at: number): number {
    this.#place = 'item'
    return this.#start(this.#intake.context.limits.recordBytes, chunk, at)
  }

  #start(limit: number, chunk: Uint8Array, at: number): number {
    this.#capture = new ValueCapture(limit, chunk[at] as number)
    this.#captureAt = this.#base + at
    return this.#continue(this.#capture, chunk, at)
  }

  #continue(capture: ValueCapture, chunk: Uint8Array, at: number): number {
    const end = capture.feed(chunk, at)
    this.#at = end
    if (capture.invalidAt !== null) throw this.#invalidValue(capture)
    if (!capture.isDone) return end
    this.#capture = null
    if (this.#place === 'key') this.#endKey(capture.bytes)
    else if (this.#place === 'member') this.#place = 'after member'
    else this.#endItem(capture)
    return end
  }

  #invalidValue(capture: ValueCapture | null): StopReading {
    const invalid = this.#invalid(this.#captureAt + (capture?.invalidAt ?? 0))
    // How far a long record has come when it turns out to be wrong depends on the chunks, so nothing after it is told.
    if (this.#place === 'item') this.#rest = null
    return invalid
  }

  #endKey(bytes: Uint8Array | null): void {
    // A longer key is none that we know.
    this.#key = bytes === null ? '' : String(JSON.parse(decode(bytes)))
    if (KNOWN_FIELDS.has(this.#key)) this.#fields.add(this.#key)
    this.#place = 'colon'
  }

  #endItem(capture: ValueCapture): void {
    this.#place = 'after item'
    if (capture.bytes === null) this.#intake.reject('RECORD_TOO_LARGE', capture.start)
    else this.#intake.value(this.#parse(capture.bytes, this.#captureAt), capture.bytes)
  }

  #endItems(at: number): number {
    return this.#expect(true, this.framing === 'array' ? 'end' : 'after member', at)
  }

  #endObject(chunk: Uint8Array, at: number): number {
    this.#place = 'end'
    if (this.framing !== 'single') return at + 1
    if (DIGEST_FIELDS.some((field) => this.#fields.has(field))) throw skipped('DIGEST')
    this.#whole?.append(chunk.subarray(this.#wholeFrom, at + 1))
    this.#endSingle(this.#whole, this.#base + at)
    return at + 1
  }

  #endSingle(whole: HeldBytes | null, end: number): void {
    if (whole === null) return
    const isRecord = RECORD_FIELDS.filter((field) => this.#fields.has(field)).length >= 2
    if (whole.bytes !== null)
      this.#intake.value(this.#parse(whole.bytes, end - whole.size + 1), whole.bytes)
    else {
      if (isRecord || this.#fields.has(LOOKUP_FIELD)) this.#intake.recognise()
      this.#intake.reject('RECORD_TOO_LARGE', whole.start)
    }
  }

  #parse(bytes: Uint8Array, from: number): unknown {
    try {
      return JSON.parse(decode(bytes))
    } catch {
      const invalid = this.#invalid(from + new JsonCheck().feed(bytes, 0))
      this.#rest?.feed(bytes)
      throw invalid
    }
  }

  #invalid(at: number): StopReading {
    this.#rest = new RecordCounter()
    return damaged('JSON_INVALID', `expected JSON, but at byte ${at} it stops being so`)
  }
}

type Place =
  | 'start'
  | 'key or end'
  | 'key'
  | 'colon'
  | 'member'
  | 'after member'
  | 'item or end'
  | 'item'
  | 'after item'
  | 'end'

const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY] = [0x7b, 0x7d, 0x5b, 0x5d]
const [QUOTE, COLON, COMMA, NEW_LINE] = [0x22, 0x3a, 0x2c, 0x0a]
/** No key we know is longer, even with every letter escaped. */
const KEY_BYTES = 256
const LOOKUP_FIELD = 'CloudTrailEvent'
const DIGEST_FIELDS = ['digestS3Object', 'digestS3Bucket', 'digestPublicKeyFingerprint']
const KNOWN_FIELDS: ReadonlySet<string> = new Set([
  ...RECORD_FIELDS,
  ...DIGEST_FIELDS,
  LOOKUP_FIELD,
])

/** The keys that hold the records of a document: of CloudTrail's files, and of what LookupEvents gives. */
export const ENVELOPES: readonly string[] = ['Records', 'Events']

/** Whether a byte is white space to JSON. */
export function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === NEW_LINE || byte === 0x0d || byte === 0x09
}
