import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  APPLICATION_ID,
  SCHEMA_VERSION,
} from '../../../../../../src/store/sqlite/file/migrations.ts'
import { refuseOldSqlite } from '../../../../../../src/store/sqlite/file/open-database.ts'
import { openReader } from '../../../../../../src/store/sqlite/open-reader.ts'
import { openStore } from '../../../../../../src/store/sqlite/open-store.ts'
import { removeStore } from '../../../../../../src/store/sqlite/remove-store.ts'
import { bareDatabase } from '../../../../../support/bare-database.ts'
import { aCall, commitOf } from '../../../../../support/small-files.ts'
import { atTemporaryPath, HOLDER } from '../../../../../support/temporary-store.ts'

const codeOf = (open: () => unknown): string | undefined => {
  try {
    open()
  } catch (error) {
    return (error as { code?: string }).code
  }
  return undefined
}

describe('a store whose maker was killed', () => {
  it('rolls back what a process left that was killed while it made the store', () => {
    atTemporaryPath((path) => {
      const making = bareDatabase(`${path}.making`)
      making.exec('PRAGMA cache_size = 4; CREATE TABLE half (made BLOB); DROP TABLE half')
      making.exec(
        'BEGIN; CREATE TABLE half (made BLOB); INSERT INTO half VALUES (zeroblob(500000))',
      )
      for (const part of ['', '-journal']) copyFileSync(`${path}.making${part}`, `${path}${part}`)
      making.exec('ROLLBACK')
      making.close()
      expect(codeOf(() => openReader(path))).toBe('STORAGE_FAILED')
      const store = openStore(path, HOLDER)
      store.commitObject(commitOf({ key: 'a', stampMs: null, calls: [aCall()] }))
      store.close()
      expect(
        bareDatabase(path).prepare("SELECT 1 FROM sqlite_schema WHERE name = 'half'").all(),
      ).toEqual([])
    })
  })
})

describe('opening a store', () => {
  it('makes a file that says whose it is, with the pragmas a store needs', () => {
    atTemporaryPath((path) => {
      openStore(path, HOLDER).close()
      const db = bareDatabase(path)
      expect(db.pragma('application_id', { simple: true })).toBe(APPLICATION_ID)
      expect(db.pragma('user_version', { simple: true })).toBe(SCHEMA_VERSION)
      expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
      db.close()
    })
  })

  it('tells a reader of a missing or empty store what makes one', () => {
    atTemporaryPath((path) => {
      expect(() => openReader(path)).toThrow(`offtrail run --input DIR --store ${path}`)
      writeFileSync(path, '')
      expect(codeOf(() => openReader(path))).toBe('STORE_MISSING')
    })
  })

  it('refuses files that are no database, someone else’s, or damaged, and leaves them as they are', () => {
    atTemporaryPath((path) => {
      writeFileSync(path, 'not a database, but long enough to be taken for one'.repeat(40))
      const before = readFileSync(path)
      for (const open of [
        () => openStore(path, HOLDER),
        () => openReader(path),
        () => removeStore(path),
      ]) {
        expect(codeOf(open)).toBe('STORE_DAMAGED')
      }
      expect(readFileSync(path)).toEqual(before)
    })
    atTemporaryPath((path) => {
      const db = bareDatabase(path)
      db.exec('CREATE TABLE somebody (else_ TEXT)')
      db.close()
      expect(codeOf(() => openStore(path, HOLDER))).toBe('STORE_DAMAGED')
      expect(codeOf(() => removeStore(path))).toBe('STORE_DAMAGED')
    })
  })

  it('reports damage met later as damage', () => {
    atTemporaryPath((path) => {
      const store = openStore(path, HOLDER)
      store.commitObject(commitOf({ key: 'a', stampMs: null, calls: [aCall()] }))
      store.close()
      const bytes = readFileSync(path)
      bytes.fill(0xff, 4096, bytes.length)
      writeFileSync(path, bytes)
      expect(codeOf(() => openReader(path).totals())).toBe('STORE_DAMAGED')
    })
  })

  it('leaves a store of a newer version untouched', () => {
    atTemporaryPath((path) => {
      openStore(path, HOLDER).close()
      const db = bareDatabase(path)
      db.pragma(`user_version = ${SCHEMA_VERSION + 1}`)
      db.close()
      const before = readFileSync(path)
      expect(codeOf(() => openStore(path, HOLDER))).toBe('STORE_VERSION')
      expect(codeOf(() => openReader(path))).toBe('STORE_VERSION')
      expect(readFileSync(path)).toEqual(before)
    })
  })

  it('takes up a file that was being made when its process was killed', () => {
    atTemporaryPath((path) => {
      const db = bareDatabase(path)
      db.pragma('journal_mode = WAL')
      db.close()
      expect(codeOf(() => openReader(path))).toBe('STORE_MISSING')
      openStore(path, HOLDER).close()
      expect(openReader(path).totals().read).toBe(0)
    })
  })

  it('removes a store with everything beside it', () => {
    atTemporaryPath((path) => {
      openStore(path, HOLDER).close()
      removeStore(path)
      expect(codeOf(() => openReader(path))).toBe('STORE_MISSING')
      removeStore(path)
    })
  })
})

describe('refuseOldSqlite', () => {
  it.each([
    ['3.51.2', 'STORAGE_FAILED'],
    ['3.7.17', 'STORAGE_FAILED'],
    ['2.99.99', 'STORAGE_FAILED'],
    ['3.51.3', undefined],
    ['3.53.2', undefined],
    ['4.0.0', undefined],
  ])('judges SQLite %s: %s', (version, code) => {
    expect(codeOf(() => refuseOldSqlite(version))).toBe(code)
  })
})
