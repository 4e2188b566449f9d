import type { ApiCall, FileContext } from '../api-call.ts'
import { decode } from '../fields/text.ts'
import { Intake } from '../intake.ts'
import { DELIVERY_SLACK_MS, firstArn } from '../parse-record.ts'
import { type CallTableBuilder, NO_VALUE } from '../table/call-table.ts'
import { TakingsBuilder } from '../table/takings.ts'
import { Names, type Placed } from './names.ts'
import { NOT_PLAIN, ROW, ROW_WORDS, Scanner } from './scanner.ts'

/** What a scanned document holds. */
export interface Scanned {
  readonly takings: TakingsBuilder
  readonly records: number
}

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
  #scanner: Scanner | null = null
  #names: Names | null = null
  /** Of the file being read; what was placed in another is placed anew. */
  #file = 0

  /** What the document holds, or `null`: the plain reader must tell. */
  read(bytes: Uint8Array, context: FileContext): Scanned | null {
    const scanner = this.#scannerFor(bytes.length)
    if (scanner === null) return null
    const { stampMs, limits } = context
    const latestMs = stampMs === null ? Number.POSITIVE_INFINITY : stampMs + DELIVERY_SLACK_MS
    const { recordBytes } = limits
    const rows = scanner.scan(bytes, { latest: latestMs / 1000, recordBytes })
    this.#file += 1
    return rows === null ? null : this.#taken(rows, bytes, context)
  }

  #scannerFor(size: number): Scanner | null {
    const known = this.#scanner
    if (known !== null && size <= known.capacity && isSmall(known.size)) return known
    const capacity = Math.max(LEAST_CAPACITY, known?.capacity ?? 0, 2 ** Math.ceil(Math.log2(size)))
    this.#scanner = Scanner.open(capacity)
    this.#names = this.#scanner === null ? null : new Names(this.#scanner)
    return this.#scanner
  }

  #taken(rows: Uint32Array, bytes: Uint8Array, context: FileContext): Scanned | null {
    const takings = new TakingsBuilder()
    const intake = new Intake(context, (reading) => takings.take(reading))
    intake.recognise()
    try {
      for (let at = 0; at < rows.length; at += ROW_WORDS) {
        if (!this.#place(rows, at, { bytes, calls: takings.calls, account: context.account })) {
          const record = span(bytes, rows, at + ROW.record)
          intake.value(parsed(record), record)
        }
      }
    } catch (cause) {
      if (cause instanceof SyntaxError) return null
      throw cause
    }
    return { takings, records: rows.length / ROW_WORDS }
  }

  /** Adds a row to the table; false: its record is for the plain parser. */
  #place(rows: Uint32Array, at: number, { bytes, calls, account }: File): boolean {
    const names = this.#names
    const number = rows[at + ROW.series] ?? NOT_PLAIN
    const series = number === NOT_PLAIN || names === null ? null : names.series(number)
    if (series === null || names === null) return false
    if (series.file !== this.#file) {
      series.place = calls.pairOf(inAccount(series.thing, account), series.thing.errorCode)
      series.file = this.#file
    }
    const hasResource = series.thing.category === 'Data' && rows[at + ROW.resourcesLength] !== 0
    calls.addPlaced({
      pair: series.place,
      second: rows[at + ROW.second] ?? 0,
      identity: this.#placeOf(names.caller(rows[at + ROW.caller] ?? 0), calls),
      agent: this.#placeOf(names.agent(rows[at + ROW.agent] ?? 0), calls),
      resource: hasResource
        ? calls.valueOf(firstArn(parsed(span(bytes, rows, at + ROW.resources))))
        : NO_VALUE,
      readOnly: series.thing.readOnly,
      words: rows,
      idAt: at + ROW.id,
    })
    return true
  }

  #placeOf(text: Placed<string | null>, calls: CallTableBuilder): number {
    if (text.file === this.#file) return text.place
    text.place = calls.valueOf(text.thing)
    text.file = this.#file
    return text.place
  }
}

interface File {
  readonly bytes: Uint8Array
  readonly calls: CallTableBuilder
  /** Of records that name none. */
  readonly account: string | null
}

function isSmall({ things, bytes }: Scanner['size']): boolean {
  return things <= MOST_THINGS && bytes <= MOST_BYTES
}

/** Where records name no account, the file's takes its place. */
function inAccount(call: ApiCall, account: string | null): ApiCall {
  return call.account === 'unknown' && account !== null ? { ...call, account } : call
}

function span(bytes: Uint8Array, rows: Uint32Array, at: number): Uint8Array {
  const from = rows[at] ?? 0
  return bytes.subarray(from, from + (rows[at + 1] ?? 0))
}

function parsed(bytes: Uint8Array): unknown {
  return JSON.parse(decode(bytes))
}
