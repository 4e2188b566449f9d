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

it('does nothing to a store that is at the newest version', () => {
  const db = bareDatabase(':memory:')
  migrate(db)
  const before = db.pragma('schema_version', { simple: true })
  migrate(db)
  expect(db.pragma('schema_version', { simple: true })).toBe(before)
})
