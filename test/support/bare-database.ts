import Database from 'better-sqlite3'
import { keep } from '../../src/store/sqlite/file/kept.ts'
import { pragma } from '../../src/store/sqlite/file/prepared.ts'

/** A database without the store around it, whose objects are never collected, as the store's own are not. */
export function bareDatabase(path?: string, options?: Database.Options): Database.Database {
  const db = keep(new Database(path, options))
  const prepare = db.prepare.bind(db)
  Object.defineProperty(db, 'prepare', { value: (sql: string) => keep(prepare(sql)) })
  Object.defineProperty(db, 'pragma', { value: (text: string) => pragma(db, text) })
  return db
}
