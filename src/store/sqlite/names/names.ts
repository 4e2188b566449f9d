import { type Fingerprint, fingerprintOf } from '../../../bucket/fingerprint.ts'
import { seriesId } from '../../../bucket/series-key.ts'
import { textHash } from '../../../bucket/text-hash.ts'
import type { SeriesKey } from '../../../event/table/call-table.ts'
import { SeriesInterner } from '../../../event/table/interner.ts'
import type { Db } from '../file/db.ts'
import { plucked, prepared } from '../file/prepared.ts'
import { textTo } from './stored-text.ts'

const KEPT_VALUES = 200_000
const KEPT_KEYS = 100_000

/** A series as the writer knows it. */
export interface KnownSeries {
  readonly key: SeriesKey
  /** Rows in `series` and `account`; made when first needed. */
  ref: number | null
  account: number | null
  /** By error code. */
  readonly fingerprints: Map<string | null, Fingerprint>
}

/** An actor value as the writer knows it. */
export interface KnownValue {
  readonly name: string
  readonly hash: number
  /** Row in `actor_value`; made when first needed. */
  ref: number | null
}

/**
 * The writer's numbers for names: accounts, series, error codes and actor values, made on first sight. What it remembers
 * is only valid while every transaction it numbered in was committed.
 */
export class Names {
  readonly #db: Db
  readonly #accounts = new Map<string, number>()
  readonly #places = new SeriesInterner()
  readonly #series: KnownSeries[] = []
  /** Tables that are read one after the other share the objects of their keys. */
  readonly #byKey = new Map<SeriesKey, KnownSeries>()
  readonly #codes = new Map<string | null, number>([[null, 0]])
  readonly #values = new Map<string, KnownValue>()

  constructor(db: Db) {
    this.#db = db
  }

  account(name: string): number {
    return remembered(this.#accounts, name, () => this.#number('account', name))
  }

  /** What is remembered of a series; nothing is written for it yet. */
  known(key: SeriesKey): KnownSeries {
    const known = this.#byKey.get(key)
    if (known !== undefined) return known
    const place = this.#places.placeOf(key)
    const fresh = { key, ref: null, account: null, fingerprints: new Map() }
    const series = this.#series[place] ?? fresh
    this.#series[place] = series
    if (this.#byKey.size >= KEPT_KEYS) this.#byKey.clear()
    this.#byKey.set(key, series)
    return series
  }

  seriesRef(series: KnownSeries): number {
    series.ref ??= this.#seriesRef(series.key)
    return series.ref
  }

  accountRef(series: KnownSeries): number {
    series.account ??= this.account(series.key.account)
    return series.account
  }

  fingerprint({ key, fingerprints }: KnownSeries, errorCode: string | null): Fingerprint {
    const known = fingerprints.get(errorCode)
    if (known !== undefined) return known
    const fresh = fingerprintOf(key, errorCode)
    fingerprints.set(errorCode, fresh)
    return fresh
  }

  code(name: string | null): number {
    return remembered(this.#codes, name, () => this.#number('code', name ?? ''))
  }

  /** What is remembered of a value; nothing is written for it yet. */
  knownValue(name: string): KnownValue {
    const known = this.#values.get(name)
    if (known !== undefined) return known
    if (this.#values.size >= KEPT_VALUES) this.#values.clear()
    const fresh = { name, hash: textHash(name), ref: null }
    this.#values.set(name, fresh)
    return fresh
  }

  value(name: string): number {
    return this.valueRef(this.knownValue(name))
  }

  valueRef(value: KnownValue): number {
    value.ref ??= this.#number('actor_value', value.name)
    return value.ref
  }

  #number(table: 'account' | 'code' | 'actor_value', name: string): number {
    const stored = textTo(name)
    const known = plucked(this.#db, SELECT[table]).get(stored)
    if (typeof known === 'number') return known
    return Number(prepared(this.#db, INSERT[table]).run(stored).lastInsertRowid)
  }

  #seriesRef(key: SeriesKey): number {
    const id = seriesId(key)
    const known = plucked(this.#db, 'SELECT ref FROM series WHERE id = ?').get(id)
    if (typeof known === 'number') return known
    const { account, region, category, eventSource, eventName } = key
    const texts = [account, region, category, eventSource, eventName].map(textTo)
    const insert = prepared(
      this.#db,
      `INSERT INTO series (id, account_ref, account, region, category, event_source, event_name, calls, errors, reads)
       VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, 0)`,
    )
    return Number(insert.run(id, this.account(account), ...texts).lastInsertRowid)
  }
}

const SELECT = {
  account: 'SELECT ref FROM account WHERE name = ?',
  code: 'SELECT ref FROM code WHERE name = ?',
  actor_value: 'SELECT ref FROM actor_value WHERE name = ?',
}
const INSERT = {
  account: 'INSERT INTO account (name) VALUES (?)',
  code: 'INSERT INTO code (name) VALUES (?)',
  actor_value: 'INSERT INTO actor_value (name) VALUES (?)',
}

function remembered<Name>(known: Map<Name, number>, name: Name, look: () => number): number {
  const found = known.get(name)
  if (found !== undefined) return found
  const ref = look()
  known.set(name, ref)
  return ref
}
