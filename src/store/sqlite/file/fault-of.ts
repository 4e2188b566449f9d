import Database from 'better-sqlite3'
import { Fault } from '../../../base/fault.ts'

const { SqliteError } = Database

/** What an error of SQLite means for people; other errors are handed back as they are. */
export function faultOf(error: unknown, path: string): unknown {
  if (!(error instanceof SqliteError)) return error
  const { code, message } = error
  const words = `${path}: ${message} (${code})`
  if (/^SQLITE_(CORRUPT|NOTADB|FORMAT)/.test(code)) {
    return new Fault('STORE_DAMAGED', `the store is damaged: ${words}`, { cause: error })
  }
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
    return new Fault('STORE_LOCKED', `another process keeps the store busy: ${words}`, {
      cause: error,
    })
  }
  if (/^SQLITE_(FULL|IOERR|READONLY|CANTOPEN|PERM|AUTH|NOMEM|NOLFS)/.test(code)) {
    return new Fault('STORAGE_FAILED', `the store cannot be read or written: ${words}`, {
      cause: error,
    })
  }
  return error
}

/** The same functions, with errors of SQLite thrown as faults. */
export function withFaults<Parts extends object>(path: string, parts: Parts): Parts {
  const wrapped = Object.entries(parts).map(([name, part]) => {
    if (typeof part !== 'function') return [name, part]
    const guarded = (...args: unknown[]) => {
      try {
        return part(...args)
      } catch (error) {
        throw faultOf(error, path)
      }
    }
    return [name, guarded]
  })
  return Object.fromEntries(wrapped)
}
