import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { Fault } from '../../../base/fault.ts'
import type { Db } from './db.ts'
import { keep } from './kept.ts'
import { APPLICATION_ID, migrate, SCHEMA_VERSION } from './migrations.ts'
import { plucked, pragma } from './prepared.ts'

const BUSY_TIMEOUT_MS = 5000
/** A server answers nobody while it waits. */
const EDIT_TIMEOUT_MS = 250
const MEMORY = ':memory:'
const NEEDED_SQLITE = [3, 51, 3]

/** Opens the store for writing: makes it where there is none, migrates an older one, leaves a newer one untouched. */
export function openForWriting(path: string): Db {
  if (path !== MEMORY) {
    if (existsSync(path) && statSync(path).size > 0) inspectForWriting(path)
    else mkdirSync(dirname(path), { recursive: true })
  }
  return settled(path, {}, (db) => {
    pragma(db, 'journal_mode = WAL')
    pragma(db, 'synchronous = NORMAL')
    pragma(db, 'wal_autocheckpoint = 4000')
    pragma(db, `journal_size_limit = ${64 * 2 ** 20}`)
    pragma(db, 'cache_size = -8192')
    migrate(db)
  })
}

/** Opens an existing store for reading, beside whoever writes it. */
export function openForReading(path: string): Db {
  if (!existsSync(path) || statSync(path).size === 0) throw missing(path)
  inspect(path)
  return settled(path, { readonly: true }, (db) => {
    const version = versionOf(db)
    if (version === 0) throw missing(path)
    if (version < SCHEMA_VERSION) {
      throw new Fault(
        'STORE_VERSION',
        `${path} has schema ${version}, this Offtrail reads ${SCHEMA_VERSION}: offtrail run --store ${path} brings it up to date`,
      )
    }
  })
}

/** Opens an existing store to write a few rows beside a run: waits little, and what is written lasts. */
export function openForEditing(path: string): Db {
  openForReading(path).close()
  return settled(path, { timeout: EDIT_TIMEOUT_MS, fileMustExist: true }, (db) => {
    pragma(db, 'synchronous = FULL')
  })
}

/** Refuses a SQLite that may corrupt a store which one process reads while another writes (before 3.51.3). */
export function refuseOldSqlite(version: string): void {
  const parts = version.split('.').map(Number)
  for (const [i, needed] of NEEDED_SQLITE.entries()) {
    const part = parts[i] ?? 0
    if (part > needed) return
    if (part < needed) {
      throw new Fault(
        'STORAGE_FAILED',
        `SQLite ${version} can damage a store that is read while it is written; ${NEEDED_SQLITE.join('.')} or newer is needed: npm install better-sqlite3@12.11.1`,
      )
    }
  }
}

/** Looks at a file without writing to it: throws where it is not ours, or newer than we are. */
export function inspect(path: string): void {
  settled(path, { readonly: true }, (db) => {
    const application = Number(pragma(db, 'application_id'))
    const tables = plucked(db, 'SELECT count(*) FROM sqlite_schema').get()
    const empty = application === 0 && tables === 0
    if (application !== APPLICATION_ID && !empty) {
      throw new Fault('STORE_DAMAGED', `${path} is a database, but not one of Offtrail's`)
    }
    const version = versionOf(db)
    if (version > SCHEMA_VERSION) {
      throw new Fault(
        'STORE_VERSION',
        `${path} has schema ${version}, this Offtrail knows ${SCHEMA_VERSION}: install the newer Offtrail that wrote it, or name another store`,
      )
    }
  }).close()
}

/** The same of a file that is to be written: what a process left undone that was killed while it made the store is rolled back. */
function inspectForWriting(path: string): void {
  try {
    inspect(path)
  } catch (error) {
    if (!(error instanceof Database.SqliteError && error.code === 'SQLITE_READONLY_ROLLBACK'))
      throw error
    settled(path, {}, (db) => plucked(db, 'SELECT count(*) FROM sqlite_schema').get()).close()
    inspect(path)
  }
}

function settled(path: string, options: Database.Options, settle: (db: Db) => void): Db {
  const db = keep(new Database(path, { timeout: BUSY_TIMEOUT_MS, ...options }))
  try {
    refuseOldSqlite(String(plucked(db, 'SELECT sqlite_version()').get()))
    pragma(db, 'foreign_keys = ON')
    pragma(db, 'trusted_schema = OFF')
    settle(db)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function versionOf(db: Db): number {
  return Number(pragma(db, 'user_version'))
}

function missing(path: string): Fault {
  return new Fault(
    'STORE_MISSING',
    `there is no store at ${path} yet: offtrail run --input DIR --store ${path} makes one`,
  )
}
