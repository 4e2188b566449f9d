import { randomBytes } from 'node:crypto'
import { decode } from '../fields/text.ts'
import { instantiateScanner, type ScannerExports } from './scanner-code.ts'

/** Words of a row, and the places of what is in it; second and id stand where a numbered call of the table has them. */
export const ROW_WORDS = 16
export const ROW = {
  ...{ series: 0, second: 1, caller: 2, agent: 3, id: 4 },
  ...{ record: 8, resources: 10, resourcesLength: 11, arn: 12 },
} as const
/** In place of a series: the record is for the plain parser. */
export const NOT_PLAIN = -1

/** Texts of what decides about a call's series, code and kind, in this order. */
export const SERIES_FIELDS = [
  ...['eventSource', 'eventName', 'awsRegion', 'recipientAccountId', 'callerAccount'],
  ...['errorCode', 'eventCategory', 'managementEvent', 'eventType', 'readOnly'],
] as const
/** And about who called; the tuple has a place more. */
export const CALLER_FIELDS = ['arn', 'invokedBy', 'userName', 'type', 'accountId'] as const
const CALLER_WORDS = 6

const LEAST_ROW_BYTES = 256
const SPARE_ROWS = 1024
const ENTRY_WORDS = 4
const IS_STRING = 1

/** What scanning a file needs to know. */
export interface ScanLimits {
  /** Seconds since the epoch; a later event is for the plain parser. */
  readonly latest: number
  /** A longer record proves nothing. */
  readonly recordBytes: number
}

/**
 * One instance of the compiled scanner. It numbers texts, series and callers over many files, so that what one number
 * means is worked out once; how much it remembers is for `size` to tell and for its owner to end.
 */
export class Scanner {
  /** Bytes of the largest file it has room for. */
  readonly capacity: number
  readonly #exports: ScannerExports

  private constructor(exports: ScannerExports, capacity: number) {
    this.#exports = exports
    this.capacity = capacity
    // A caller who could foretell the hashes of names could make them collide.
    const seed = randomBytes(8).readBigInt64LE()
    exports.open(capacity, Math.ceil(capacity / LEAST_ROW_BYTES) + SPARE_ROWS, seed)
  }

  /** `null` where the engine cannot run it. */
  static open(capacity: number): Scanner | null {
    const exports = instantiateScanner()
    return exports === null ? null : new Scanner(exports, capacity)
  }

  /** Room for the bytes of a file, `capacity` and one more at most, valid until a file is scanned. */
  room(size: number): Uint8Array {
    return new Uint8Array(this.#exports.memory.buffer, this.#exports.inputAt(), size)
  }

  /** The rows of a file, valid until the next and free to be written over; `null` where it is not plainly a document of records. */
  scan(bytes: Uint8Array, { latest, recordBytes }: ScanLimits): Int32Array | null {
    const { memory, inputAt, rowsAt, scan } = this.#exports
    const { length } = bytes
    const isThere = bytes.buffer === memory.buffer && bytes.byteOffset === inputAt()
    if (!isThere) this.room(length).set(bytes)
    const count = scan(length, latest, recordBytes)
    return count < 0 ? null : new Int32Array(memory.buffer, rowsAt(), count * ROW_WORDS)
  }

  /** The value that a text's number stands for; throws where its text is no JSON. */
  value(number: number): unknown {
    if (number === 0) return undefined
    const entry = this.#words(this.#exports.textsAt() + number * ENTRY_WORDS * 4, ENTRY_WORDS)
    const [at = 0, length = 0, , kind] = entry
    const text = decode(new Uint8Array(this.#exports.memory.buffer, at, length))
    if (kind !== IS_STRING) return JSON.parse(text)
    return text.includes('\\') ? JSON.parse(`"${text}"`) : text
  }

  /** The numbers of a series' texts. */
  seriesTexts(number: number): Uint32Array {
    const words = SERIES_FIELDS.length
    return this.#words(this.#exports.seriesAt() + number * words * 4, words)
  }

  /** The numbers of a caller's texts. */
  callerTexts(number: number): Uint32Array {
    return this.#words(this.#exports.callersAt() + number * CALLER_WORDS * 4, CALLER_FIELDS.length)
  }

  /** Things remembered, and the bytes of their texts. */
  get size(): { readonly things: number; readonly bytes: number } {
    const { textCount, seriesCount, callerCount, textBytes } = this.#exports
    return { things: textCount() + seriesCount() + callerCount(), bytes: textBytes() }
  }

  #words(at: number, length: number): Uint32Array {
    return new Uint32Array(this.#exports.memory.buffer, at, length)
  }
}
