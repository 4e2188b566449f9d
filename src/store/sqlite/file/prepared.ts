import type Database from 'better-sqlite3'
import type { Db } from './db.ts'
import { keep } from './kept.ts'

type Statement = Database.Statement<unknown[], unknown>
type Kept = Map<string, Statement>

const keptRows = new WeakMap<Db, Kept>()
const keptValues = new WeakMap<Db, Kept>()

/** A statement, compiled once for each connection; `get` and `all` answer rows. */
export function prepared(db: Db, sql: string): Statement {
  return kept(keptRows, db, sql, (statement) => statement)
}

/** The same, but `get` and `all` answer the first column alone. */
export function plucked(db: Db, sql: string): Statement {
  return kept(keptValues, db, sql, (statement) => statement.pluck())
}

function kept(
  all: WeakMap<Db, Kept>,
  db: Db,
  sql: string,
  shape: (statement: Statement) => Statement,
): Statement {
  let statements = all.get(db)
  if (statements === undefined) {
    statements = new Map()
    all.set(db, statements)
  }
  let statement = statements.get(sql)
  if (statement === undefined) {
    statement = shape(keep(db.prepare<unknown[], unknown>(sql)))
    statements.set(sql, statement)
  }
  return statement
}

/** Asks or sets a pragma: its first value, or undefined where it answers nothing. */
export function pragma(db: Db, text: string): unknown {
  const statement = prepared(db, `PRAGMA ${text}`)
  if (statement.reader) return Object.values(statement.get() ?? {})[0]
  statement.run()
  return undefined
}
