import type { Verdict } from '../../../insight/verdict.ts'
import type { StoreReader } from '../../store.ts'
import type { Db } from '../file/db.ts'
import { prepared } from '../file/prepared.ts'
import { textFrom, textTo } from '../names/stored-text.ts'

/** What people say of insights. */
export function verdictsOf(db: Db): Pick<StoreReader, 'verdicts'> {
  return {
    verdicts: () =>
      (prepared(db, 'SELECT * FROM verdict ORDER BY at_ms, insight').all() as VerdictTable[]).map(
        ({ insight, verdict, reason, note, by_whom, at_ms }) => ({
          ...{ insight, verdict, reason, note: note === null ? null : textFrom(note) },
          ...{ by: textFrom(by_whom), atMs: at_ms },
        }),
      ),
  }
}

/** Keeps a verdict, in place of an earlier one on the same insight. */
export function putVerdict(db: Db, verdict: Verdict): void {
  const { insight, verdict: word, reason, note, by, atMs } = verdict
  prepared(db, 'INSERT OR REPLACE INTO verdict VALUES (?, ?, ?, ?, ?, ?)').run(
    ...[insight, word, reason, note === null ? null : textTo(note), textTo(by), Math.floor(atMs)],
  )
}

/** Takes a verdict back. */
export function removeVerdict(db: Db, insight: string): void {
  prepared(db, 'DELETE FROM verdict WHERE insight = ?').run(insight)
}

interface VerdictTable {
  readonly insight: string
  readonly verdict: Verdict['verdict']
  readonly reason: Verdict['reason']
  readonly note: string | null
  readonly by_whom: string
  readonly at_ms: number
}
