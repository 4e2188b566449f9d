import { withSecond } from '../../../bucket/fingerprint.ts'
import { joinHash, textHash } from '../../../bucket/text-hash.ts'
import type { CallTable } from '../../../event/table/call-table.ts'
import { ID_WORDS } from '../../../event/table/event-id.ts'
import { DAY_MINUTES } from '../counts/cell-blob.ts'
import type { KnownSeries, Names } from '../names/names.ts'
import { ENTRY_WORDS, KEY_WORDS } from './id-set.ts'

const NO_TEXT_HASH = 0x6d2b79f5

/** What de-duplication needs of a table's rows: account, day and entry (id, fingerprint, detail hash). */
export class RowKeys {
  readonly #table: CallTable
  readonly #names: Names
  /** By place in the table's series. */
  readonly series: readonly KnownSeries[]
  /** The rows' entries, one after the other. */
  readonly entries: Uint32Array

  constructor(table: CallTable, names: Names) {
    const { pairs, series, codes, values } = table
    this.#table = table
    this.#names = names
    this.series = series.map((key) => names.known(key))
    const high = new Uint32Array(pairs.series.length)
    const low = new Uint32Array(pairs.series.length)
    for (let pair = 0; pair < pairs.series.length; pair++) {
      const known = this.series[pairs.series[pair] ?? 0]
      if (known === undefined) continue
      const fingerprint = names.fingerprint(known, codes[pairs.code[pair] ?? 0] ?? null)
      high[pair] = fingerprint.high
      low[pair] = fingerprint.low
    }
    const valueHashes = Uint32Array.from(values, textHash)
    this.entries = entriesOf(table, { high, low, valueHashes })
  }

  /** Row of the call's account; made where it is new. */
  account(row: number): number {
    const { pairs, pair } = this.#table
    return this.accountAt(pairs.series[pair[row] ?? 0] ?? 0)
  }

  /** The same, by place in the table's series. */
  accountAt(place: number): number {
    const known = this.series[place]
    if (known === undefined) throw new RangeError(`the table has no series ${place}`)
    return this.#names.accountRef(known)
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

function entriesOf(table: CallTable, hashes: Hashes): Uint32Array {
  const { id, pair, minute, second, length } = table
  const entries = new Uint32Array(length * ENTRY_WORDS)
  for (let row = 0; row < length; row++) {
    const at = row * ENTRY_WORDS
    for (let word = 0; word < ID_WORDS; word++) entries[at + word] = id[row * ID_WORDS + word] ?? 0
    const secondOfDay = ((minute[row] ?? 0) % DAY_MINUTES) * 60 + (second[row] ?? 0)
    const low = hashes.low[pair[row] ?? 0] ?? 0
    entries[at + ID_WORDS] = hashes.high[pair[row] ?? 0] ?? 0
    entries[at + ID_WORDS + 1] = withSecond(low, secondOfDay)
    entries[at + KEY_WORDS] = detailHash(table, row, hashes)
  }
  return entries
}

/** 32 bits about everything else that is counted of a row; never 0. */
function detailHash(table: CallTable, row: number, { valueHashes }: Hashes): number {
  const { identity, agent, resource, readOnly } = table
  const hashOf = (value: number) => (value < 0 ? NO_TEXT_HASH : (valueHashes[value] ?? 0))
  let hash = joinHash(hashOf(identity[row] ?? -1), readOnly[row] ?? 0)
  hash = joinHash(hash, hashOf(agent[row] ?? -1))
  hash = joinHash(hash, hashOf(resource[row] ?? -1))
  return hash === 0 ? 1 : hash
}

/** A key as text, for maps of the few that need one. */
export function keyText(key: Uint32Array): string {
  return key.subarray(0, KEY_WORDS).join('.')
}
