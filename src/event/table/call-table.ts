import type { ApiCall, SeriesKey } from '../api-call.ts'
import { ID_WORDS, writeId } from './event-id.ts'
import { TableNames } from './table-names.ts'

export type { SeriesKey } from '../api-call.ts'

/** Stands for `null` in the columns of actor values. */
export const NO_VALUE = -1

/**
 * One file's calls as columns: a row a call, no object a call. Texts stand once in `series`, `codes` and `values`; columns
 * hold their places there. About 42 bytes a call.
 */
export interface CallTable {
  readonly length: number
  readonly series: readonly SeriesKey[]
  /** Distinct error codes; the first is `null`, success. */
  readonly codes: readonly (string | null)[]
  /** Distinct identities, agents and resources. */
  readonly values: readonly string[]
  /** Distinct pairs of series and error code, each half a place in `series` and `codes`. */
  readonly pairs: { readonly series: Int32Array; readonly code: Int32Array }
  /** A call's place in `pairs`. */
  readonly pair: Int32Array
  /** Minutes since the epoch, UTC, and the second of that minute. */
  readonly minute: Int32Array
  readonly second: Uint8Array
  /** Places in `values`, or `NO_VALUE`. */
  readonly identity: Int32Array
  readonly agent: Int32Array
  readonly resource: Int32Array
  /** 1: the call only reads. */
  readonly readOnly: Uint8Array
  /** Four words a call, most significant first. */
  readonly id: Uint32Array
  /** Rows that replace an earlier event, with its id (32 hexadecimal digits). Few. */
  readonly replaces: ReadonlyMap<number, string>
}

/** A call as numbers: of its pair and values in `TableNames`, and the four words of its id from `idAt` on. */
export interface NumberedCall {
  readonly pair: number
  /** Seconds since the epoch, UTC. */
  readonly second: number
  readonly identity: number
  readonly agent: number
  readonly resource: number
  readonly readOnly: boolean
  readonly words: Uint32Array
  readonly idAt: number
}

const MINUTE_SECONDS = 60
const FIRST_ROWS = 64

/** Fills a `CallTable`, a call at a time. Only one at a time may use the same names. */
export class CallTableBuilder {
  readonly #names: TableNames
  readonly #replaces = new Map<number, string>()
  #columns: Columns
  #length = 0

  /** `rows`: so many are expected. */
  constructor(names: TableNames = new TableNames(), rows: number = FIRST_ROWS) {
    this.#names = names
    this.#columns = columnsOf(rows)
    names.beginTable()
  }

  /** Appends a call. Its time counts to the second. */
  add(call: ApiCall): void {
    const words = new Uint32Array(ID_WORDS)
    writeId(call.eventId, words, 0)
    if (call.replaces !== null) this.#replaces.set(this.#length, call.replaces)
    this.addNumbered({
      pair: this.#names.pair(call, call.errorCode),
      second: Math.floor(call.timeMs / 1000),
      identity: this.#numberOf(call.identity),
      agent: this.#numberOf(call.userAgent),
      resource: this.#numberOf(call.resource),
      readOnly: call.readOnly,
      words,
      idAt: 0,
    })
  }

  /** Appends a call whose texts have their numbers already; `NO_VALUE` stands for none. */
  addNumbered(call: NumberedCall): void {
    const row = this.#length
    if (row >= this.#columns.pair.length) this.#columns = widened(this.#columns)
    const columns = this.#columns
    const minute = Math.floor(call.second / MINUTE_SECONDS)
    columns.pair[row] = this.#names.placeOfPair(call.pair)
    columns.minute[row] = minute
    columns.second[row] = call.second - minute * MINUTE_SECONDS
    columns.identity[row] = this.#placeOf(call.identity)
    columns.agent[row] = this.#placeOf(call.agent)
    columns.resource[row] = this.#placeOf(call.resource)
    columns.readOnly[row] = call.readOnly ? 1 : 0
    for (let word = 0; word < ID_WORDS; word++)
      columns.id[row * ID_WORDS + word] = call.words[call.idAt + word] ?? 0
    this.#length = row + 1
  }

  /** The table of what was added so far; the builder is done with. */
  build(): CallTable {
    const { pair, minute, second, identity, agent, resource, readOnly, id } = this.#columns
    const length = this.#length
    return {
      length,
      ...this.#names.lists(),
      pair: pair.subarray(0, length),
      minute: minute.subarray(0, length),
      second: second.subarray(0, length),
      identity: identity.subarray(0, length),
      agent: agent.subarray(0, length),
      resource: resource.subarray(0, length),
      readOnly: readOnly.subarray(0, length),
      id: id.subarray(0, length * ID_WORDS),
      replaces: this.#replaces,
    }
  }

  #numberOf(value: string | null): number {
    return value === null ? NO_VALUE : this.#names.value(value)
  }

  #placeOf(value: number): number {
    return value === NO_VALUE ? NO_VALUE : this.#names.placeOfValue(value)
  }
}

type Columns = ReturnType<typeof columnsOf>

function columnsOf(rows: number) {
  return {
    pair: new Int32Array(rows),
    minute: new Int32Array(rows),
    second: new Uint8Array(rows),
    identity: new Int32Array(rows),
    agent: new Int32Array(rows),
    resource: new Int32Array(rows),
    readOnly: new Uint8Array(rows),
    id: new Uint32Array(rows * ID_WORDS),
  }
}

function widened(from: Columns): Columns {
  const to = columnsOf(Math.ceil(from.pair.length * 1.5) + FIRST_ROWS)
  to.pair.set(from.pair)
  to.minute.set(from.minute)
  to.second.set(from.second)
  to.identity.set(from.identity)
  to.agent.set(from.agent)
  to.resource.set(from.resource)
  to.readOnly.set(from.readOnly)
  to.id.set(from.id)
  return to
}
