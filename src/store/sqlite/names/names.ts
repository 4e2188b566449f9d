import { type Fingerprint, fingerprintOf } from '../../../bucket/fingerprint.ts'
import { seriesId } from '../../../bucket/series-key.ts'
import type { SeriesKey } from '../../../event/table/call-table.ts'
import { SeriesInterner } from '../../../event/table/interner.ts'
import type { Db } from '../file/db.ts'
import { plucked, prepared } from '../file/prepared.ts'
import { textTo } from './stored-text.ts'

const KEPT_VALUES = 200_000

/** A series as the writer knows it. */
export interface KnownSeries {
  readonly key: SeriesKey
  /** Rows in `series` and `account`; made when first needed. */
  ref: number | null
  account: number | null
  /** By error code. */
  readonly fingerprints: Map<string | null, Fingerprint>
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
  readonly #byKey = new WeakMap<SeriesKey, KnownSeries>()
  readonly #codes = new Map<string | null, number>([[null, 0]])
  readonly #values = new Map<string, number>()

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

  value(name: string): number {
    if (this.#values.size >= KEPT_VALUES) this.#values.clear()
    return remembered(this.#values, name, () => this.#number('actor_value', name))
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
