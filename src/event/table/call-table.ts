import type { ApiCall, SeriesKey } from '../api-call.ts'
import { ID_WORDS, writeId } from './event-id.ts'
import type { Places } from './places.ts'
import { TableNames } from './table-names.ts'

export type { SeriesKey } from '../api-call.ts'

/** Stands for `null` in the columns of actor values. */
export const NO_VALUE = -1

/**
 * One file's calls as columns: a row a call, no object a call. Texts stand once in `series`, `codes` and `values`; columns
 * hold their places there. About 38 bytes a call.
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

/**
 * A call as numbers, one behind the other: those of its pair and values in `TableNames` (`NO_VALUE` for none), its second
 * since the epoch (as 32 bits), the four words of its id, and 1 where it only reads.
 */
export const NUMBERED = {
  ...{ words: 16, pair: 0, second: 1, identity: 2, agent: 3, id: 4, resource: 8, readOnly: 9 },
} as const

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
    if (call.replaces !== null) this.#replaces.set(this.#length, call.replaces)
    const words = new Uint32Array(ID_WORDS)
    writeId(call.eventId, words, 0)
    const numbered = new Int32Array(NUMBERED.words)
    numbered.set(words, NUMBERED.id)
    numbered[NUMBERED.pair] = this.#names.pair(call, call.errorCode)
    numbered[NUMBERED.second] = Math.floor(call.timeMs / 1000)
    numbered[NUMBERED.identity] = this.#numberOf(call.identity)
    numbered[NUMBERED.agent] = this.#numberOf(call.userAgent)
    numbered[NUMBERED.resource] = this.#numberOf(call.resource)
    numbered[NUMBERED.readOnly] = call.readOnly ? 1 : 0
    this.addNumbered(numbered)
  }

  /** Appends calls whose texts have their numbers already, laid out as `NUMBERED` says. */
  addNumbered(calls: Int32Array): void {
    const until = this.#length + calls.length / NUMBERED.words
    if (until > this.#columns.pair.length) this.#columns = widened(this.#columns, until)
    const { pair, minute, second, identity, agent, resource, readOnly, id } = this.#columns
    const { pairs, values } = this.#names.places
    for (let row = this.#length, at = 0; row < until; row++, at += NUMBERED.words) {
      const time = (calls[at + NUMBERED.second] as number) >>> 0
      const minutes = Math.floor(time / MINUTE_SECONDS)
      pair[row] = pairs.placeOf(calls[at + NUMBERED.pair] as number)
      minute[row] = minutes
      second[row] = time - minutes * MINUTE_SECONDS
      identity[row] = valuePlace(values, calls[at + NUMBERED.identity] as number)
      agent[row] = valuePlace(values, calls[at + NUMBERED.agent] as number)
      resource[row] = valuePlace(values, calls[at + NUMBERED.resource] as number)
      readOnly[row] = calls[at + NUMBERED.readOnly] as number
      for (let word = 0; word < ID_WORDS; word++)
        id[row * ID_WORDS + word] = calls[at + NUMBERED.id + word] as number
    }
    this.#length = until
  }

  /** The table of what was added so far; the builder is done with. */
  build(): CallTable {
    const length = this.#length
    const columns =
      length === this.#columns.pair.length ? this.#columns : cut(this.#columns, length)
    return { length, replaces: this.#replaces, ...this.#names.lists(), ...columns }
  }

  #numberOf(value: string | null): number {
    return value === null ? NO_VALUE : this.#names.value(value)
  }
}

function valuePlace(values: Places, number: number): number {
  return number === NO_VALUE ? NO_VALUE : values.placeOf(number)
}

type Columns = ReturnType<typeof columnsOf>

/** All in one piece of memory: eight would cost more than filling them for a small file. */
function columnsOf(rows: number) {
  const memory = new ArrayBuffer(rows * ROW_BYTES)
  const words = (at: number) => new Int32Array(memory, at * rows * WORD_BYTES, rows)
  const bytes = (at: number) => new Uint8Array(memory, at * rows, rows)
  return {
    pair: words(0),
    minute: words(1),
    identity: words(2),
    agent: words(3),
    resource: words(4),
    id: new Uint32Array(memory, ID_AT * rows * WORD_BYTES, rows * ID_WORDS),
    second: bytes(WORDS * WORD_BYTES),
    readOnly: bytes(WORDS * WORD_BYTES + 1),
  }
}

/** Of a row: five words, those of its id, and two bytes. */
const ID_AT = 5
const WORDS = ID_AT + ID_WORDS
const WORD_BYTES = 4
const ROW_BYTES = WORDS * WORD_BYTES + 2

function cut(from: Columns, length: number): Columns {
  const { pair, minute, second, identity, agent, resource, readOnly, id } = from
  return {
    pair: pair.subarray(0, length),
    minute: minute.subarray(0, length),
    second: second.subarray(0, length),
    identity: identity.subarray(0, length),
    agent: agent.subarray(0, length),
    resource: resource.subarray(0, length),
    readOnly: readOnly.subarray(0, length),
    id: id.subarray(0, length * ID_WORDS),
  }
}

function widened(from: Columns, least: number): Columns {
  const to = columnsOf(Math.max(least, Math.ceil(from.pair.length * 1.5)))
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
