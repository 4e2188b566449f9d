import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { Fault } from '../../../../../../src/base/fault.ts'
import { faultOf, withFaults } from '../../../../../../src/store/sqlite/file/fault-of.ts'
import { bareDatabase } from '../../../../../support/bare-database.ts'

const { SqliteError } = Database

describe('faultOf', () => {
  it.each([
    ['SQLITE_FULL', 'STORAGE_FAILED'],
    ['SQLITE_IOERR_FSYNC', 'STORAGE_FAILED'],
    ['SQLITE_READONLY_DIRECTORY', 'STORAGE_FAILED'],
    ['SQLITE_CANTOPEN', 'STORAGE_FAILED'],
    ['SQLITE_CORRUPT_VTAB', 'STORE_DAMAGED'],
    ['SQLITE_NOTADB', 'STORE_DAMAGED'],
    ['SQLITE_BUSY_SNAPSHOT', 'STORE_LOCKED'],
  ])('reads %s as %s, naming the file and keeping the cause', (code, expected) => {
    const error = new SqliteError('words', code)
    const fault = faultOf(error, '/data/store.db')
    expect(fault).toBeInstanceOf(Fault)
    expect(fault).toMatchObject({ code: expected, cause: error })
    expect((fault as Fault).message).toContain('/data/store.db: words')
  })

  it('leaves bugs as they are', () => {
    for (const error of [new SqliteError('syntax', 'SQLITE_ERROR'), new TypeError('x'), 'text']) {
      expect(faultOf(error, 'p')).toBe(error)
    }
  })
})

describe('withFaults', () => {
  it('reports a disk that fills up, and what was committed before stands', () => {
    const db = bareDatabase(':memory:')
    db.exec('CREATE TABLE t (x)')
    db.pragma('max_page_count = 10')
    const fill = db.prepare('INSERT INTO t VALUES (zeroblob(3000))')
    const { put } = withFaults('/full/disk', { put: () => db.transaction(() => fill.run())() })
    expect(() => {
      for (let i = 0; i < 100; i++) put()
    }).toThrow('/full/disk: database or disk is full')
    expect(db.prepare('SELECT count(*) FROM t').pluck().get()).toBeGreaterThan(3)
    expect(db.pragma('quick_check', { simple: true })).toBe('ok')
    db.close()
  })
})
