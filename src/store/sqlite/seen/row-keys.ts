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
  readonly #high: Uint32Array
  readonly #low: Uint32Array
  readonly #valueHashes: Uint32Array
  readonly #scratch = new Uint32Array(ENTRY_WORDS)

  constructor(table: CallTable, names: Names) {
    const { pairs, series, codes, values } = table
    this.#table = table
    this.#names = names
    this.series = series.map((key) => names.known(key))
    this.#high = new Uint32Array(pairs.series.length)
    this.#low = new Uint32Array(pairs.series.length)
    for (let pair = 0; pair < pairs.series.length; pair++) {
      const known = this.series[pairs.series[pair] ?? 0]
      if (known === undefined) continue
      const { high, low } = names.fingerprint(known, codes[pairs.code[pair] ?? 0] ?? null)
      this.#high[pair] = high
      this.#low[pair] = low
    }
    this.#valueHashes = new Uint32Array(values.length)
    for (const [place, value] of values.entries()) this.#valueHashes[place] = textHash(value)
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

  /** The row's entry; valid until the next call. */
  entry(row: number): Uint32Array {
    const { id, pair, minute, second } = this.#table
    const entry = this.#scratch
    for (let word = 0; word < ID_WORDS; word++) entry[word] = id[row * ID_WORDS + word] ?? 0
    const secondOfDay = ((minute[row] ?? 0) % DAY_MINUTES) * 60 + (second[row] ?? 0)
    entry[ID_WORDS] = this.#high[pair[row] ?? 0] ?? 0
    entry[ID_WORDS + 1] = withSecond(this.#low[pair[row] ?? 0] ?? 0, secondOfDay)
    entry[KEY_WORDS] = this.#detailHash(row)
    return entry
  }

  /** The row's key, to keep. */
  key(row: number): Uint32Array {
    return this.entry(row).slice(0, KEY_WORDS)
  }

  #detailHash(row: number): number {
    const { identity, agent, resource, readOnly } = this.#table
    let hash = joinHash(this.#hashOf(identity[row] ?? -1), readOnly[row] ?? 0)
    hash = joinHash(hash, this.#hashOf(agent[row] ?? -1))
    hash = joinHash(hash, this.#hashOf(resource[row] ?? -1))
    return hash === 0 ? 1 : hash
  }

  #hashOf(value: number): number {
    return value < 0 ? NO_TEXT_HASH : (this.#valueHashes[value] ?? 0)
  }
}

/** A key as text, for maps of the few that need one. */
export function keyText(key: Uint32Array): string {
  return key.subarray(0, KEY_WORDS).join('.')
}
