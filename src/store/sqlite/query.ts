import {
  type Compilable,
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Db } from './file/db.ts'
import { prepared } from './file/prepared.ts'
import type { Tables } from './tables.ts'

/** Builds typed queries; it knows no database. `run` asks one. */
export const build: Kysely<Tables> = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})

/** The rows a built query finds. */
export function run<Row>(db: Db, query: Compilable<Row>): readonly Row[] {
  const { sql, parameters } = query.compile()
  return prepared(db, sql).all(...parameters) as Row[]
}
