import type { FileContext, Framing } from './api-call.ts'
import { ContentReader } from './framing/content-reader.ts'
import { withoutMark } from './framing/detect-content.ts'
import { HeldBytes } from './framing/held-bytes.ts'
import { Intake } from './intake.ts'
import type { Content } from './read-stored.ts'
import type { DocumentScanner, Scanned } from './scan/document-scanner.ts'
import { type StopReading, skipped } from './stop-reading.ts'
import { type Takings, TakingsBuilder } from './table/takings.ts'

/** A file that comes in pieces is held up to this size, for the scanner reads whole files only. */
const HELD_BYTES = 32 * 1024 * 1024

/** Takes in the content of a file for its table: by the scanner if that can tell all of it, else by the plain reader. */
export class TableContent implements Content {
  size = 0
  readonly #context: FileContext
  readonly #scanner: DocumentScanner
  #plain: PlainReading | null = null
  #held: HeldBytes | null
  #scanned: Scanned | null = null

  constructor(context: FileContext, scanner: DocumentScanner) {
    this.#context = context
    this.#scanner = scanner
    this.#held = context.strictJson === true ? null : new HeldBytes(HELD_BYTES)
  }

  push(chunk: Uint8Array, isWhole: boolean): void {
    this.size += chunk.length
    if (this.#held === null) this.#plainly.reader.push(chunk)
    else if (isWhole) this.#whole(chunk)
    else this.#hold(this.#held, chunk)
  }

  end(): void {
    if (this.#held !== null) this.#whole(this.#held.bytes ?? NOTHING)
    if (this.#scanned === null) this.#plainly.reader.end()
  }

  /** All that the file brings, once it has ended. */
  takings(): Takings {
    return (this.#scanned ?? this.#plainly).takings.build()
  }

  get stop(): StopReading | null {
    if (this.#scanned === null) return this.#plainly.reader.stop
    const { records, takings } = this.#scanned
    return records > 0 && takings.insights === records ? skipped('INSIGHT') : null
  }

  get framing(): Framing | null {
    return this.#scanned === null ? this.#plainly.reader.framing : 'records'
  }

  get records(): number {
    return this.#scanned === null ? this.#plainly.reader.records : this.#scanned.records
  }

  get isPartial(): boolean {
    return this.#scanned === null && this.#plainly.reader.isPartial
  }

  #whole(bytes: Uint8Array): void {
    this.#held = null
    const unmarked = withoutMark(bytes)
    // The mark is for the plain reader to see too.
    const kept = unmarked === bytes ? null : Uint8Array.from(bytes)
    this.#scanned = this.#scanner.read(unmarked, this.#context)
    if (this.#scanned === null) this.#plainly.reader.push(kept ?? this.#scanner.document)
  }

  #hold(held: HeldBytes, chunk: Uint8Array): void {
    const before = held.bytes ?? NOTHING
    held.append(chunk)
    if (held.bytes !== null) return
    this.#held = null
    const { reader } = this.#plainly
    reader.push(before)
    reader.push(chunk)
  }

  /** The plain reader, made where it is needed. */
  get #plainly(): PlainReading {
    this.#plain ??= plainReading(this.#context)
    return this.#plain
  }
}

interface PlainReading {
  readonly reader: ContentReader
  readonly takings: TakingsBuilder
}

function plainReading(context: FileContext): PlainReading {
  const takings = new TakingsBuilder()
  const intake = new Intake(context, (reading) => takings.take(reading))
  return { reader: new ContentReader(intake), takings }
}

const NOTHING = new Uint8Array(0)
