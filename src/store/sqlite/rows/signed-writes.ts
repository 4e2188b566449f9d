import type { SignedWrite } from '../../store.ts'
import type { Db } from '../file/db.ts'
import { prepared } from '../file/prepared.ts'

/** Signatures are taken for 5 minutes before and after their date; the rest is for clocks that are set meanwhile. */
const KEPT_MS = 15 * 60_000

/** Keeps the signature of a request that writes; false: it is there already. Those that are too old to come again go. */
export function keepSignature(db: Db, { signature, atMs }: SignedWrite): boolean {
  const now = Math.floor(atMs)
  prepared(db, 'DELETE FROM signed_write WHERE at_ms < ?').run(now - KEPT_MS)
  const kept = prepared(db, 'INSERT OR IGNORE INTO signed_write VALUES (?, ?)').run(signature, now)
  return kept.changes === 1
}
