import { withSecond } from '../../../bucket/fingerprint.ts'
import { joinHash } from '../../../bucket/text-hash.ts'
import type { CallTable } from '../../../event/table/call-table.ts'
import { ID_WORDS } from '../../../event/table/event-id.ts'
import { DAY_MINUTES } from '../counts/cell-blob.ts'
import type { KnownSeries, KnownValue, Names } from '../names/names.ts'
import { ENTRY_WORDS, KEY_WORDS } from './id-set.ts'

const MOST_KEPT_WORDS = 16_384 * ENTRY_WORDS
const NO_TEXT_HASH = 0x6d2b79f5

/** Where the entries of one table after the other are made. */
export class EntryRoom {
  #words = new Uint32Array()

  /** Room for so many rows, whatever stands in it. */
  of(rows: number): Uint32Array {
    const length = rows * ENTRY_WORDS
    if (length > MOST_KEPT_WORDS) return new Uint32Array(length)
    if (length > this.#words.length)
      this.#words = new Uint32Array(Math.min(length * 2, MOST_KEPT_WORDS))
    return this.#words.subarray(0, length)
  }
}

/** What de-duplication needs of a table's rows: account, day and entry (id, fingerprint, detail hash). Valid until the next. */
export class RowKeys {
  readonly #table: CallTable
  readonly #names: Names
  /** By place in the table's series. */
  readonly series: readonly KnownSeries[]
  /** By place in the table's values. */
  readonly values: readonly KnownValue[]
  /** The rows' entries, one after the other. */
  readonly entries: Uint32Array
  /** By place in the table's series: rows of accounts, 0 where none was asked for. */
  readonly #accounts: Int32Array

  constructor(table: CallTable, names: Names, room: EntryRoom) {
    const { pairs, series, codes, values } = table
    this.#table = table
    this.#names = names
    this.#accounts = new Int32Array(series.length)
    this.series = series.map((key) => names.known(key))
    this.values = values.map((value) => names.knownValue(value))
    const high = new Uint32Array(pairs.series.length)
    const low = new Uint32Array(pairs.series.length)
    for (let pair = 0; pair < pairs.series.length; pair++) {
      const known = this.series[pairs.series[pair] ?? 0]
      if (known === undefined) continue
      const fingerprint = names.fingerprint(known, codes[pairs.code[pair] ?? 0] ?? null)
      high[pair] = fingerprint.high
      low[pair] = fingerprint.low
    }
    const valueHashes = new Uint32Array(values.length)
    for (const [place, { hash }] of this.values.entries()) valueHashes[place] = hash
    this.entries = entriesOf(table, { high, low, valueHashes }, room)
  }

  /** Row of the call's account; made where it is new. */
  account(row: number): number {
    const { pairs, pair } = this.#table
    return this.accountAt(pairs.series[pair[row] ?? 0] ?? 0)
  }

  /** The same, by place in the table's series. */
  accountAt(place: number): number {
    const known = this.#accounts[place] ?? 0
    if (known > 0) return known
    const series = this.series[place]
    if (series === undefined) throw new RangeError(`the table has no series ${place}`)
    const ref = this.#names.accountRef(series)
    this.#accounts[place] = ref
    return ref
  }

  /** Epoch day of the call. */
  day(row: number): number {
    return Math.floor((this.#table.minute[row] ?? 0) / DAY_MINUTES)
  }

  /** The row's entry. */
  entry(row: number): Uint32Array {
    return this.entries.subarray(row * ENTRY_WORDS, (row + 1) * ENTRY_WORDS)
  }

  /** The row's key, to keep. */
  key(row: number): Uint32Array {
    return this.entries.slice(row * ENTRY_WORDS, row * ENTRY_WORDS + KEY_WORDS)
  }
}

interface Hashes {
  /** By pair: the fingerprint's words. */
  readonly high: Uint32Array
  readonly low: Uint32Array
  readonly valueHashes: Uint32Array
}

function entriesOf(table: CallTable, hashes: Hashes, room: EntryRoom): Uint32Array {
  const { id, pair, minute, second, length } = table
  const { high, low } = hashes
  const entries = room.of(length)
  for (let row = 0; row < length; row++) {
    const at = row * ENTRY_WORDS
    for (let word = 0; word < ID_WORDS; word++)
      entries[at + word] = id[row * ID_WORDS + word] as number
    const secondOfDay = ((minute[row] as number) % DAY_MINUTES) * 60 + (second[row] as number)
    const place = pair[row] as number
    entries[at + ID_WORDS] = high[place] as number
    entries[at + ID_WORDS + 1] = withSecond(low[place] as number, secondOfDay)
    entries[at + KEY_WORDS] = detailHash(table, row, hashes)
  }
  return entries
}

/** 32 bits about everything else that is counted of a row; never 0. */
function detailHash(table: CallTable, row: number, { valueHashes }: Hashes): number {
  const { identity, agent, resource, readOnly } = table
  let hash = joinHash(hashOf(identity[row] as number, valueHashes), readOnly[row] as number)
  hash = joinHash(hash, hashOf(agent[row] as number, valueHashes))
  hash = joinHash(hash, hashOf(resource[row] as number, valueHashes))
  return hash === 0 ? 1 : hash
}

function hashOf(value: number, valueHashes: Uint32Array): number {
  return value < 0 ? NO_TEXT_HASH : (valueHashes[value] as number)
}

/** A key as text, for maps of the few that need one. */
export function keyText(key: Uint32Array): string {
  return key.subarray(0, KEY_WORDS).join('.')
}
