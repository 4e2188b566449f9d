import type { StoreEditor } from '../store.ts'
import type { Db } from './file/db.ts'
import { faultOf } from './file/fault-of.ts'
import { openForEditing } from './file/open-database.ts'
import { putLabel, removeLabel } from './rows/labels.ts'
import { keepSelectorChange } from './rows/selectors.ts'
import { keepSignature } from './rows/signed-writes.ts'
import { putVerdict, removeVerdict } from './rows/verdicts.ts'

/**
 * Writes what people say into an existing store, each word in a connection and a durable transaction of its own, so that a
 * run may write at the same time. Throws `STORE_LOCKED` where the run is in the middle of a long transaction.
 */
export function editorOf(path: string): StoreEditor {
  const edit = <Answer>(work: (db: Db) => Answer): Answer => {
    try {
      const db = openForEditing(path)
      try {
        return db.transaction(() => work(db)).immediate()
      } finally {
        db.close()
      }
    } catch (error) {
      throw faultOf(error, path)
    }
  }
  return {
    switchSelectors: ({ changes, signed }) =>
      edit((db) => {
        if (signed !== undefined && !keepSignature(db, signed)) return false
        for (const change of changes) keepSelectorChange(db, change)
        return true
      }),
    putVerdict: (verdict) => edit((db) => putVerdict(db, verdict)),
    removeVerdict: (insight) => edit((db) => removeVerdict(db, insight)),
    putLabels: (labels) =>
      edit((db) => {
        for (const label of labels) putLabel(db, label)
      }),
    removeLabel: (id) => edit((db) => removeLabel(db, id)),
  }
}
