import type { Reading } from '../api-call.ts'
import { decode } from '../fields/text.ts'
import { Intake } from '../intake.ts'
import { StopReading } from '../stop-reading.ts'
import { DocumentReader, ENVELOPES, isBlank } from './document-reader.ts'
import { HeldBytes } from './held-bytes.ts'

const NEW_LINE = 0x0a

/**
 * Reads JSON lines: each a record, a LookupEvents item, or a whole document of records. A line counts whole or not at
 * all; one that is no JSON is one rejection, and the others count. A line longer than a record may be is read as a
 * document, without being held, so that a long line of many records counts and one long record is rejected by size.
 */
export class LineReader {
  readonly #intake: Intake
  #held: HeldBytes
  #long: LongLine | null = null

  constructor(intake: Intake) {
    this.#intake = intake
    this.#held = new HeldBytes(intake.context.limits.recordBytes)
  }

  /** Takes a chunk in. */
  push(chunk: Uint8Array): void {
    let from = 0
    while (from < chunk.length) {
      const newLine = chunk.indexOf(NEW_LINE, from)
      const end = newLine < 0 ? chunk.length : newLine
      const part = chunk.subarray(from, end)
      if (newLine < 0) this.#begin(part)
      else this.#finish(part)
      from = end + 1
    }
  }

  /** Nothing follows: what has no new line at its end is the last line. */
  end(): void {
    this.#finish(NOTHING)
  }

  #begin(part: Uint8Array): void {
    if (this.#long === null && this.#held.size + part.length <= this.#limit) this.#held.append(part)
    else this.#lengthen(part)
  }

  #finish(part: Uint8Array): void {
    if (this.#long === null && this.#held.size + part.length <= this.#limit) {
      this.#line(this.#joined(part))
    } else {
      this.#lengthen(part).deliver(this.#intake)
    }
    this.#long = null
    if (this.#held.size > 0) this.#held = new HeldBytes(this.#limit)
  }

  #joined(part: Uint8Array): Uint8Array {
    if (this.#held.size === 0) return part
    this.#held.append(part)
    return this.#held.bytes ?? NOTHING
  }

  #lengthen(part: Uint8Array): LongLine {
    if (this.#long === null) {
      this.#long = new LongLine(this.#intake)
      this.#long.push(this.#held.bytes ?? NOTHING)
    }
    this.#long.push(part)
    return this.#long
  }

  #line(line: Uint8Array): void {
    const bytes = trimmed(line)
    if (bytes.length === 0) return
    const value = parsed(bytes)
    if (value === undefined) this.#intake.reject('LINE_NOT_JSON', bytes)
    else if (isDocument(value)) {
      const long = new LongLine(this.#intake)
      long.push(bytes)
      long.deliver(this.#intake)
    } else this.#intake.value(value, bytes)
  }

  get #limit(): number {
    return this.#intake.context.limits.recordBytes
  }
}

/** One line read as a document of its own, its readings kept back until it is known to be whole. */
class LongLine {
  readonly #readings: Reading[] = []
  readonly #own: Intake
  readonly #reader: DocumentReader
  readonly #start = new HeldBytes(0)
  #isBroken = false

  constructor(intake: Intake) {
    this.#own = new Intake(intake.context, (reading) => this.#readings.push(reading))
    this.#reader = new DocumentReader(this.#own, 0)
  }

  push(part: Uint8Array): void {
    this.#start.append(part)
    this.#attempt(() => this.#reader.push(part))
  }

  deliver(intake: Intake): void {
    this.#attempt(() => this.#reader.end())
    if (this.#start.size > intake.context.limits.wholeFileBytes) {
      intake.reject('RECORD_TOO_LARGE', this.#start.start)
    } else if (this.#isBroken) intake.reject('LINE_NOT_JSON', this.#start.start)
    else {
      const { isTrail } = this.#own
      this.#own.recognise()
      for (const reading of this.#readings) intake.reading(reading, isTrail)
    }
  }

  #attempt(read: () => void): void {
    const isTooLong = this.#start.size > this.#own.context.limits.wholeFileBytes
    if (isTooLong) this.#readings.length = 0
    if (isTooLong || this.#isBroken) return
    try {
      read()
    } catch (cause) {
      if (!(cause instanceof StopReading)) throw cause
      this.#isBroken = true
    }
  }
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decode(bytes))
  } catch {
    return undefined
  }
}

function isDocument(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Array.isArray(value) || ENVELOPES.some((key) => Object.hasOwn(value, key))
}

function trimmed(line: Uint8Array): Uint8Array {
  let from = 0
  let end = line.length
  while (from < end && isBlank(line[from])) from++
  while (end > from && isBlank(line[end - 1])) end--
  return line.subarray(from, end)
}

const NOTHING = new Uint8Array(0)
