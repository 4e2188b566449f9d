import type { StoreReader } from '../store.ts'
import { faultOf, withFaults } from './file/fault-of.ts'
import { openForReading } from './file/open-database.ts'
import { readerParts } from './reader-parts.ts'
import { actorRulesOf } from './rules.ts'

/**
 * Opens a store for reading, beside whoever writes it. Throws `STORE_MISSING` where there is none, `STORE_VERSION` for
 * another schema, `STORE_DAMAGED`.
 */
export function openReader(path: string): StoreReader {
  try {
    const db = openForReading(path)
    const close = () => {
      db.close()
    }
    return withFaults(path, { ...readerParts(db, actorRulesOf(db)), close })
  } catch (error) {
    throw faultOf(error, path)
  }
}
