import type { DetectionCommit } from '../../store.ts'
import { prepared } from '../file/prepared.ts'
import { textTo } from '../names/stored-text.ts'
import { replaceAggregateScores } from '../rows/aggregate-scores.ts'
import { replaceBaselines } from '../rows/baselines.ts'
import { replaceScores } from '../rows/scores.ts'
import type { Desk } from './desk.ts'

/** Puts an account's scoring in place of the earlier one and clears its news. Inside a transaction. */
export function commitDetection(commit: DetectionCommit, desk: Desk, windowMinutes: number): void {
  const { db, names } = desk
  const account = names.account(commit.account)
  replaceScores(db, commit, { account, windowMinutes, names })
  replaceAggregateScores(db, commit, { account, windowMinutes })
  replaceBaselines(db, commit, names)
  prepared(db, 'UPDATE account SET dirty_minute = NULL WHERE ref = ?').run(account)
  const scored = prepared(db, 'UPDATE watermark SET scored_ms = ? WHERE account = ? AND region = ?')
  for (const { region, watermarkMs } of commit.scored)
    scored.run(watermarkMs, account, textTo(region))
}
