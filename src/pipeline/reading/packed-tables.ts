import type { FileReading, SeriesKey } from '../../event/api-call.ts'
import { type CallTable, CallTableBuilder } from '../../event/table/call-table.ts'
import { ID_WORDS } from '../../event/table/event-id.ts'
import type { Takings } from '../../event/table/takings.ts'
import type { TrailTable } from '../../event/trail-reader.ts'
import { Heard, Said } from './said.ts'

/** Tables on their way between two threads: columns in one piece of memory, names only where they are new. */
export interface PackedTables {
  readonly files: readonly PackedFile[]
  readonly words: Int32Array<ArrayBuffer>
  readonly fresh: {
    readonly series: readonly SeriesKey[]
    readonly codes: readonly (string | null)[]
    readonly values: readonly string[]
  }
  /** Whether names are numbered from 0 again. */
  readonly isAnew: boolean
}

interface PackedFile extends Omit<Takings, 'calls'>, Pick<CallTable, 'length' | 'replaces'> {
  readonly file: FileReading
  readonly seriesCount: number
  readonly codeCount: number
  readonly valueCount: number
  readonly pairCount: number
}

/** Beyond, both sides forget the names. */
const MOST_NAMES = 100_000
const MOST_CHARACTERS = 8 * 1024 * 1024
const WORD_BYTES = 4

/** Packs tables in the order in which `TableUnpacker` unpacks them. */
export class TablePacker {
  readonly #series = new Said<SeriesKey>()
  readonly #codes = new Said<string | null>()
  readonly #values = new Said<string>()
  #characters = 0

  /** A file that failed or was skipped brings no calls. */
  pack(tables: readonly TrailTable[]): PackedTables {
    const isAnew = this.#size > MOST_NAMES || this.#characters > MOST_CHARACTERS
    if (isAnew) this.#forget()
    const kept = tables.map(({ file, takings }) => ({
      file,
      ...takings,
      calls: keptCalls(file, takings),
    }))
    const words = new Int32Array(kept.reduce((sum, { calls }) => sum + wordsIn(calls), 0))
    const writer = new ColumnWriter(words)
    const files = kept.map((table) => this.#packed(table, writer))
    const [series, codes, values] = [this.#series, this.#codes, this.#values]
    const fresh = {
      series: series.takeFresh(),
      codes: codes.takeFresh(),
      values: values.takeFresh(),
    }
    for (const { length } of fresh.values) this.#characters += length
    return { files, words, fresh, isAnew }
  }

  #forget(): void {
    for (const said of [this.#series, this.#codes, this.#values]) said.clear()
    this.#characters = 0
  }

  get #size(): number {
    return this.#series.size + this.#codes.size + this.#values.size
  }

  #packed({ calls, ...rest }: Takings & Pick<TrailTable, 'file'>, to: ColumnWriter): PackedFile {
    const { series, codes, values, pairs, length, replaces } = calls
    to.words(this.#series.numbersOf(series))
    to.words(this.#codes.numbersOf(codes))
    to.words(this.#values.numbersOf(values))
    for (const column of [pairs.series, pairs.code]) to.words(column)
    for (const name of WORD_COLUMNS) to.words(calls[name])
    to.words(new Int32Array(calls.id.buffer, calls.id.byteOffset, calls.id.length))
    for (const name of BYTE_COLUMNS) to.bytes(calls[name])
    return {
      ...rest,
      ...{ length, replaces, seriesCount: series.length, codeCount: codes.length },
      ...{ valueCount: values.length, pairCount: pairs.series.length },
    }
  }
}

/** Unpacks what one `TablePacker` packed, in the same order. */
export class TableUnpacker {
  readonly #series = new Heard<SeriesKey>()
  readonly #codes = new Heard<string | null>()
  readonly #values = new Heard<string>()

  unpack({ files, words, fresh, isAnew }: PackedTables): readonly TrailTable[] {
    if (isAnew) for (const heard of [this.#series, this.#codes, this.#values]) heard.clear()
    this.#series.learn(fresh.series)
    this.#codes.learn(fresh.codes)
    this.#values.learn(fresh.values)
    const from = new ColumnReader(words)
    return files.map((file) => this.#unpacked(file, from))
  }

  #unpacked(packed: PackedFile, from: ColumnReader): TrailTable {
    const { file, rejected, rejectedCounts, insights, length, replaces, pairCount } = packed
    const series = this.#series.things(from.words(packed.seriesCount))
    const codes = this.#codes.things(from.words(packed.codeCount))
    const values = this.#values.things(from.words(packed.valueCount))
    const pairs = { series: from.words(pairCount), code: from.words(pairCount) }
    const [pair, minute, identity, agent, resource] = WORD_COLUMNS.map(() => from.words(length))
    const { buffer, byteOffset, length: idWords } = from.words(length * ID_WORDS)
    const [second, readOnly] = BYTE_COLUMNS.map(() => from.bytes(length))
    const columns = { pair, minute, identity, agent, resource, second, readOnly }
    const id = new Uint32Array(buffer, byteOffset, idWords)
    const calls = { length, series, codes, values, pairs, ...columns, id, replaces } as CallTable
    return { file, takings: { calls, rejected, rejectedCounts, insights } }
  }
}

const WORD_COLUMNS = ['pair', 'minute', 'identity', 'agent', 'resource'] as const
const BYTE_COLUMNS = ['second', 'readOnly'] as const

function keptCalls({ outcome }: FileReading, { calls }: Takings): CallTable {
  return outcome === 'done' || outcome === 'partial' ? calls : new CallTableBuilder().build()
}

function wordsIn({ series, codes, values, pairs, length }: CallTable): number {
  const names = series.length + codes.length + values.length + 2 * pairs.series.length
  return (
    names +
    (WORD_COLUMNS.length + ID_WORDS) * length +
    BYTE_COLUMNS.length * Math.ceil(length / WORD_BYTES)
  )
}

class ColumnWriter {
  readonly #words: Int32Array
  readonly #bytes: Uint8Array
  #at = 0

  constructor(words: Int32Array) {
    this.#words = words
    this.#bytes = new Uint8Array(words.buffer)
  }

  words(column: Int32Array): void {
    this.#words.set(column, this.#at)
    this.#at += column.length
  }

  bytes(column: Uint8Array): void {
    this.#bytes.set(column, this.#at * WORD_BYTES)
    this.#at += Math.ceil(column.length / WORD_BYTES)
  }
}

class ColumnReader {
  readonly #words: Int32Array<ArrayBuffer>
  #at = 0

  constructor(words: Int32Array<ArrayBuffer>) {
    this.#words = words
  }

  words(length: number): Int32Array<ArrayBuffer> {
    const from = this.#at
    this.#at += length
    return this.#words.subarray(from, this.#at)
  }

  bytes(length: number): Uint8Array {
    const { buffer, byteOffset } = this.words(Math.ceil(length / WORD_BYTES))
    return new Uint8Array(buffer, byteOffset, length)
  }
}
