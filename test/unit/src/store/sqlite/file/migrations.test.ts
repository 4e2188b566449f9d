import { readFileSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { canonicalHash } from '../../../../../../src/store/canonical.ts'
import { migrate } from '../../../../../../src/store/sqlite/file/migrations.ts'
import { openStore } from '../../../../../../src/store/sqlite/open-store.ts'
import { bareDatabase } from '../../../../../support/bare-database.ts'
import { aCall, commitOf } from '../../../../../support/small-files.ts'
import { atTemporaryPath, HOLDER, memoryStore } from '../../../../../support/temporary-store.ts'

const recorded = readFileSync(
  new URL('../../../../../fixtures/store/version-1.sql', import.meta.url),
  'utf8',
)
const FILE = commitOf({ key: 'a', stampMs: null, calls: [aCall()] })

const tablesOf = (db: Database.Database): unknown =>
  db.prepare('SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name').all()

it('brings a store of version 1 to what a new store is', () => {
  const old = bareDatabase(':memory:')
  old.exec(recorded)
  migrate(old)
  const fresh = bareDatabase(':memory:')
  migrate(fresh)
  expect(tablesOf(old)).toEqual(tablesOf(fresh))
  for (const name of ['user_version', 'application_id']) {
    expect(old.pragma(name, { simple: true })).toBe(fresh.pragma(name, { simple: true }))
  }
})

it('counts the same into a store of version 1 as into a new one', () => {
  const fresh = memoryStore()
  fresh.commitObject(FILE)
  atTemporaryPath((path) => {
    const db = bareDatabase(path)
    db.exec(recorded)
    db.close()
    const old = openStore(path, HOLDER)
    old.commitObject(FILE)
    expect(canonicalHash(old)).toBe(canonicalHash(fresh))
    old.close()
  })
  fresh.close()
})

it('finds the expectations that were stored before they lay by day', () => {
  atTemporaryPath((path) => {
    const db = bareDatabase(path)
    db.exec(recorded)
    db.exec(`INSERT INTO account (ref, name) VALUES (1, '111111111111'), (2, '222222222222');
      INSERT INTO series (ref, id, account_ref, account, region, category, event_source, event_name, calls, errors, reads)
        VALUES (1, 'a', 2, '222222222222', 'r', 'Management', 's', 'n', 1, 0, 0),
          (2, 'b', 1, '111111111111', 'r', 'Management', 's', 'n', 1, 0, 0);
      INSERT INTO code VALUES (1, 'Denied');
      INSERT INTO expectation VALUES (1, 0, 8, '[18]'), (1, 0, 7, '[17]'), (1, 1, 7, '[19]'), (2, 0, 7, '[27]')`)
    db.close()
    const store = openStore(path, HOLDER)
    const found = (series: number, code: string | null) =>
      store
        .expectations(series, code, 7, 9)
        .map(({ day, expectation }) => [day, expectation as unknown])
    expect(found(1, null)).toEqual([
      [7, [17]],
      [8, [18]],
    ])
    expect(found(1, 'Denied')).toEqual([[7, [19]]])
    expect(found(2, null)).toEqual([[7, [27]]])
    store.close()
  })
})

it('finds scores by how much they surprise that were stored before they could be', () => {
  atTemporaryPath((path) => {
    const db = bareDatabase(path)
    db.exec(recorded)
    db.exec(`INSERT INTO account (ref, name) VALUES (1, '111111111111');
      INSERT INTO series (ref, id, account_ref, account, region, category, event_source, event_name, calls, errors, reads)
        VALUES (1, 'a', 1, '111111111111', 'r', 'Management', 's', 'n', 1, 0, 0)`)
    const bodies = [
      { surprise: 0.1 + 0.2, unconfirmed: false },
      { surprise: -2, unconfirmed: true },
      { surprise: { $number: 'Infinity' }, unconfirmed: false },
      { surprise: 4, unconfirmed: false },
    ]
    for (const body of bodies)
      db.prepare('INSERT INTO score VALUES (NULL, 1, 1, 0, 0, 5, ?)').run(JSON.stringify(body))
    db.close()
    const store = openStore(path, HOLDER)
    const found = (leastSurprise: number) =>
      store
        .scores({ series: 1, fromMinute: 0, untilMinute: 9, leastSurprise })
        .map(({ score }) => score.surprise)
        .sort((one, other) => one - other)
    expect(found(-3)).toHaveLength(4)
    expect(found(0.3)).toEqual([-2, 0.1 + 0.2, 4, Number.POSITIVE_INFINITY])
    expect(found(4)).toEqual([-2, 4, Number.POSITIVE_INFINITY])
    expect(found(5)).toEqual([-2, Number.POSITIVE_INFINITY])
    store.close()
  })
})

it('does nothing to a store that is at the newest version', () => {
  const db = bareDatabase(':memory:')
  migrate(db)
  const before = db.pragma('schema_version', { simple: true })
  migrate(db)
  expect(db.pragma('schema_version', { simple: true })).toBe(before)
})
