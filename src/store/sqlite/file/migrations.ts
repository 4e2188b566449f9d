import type Database from 'better-sqlite3'
import { pragma } from './prepared.ts'
import { SCHEMA_1 } from './schema-1.ts'
import { SCHEMA_2 } from './schema-2.ts'
import { SCHEMA_3 } from './schema-3.ts'
import { SCHEMA_4 } from './schema-4.ts'
import { SCHEMA_5 } from './schema-5.ts'
import { SCHEMA_6 } from './schema-6.ts'
import { SCHEMA_7 } from './schema-7.ts'
import { SCHEMA_8 } from './schema-8.ts'

/** `OFFT`, in the header of every store file. */
export const APPLICATION_ID = 0x4f464654

/** What leads from each schema version to the next; version 0 is an empty file. Never changed once released. */
const MIGRATIONS: readonly string[] = [
  SCHEMA_1,
  SCHEMA_2,
  SCHEMA_3,
  SCHEMA_4,
  SCHEMA_5,
  SCHEMA_6,
  SCHEMA_7,
  SCHEMA_8,
]

/** The schema version this Offtrail reads and writes. */
export const SCHEMA_VERSION: number = MIGRATIONS.length

/** Brings a store to the newest schema, in one transaction: it is at the old version or at the new one. */
export function migrate(db: Database.Database): void {
  if (Number(pragma(db, 'user_version')) === SCHEMA_VERSION) return
  db.transaction(() => {
    const from = Number(pragma(db, 'user_version'))
    for (const step of MIGRATIONS.slice(from)) db.exec(step)
    pragma(db, `application_id = ${APPLICATION_ID}`)
    pragma(db, `user_version = ${SCHEMA_VERSION}`)
  }).immediate()
}
