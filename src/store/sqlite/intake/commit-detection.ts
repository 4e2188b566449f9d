import type { DaysScored, DetectionCommit } from '../../store.ts'
import { prepared } from '../file/prepared.ts'
import { textTo } from '../names/stored-text.ts'
import { replaceAggregateScores } from '../rows/aggregate-scores.ts'
import { replaceBaselines, replaceLearned } from '../rows/baselines.ts'
import { replaceScores } from '../rows/scores.ts'
import type { Desk } from './desk.ts'

/** Puts the scoring of an account's days, up to `untilDay`, in place of the earlier one. Inside a transaction. */
export function commitDays(
  days: DaysScored,
  untilDay: number,
  { db, names }: Desk,
  windowMinutes: number,
): void {
  const account = names.account(days.account)
  replaceScores(db, days, { account, untilDay, windowMinutes, names })
  replaceAggregateScores(db, days, { account, untilDay, windowMinutes })
  replaceLearned(db, days, { account, untilDay, names })
}

/** Puts the last of an account's scoring in place of the earlier one and clears its news. Inside a transaction. */
export function commitDetection(commit: DetectionCommit, desk: Desk, windowMinutes: number): void {
  const { db, names } = desk
  commitDays(commit, Number.POSITIVE_INFINITY, desk, windowMinutes)
  replaceBaselines(db, commit, names)
  const account = names.account(commit.account)
  prepared(db, 'UPDATE account SET dirty_minute = NULL WHERE ref = ?').run(account)
  const scored = prepared(db, 'UPDATE watermark SET scored_ms = ? WHERE account = ? AND region = ?')
  for (const { region, watermarkMs } of commit.scored)
    scored.run(watermarkMs, account, textTo(region))
}
