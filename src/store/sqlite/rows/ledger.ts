import type { LedgerRow, ObjectCommit, Outcome, StoreReader, Tally } from '../../store.ts'
import type { Db } from '../file/db.ts'
import { prepared } from '../file/prepared.ts'
import { build, run } from '../query.ts'
import type { LedgerTable } from '../tables.ts'
import { TALLY_PARTS } from './counters.ts'

/** The ledger's row of one object. */
export function ledgerRow(db: Db, source: string, key: string): LedgerRow | undefined {
  const row = prepared(db, 'SELECT * FROM ledger WHERE source = ? AND key = ?').get(source, key)
  return row === undefined ? undefined : rowFrom(row as LedgerTable)
}

/** Keeps an object's row, in place of an earlier one, which is answered. */
export function putLedgerRow(
  db: Db,
  ledger: ObjectCommit['ledger'],
  tally: Tally,
): LedgerRow | undefined {
  const values = [
    ledger.source,
    ledger.key,
    ledger.version,
    ledger.sha256,
    ledger.outcome,
    ledger.code,
    ledger.message,
    ledger.storedBytes,
    ledger.inflatedBytes,
    ledger.framing,
    ledger.stampMs,
    ledger.fromMs,
    ledger.untilMs,
    ...TALLY_PARTS.map((part) => tally[part]),
  ]
  // Most are new, and told so by the insertion.
  if (prepared(db, INSERT).run(...values).changes > 0) return undefined
  const before = ledgerRow(db, ledger.source, ledger.key)
  prepared(db, REPLACE).run(...values)
  return before
}

/** The file ledger, in order of source and key. */
export function ledgerOf(db: Db): Pick<StoreReader, 'ledger' | 'filesWith' | 'wasRead'> {
  return {
    wasRead: (sha256) => prepared(db, SELECT_READ).get(sha256) !== undefined,
    ledger({ outcome, overlapsMs }) {
      let query = build.selectFrom('ledger').selectAll().orderBy('source').orderBy('key')
      if (outcome !== undefined) query = query.where('outcome', '=', outcome)
      if (overlapsMs !== undefined) {
        const { fromMs, untilMs } = overlapsMs
        query = query.where('from_ms', '<', untilMs).where('until_ms', '>=', fromMs)
      }
      return run(db, query).map(rowFrom)
    },
    filesWith({ account, fromMs, untilMs, limit }) {
      const query = build
        .selectFrom('ledger')
        .select('key')
        .where('from_ms', '<', untilMs)
        .where('until_ms', '>=', fromMs)
        .orderBy('from_ms')
        .orderBy('key')
      const keys = run(db, query).map(({ key }) => key)
      return keys.filter((key) => mayHold(key, account)).slice(0, limit)
    },
  }
}

/** A name as CloudTrail gives them says whose events are inside. */
function mayHold(key: string, account: string): boolean {
  const [, named] = /(\d{12})_CloudTrail_[^/]*$/.exec(key) ?? []
  return named === undefined || named === account
}

function rowFrom(row: LedgerTable): LedgerRow {
  const { read, counted, duplicate, late, rejected, insights, conflicts } = row
  return {
    source: row.source,
    key: row.key,
    version: row.version,
    sha256: row.sha256,
    outcome: row.outcome as Outcome,
    code: row.code,
    message: row.message,
    storedBytes: row.stored_bytes,
    inflatedBytes: row.inflated_bytes,
    framing: row.framing,
    stampMs: row.stamp_ms,
    fromMs: row.from_ms,
    untilMs: row.until_ms,
    tally: { read, counted, duplicate, late, rejected, insights, conflicts },
  }
}

const SELECT_READ = "SELECT 1 FROM ledger WHERE sha256 = ? AND outcome <> 'failed' LIMIT 1"
const ROW = `INTO ledger (source, key, version, sha256, outcome, code, message,
  stored_bytes, inflated_bytes, framing, stamp_ms, from_ms, until_ms,
  ${TALLY_PARTS.join(', ')}) VALUES (${Array.from({ length: 20 }, () => '?').join(', ')})`
const INSERT = `INSERT ${ROW} ON CONFLICT (source, key) DO NOTHING`
const REPLACE = `REPLACE ${ROW}`
