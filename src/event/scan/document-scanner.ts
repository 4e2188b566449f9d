import type { FileContext } from '../api-call.ts'
import { decode } from '../fields/text.ts'
import { Intake } from '../intake.ts'
import { DELIVERY_SLACK_MS } from '../parse-record.ts'
import { CallTableBuilder, NO_VALUE, NUMBERED } from '../table/call-table.ts'
import { TakingsBuilder } from '../table/takings.ts'
import { Names } from './names.ts'
import { NOT_PLAIN, ROW, ROW_WORDS, Scanner } from './scanner.ts'

/** What a scanned document holds. */
export interface Scanned {
  readonly takings: TakingsBuilder
  readonly records: number
}

const NOTHING = new Uint8Array(0)
const MEBIBYTE = 1024 * 1024
const LEAST_CAPACITY = 4 * MEBIBYTE
/** Beyond, what is remembered of names is given up between two files. */
const MOST_THINGS = 100_000
const MOST_BYTES = 8 * MEBIBYTE

/**
 * Reads whole documents of records without parsing what does not count. It gives what the plain reader would, or
 * nothing: of whatever is not plainly such a document the plain reader is the judge. One thread has one.
 */
export class DocumentScanner {
  /** What was read last, valid until the next. */
  document: Uint8Array = NOTHING
  #memory: Memory | null = null

  /** Room to put a document of so many bytes in before it is read, so that it need not be copied. */
  room(size: number): Uint8Array | null {
    return this.#memoryFor(size)?.scanner.room(size) ?? null
  }

  /**
   * What the document holds, or `null`: the plain reader must tell. Bytes that stand in `room` are not to be used any more:
   * `document` has them.
   */
  read(bytes: Uint8Array, context: FileContext): Scanned | null {
    this.document = bytes
    const { length } = bytes
    const memory = this.#memoryFor(length)
    if (memory === null) return null
    const { stampMs, limits } = context
    const latestMs = stampMs === null ? Number.POSITIVE_INFINITY : stampMs + DELIVERY_SLACK_MS
    const { recordBytes } = limits
    const rows = memory.scanner.scan(bytes, { latest: latestMs / 1000, recordBytes })
    // Scanning may have moved the memory.
    this.document = memory.scanner.room(length)
    if (rows === null) return null
    return takenFrom({ rows, bytes: this.document, names: memory.names, context })
  }

  #memoryFor(size: number): Memory | null {
    const known = this.#memory
    if (known !== null && size <= known.scanner.capacity && isSmall(known)) return known
    const scanner = Scanner.open(Math.max(LEAST_CAPACITY, 2 ** Math.ceil(Math.log2(size + 1))))
    this.#memory = scanner === null ? null : { scanner, names: new Names(scanner) }
    return this.#memory
  }
}

/** A scanner, and what its numbers were found to mean. */
interface Memory {
  readonly scanner: Scanner
  readonly names: Names
}

interface ScannedFile {
  readonly rows: Int32Array
  readonly bytes: Uint8Array
  readonly names: Names
  readonly context: FileContext
}

function takenFrom(file: ScannedFile): Scanned | null {
  const { rows, bytes, names, context } = file
  const records = rows.length / ROW_WORDS
  const takings = new TakingsBuilder(new CallTableBuilder(names.table, records))
  const intake = new Intake(context, (reading) => takings.take(reading))
  intake.recognise()
  try {
    let added = 0
    for (let at = 0; at < rows.length; at += ROW_WORDS) {
      if (numbered(file, at)) continue
      takings.calls.addNumbered(rows.subarray(added, at))
      added = at + ROW_WORDS
      const record = span(bytes, rows, at + ROW.record)
      intake.value(parsed(record), record)
    }
    takings.calls.addNumbered(rows.subarray(added))
  } catch (cause) {
    // What should have been JSON is none.
    if (cause instanceof SyntaxError) return null
    throw cause
  }
  return { takings, records }
}

/** Makes a row, in place, a call in numbers of the table's names; false: its record is for the plain parser. */
function numbered(file: ScannedFile, at: number): boolean {
  const { rows, names, context } = file
  const number = rows[at + ROW.series] as number
  const series = number === NOT_PLAIN ? null : names.series(number)
  if (series === null) return false
  const { call, pair, hasAccount } = series
  rows[at + NUMBERED.pair] = hasAccount ? pair : names.pairIn(call, context.account)
  rows[at + NUMBERED.identity] = names.caller(rows[at + ROW.caller] as number)
  rows[at + NUMBERED.agent] = names.agent(rows[at + ROW.agent] as number)
  rows[at + NUMBERED.resource] = call.category === 'Data' ? resourceOf(file, at) : NO_VALUE
  rows[at + NUMBERED.readOnly] = call.readOnly ? 1 : 0
  return true
}

function resourceOf({ rows, bytes, names }: ScannedFile, at: number): number {
  const arn = rows[at + ROW.arn] ?? 0
  if (arn !== 0) return names.arn(arn)
  if (rows[at + ROW.resourcesLength] === 0) return NO_VALUE
  return names.firstArn(parsed(span(bytes, rows, at + ROW.resources)))
}

function isSmall({ scanner, names }: Memory): boolean {
  const { things, bytes } = scanner.size
  return things <= MOST_THINGS && names.table.size <= MOST_THINGS && bytes <= MOST_BYTES
}

function span(bytes: Uint8Array, rows: Int32Array, at: number): Uint8Array {
  const from = rows[at] ?? 0
  return bytes.subarray(from, from + (rows[at + 1] ?? 0))
}

/** The value of some JSON; throws SyntaxError where it is none. */
function parsed(bytes: Uint8Array): unknown {
  return JSON.parse(decode(bytes))
}
