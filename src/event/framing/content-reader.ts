import type { Framing } from '../api-call.ts'
import { decode } from '../fields/text.ts'
import { hasTrailMark, type Intake } from '../intake.ts'
import { damaged, StopReading, skipped } from '../stop-reading.ts'
import { CsvReader } from './csv-reader.ts'
import { detectContent, PROBE_BYTES, withoutMark } from './detect-content.ts'
import { DocumentReader } from './document-reader.ts'
import { HeldBytes } from './held-bytes.ts'
import { LineReader } from './line-reader.ts'

type Reader = DocumentReader | LineReader | CsvReader

/**
 * Reads the inflated bytes of one file: finds out from its beginning what it is, then hands everything to the reader
 * for that. After the fate of the file is known, further bytes are ignored.
 */
export class ContentReader {
  /** Bytes taken in. */
  size = 0
  /** Why reading ended early, if it did. */
  stop: StopReading | null = null
  readonly #intake: Intake
  #probe: HeldBytes | null = new HeldBytes(Number.POSITIVE_INFINITY)
  #reader: Reader | null = null
  #isMarked = false

  constructor(intake: Intake) {
    this.#intake = intake
  }

  /** Takes a chunk in. */
  push(chunk: Uint8Array): void {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    this.size += bytes.length
    if (this.stop === null) this.#attempt(() => this.#read(bytes))
    else if (this.#reader instanceof DocumentReader) this.#reader.passOver(bytes)
  }

  /** Nothing follows. */
  end(): void {
    this.#attempt(() => {
      if (this.#probe !== null) this.#open(this.#probe.bytes ?? NOTHING, true)
      this.#reader?.end()
      this.#judge()
    })
  }

  /** How the records were framed, as far as it is known. */
  get framing(): Framing | null {
    if (this.#reader instanceof DocumentReader) return this.#reader.framing
    if (this.#reader instanceof LineReader) return 'lines'
    return this.#reader === null ? null : 'csv'
  }

  /** Records seen, those in what follows damage included. */
  get records(): number {
    const lost = this.#reader instanceof DocumentReader ? this.#reader.lostRecords : 0
    return this.#intake.records + lost
  }

  /** Whether some lines or rows were no records. */
  get isPartial(): boolean {
    return this.#intake.brokenLines > 0
  }

  #read(chunk: Buffer): void {
    if (this.#probe === null) this.#pass(chunk)
    else if (this.#probe.size === 0 && chunk.length > PROBE_BYTES) this.#open(chunk, false)
    else {
      this.#probe.append(chunk)
      if (this.#probe.size > PROBE_BYTES) this.#open(this.#probe.bytes ?? NOTHING, false)
    }
  }

  #open(start: Uint8Array, isWhole: boolean): void {
    this.#probe = null
    const probe = withoutMark(start.subarray(0, PROBE_BYTES))
    this.#isMarked = hasTrailMark(decode(probe))
    const content = detectContent(probe, isWhole)
    if (content === 'empty') throw skipped('EMPTY')
    if (content === 'foreign') throw skipped('NOT_CLOUDTRAIL')
    if (content === 'not UTF-8')
      throw damaged('NOT_UTF8', 'the text begins as UTF-16 or UTF-32 does')
    const bytes = withoutMark(start)
    if (content === 'csv') this.#reader = new CsvReader(this.#intake)
    else if (content === 'lines') this.#reader = new LineReader(this.#intake)
    else this.#reader = new DocumentReader(this.#intake, start.length - bytes.length)
    this.#pass(bytes)
  }

  #pass(chunk: Uint8Array): void {
    const end = this.#reader?.push(chunk) ?? chunk.length
    if (end === chunk.length) return
    // A document that another follows on a new line was the first of several lines.
    this.#reader = new LineReader(this.#intake)
    this.#reader.push(chunk.subarray(end))
  }

  /** The file was read to its end: is there anything in it for us? */
  #judge(): void {
    const { records, insights, isTrail } = this.#intake
    if (records > 0 && insights === records) throw skipped('INSIGHT')
    const isEmptyLookup = records === 0 && this.framing === 'lookup'
    if (!isTrail && !isEmptyLookup) throw skipped('NOT_CLOUDTRAIL')
  }

  #attempt(read: () => void): void {
    if (this.stop !== null) return
    try {
      read()
    } catch (cause) {
      if (!(cause instanceof StopReading)) throw cause
      const isForeign = cause.code === 'JSON_INVALID' && !this.#isMarked && !this.#intake.isTrail
      this.stop = isForeign ? skipped('NOT_CLOUDTRAIL') : cause
    }
  }
}

const NOTHING = new Uint8Array(0)
