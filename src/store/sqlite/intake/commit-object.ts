import { invariant } from '../../../base/invariant.ts'
import { completeUntil } from '../../../bucket/completeness.ts'
import type { LedgerRow, ObjectCommit, Tally } from '../../store.ts'
import { liftWatermark, noteChange } from '../rows/accounts.ts'
import { addToCounters, REJECTED, TALLY_PARTS } from '../rows/counters.ts'
import { ledgerRow, putLedgerRow } from '../rows/ledger.ts'
import type { Desk } from './desk.ts'
import { keepRejects } from './keep-rejects.ts'
import { type Taken, takeCalls } from './take-calls.ts'

/** What committing an object did. */
export interface Committed {
  readonly tally: Tally
  /** How much it added to what is pending. */
  readonly size: number
}

/** Takes in one object with everything it brings. Inside a transaction. */
export function commitObject(commit: ObjectCommit, desk: Desk): Committed {
  const { db } = desk
  const taken =
    commit.calls === null ? NOTHING : takeCalls(commit.calls, commit.ledger.stampMs, desk)
  const tally = tallyOf(commit, taken)
  const ledger = {
    ...commit.ledger,
    fromMs: taken.span?.fromMs ?? null,
    untilMs: taken.span?.untilMs ?? null,
  }
  const before = ledgerRow(db, ledger.source, ledger.key)
  putLedgerRow(db, ledger, tally)
  addToCounters(db, changesOf(commit, tally, taken, before))
  keepRejects(db, commit, before !== undefined)
  for (const { account, region, untilMs } of taken.complete)
    liftWatermark(db, account, region, untilMs)
  liftNamed(commit, desk)
  for (const [account, minute] of taken.changed) noteChange(db, account, minute)
  return { tally, size: taken.size }
}

const NOTHING: Taken = {
  ...{ counted: 0, duplicate: 0, late: 0, conflicts: 0, corrected: 0, superseded: 0 },
  ...{ changed: new Map(), span: null, complete: [], size: 0 },
}

function tallyOf({ read, insights, rejectedCounts }: ObjectCommit, taken: Taken): Tally {
  const { counted, duplicate, late, conflicts } = taken
  const rejected = [...rejectedCounts.values()].reduce((sum, count) => sum + count, 0)
  invariant(
    read === counted + duplicate + late + rejected + insights,
    `read ${read} = counted ${counted} + duplicate ${duplicate} + late ${late} + rejected ${rejected} + insights ${insights}`,
  )
  return { read, counted, duplicate, late, rejected, insights, conflicts }
}

/** Changes of the running totals: over everything ever read, whatever became of it later. */
function* changesOf(
  { ledger, rejectedCounts }: ObjectCommit,
  tally: Tally,
  { corrected, superseded }: Taken,
  before: LedgerRow | undefined,
): Generator<readonly [string, number]> {
  for (const part of TALLY_PARTS) yield [part, tally[part]]
  yield ['counted', -corrected]
  yield ['duplicate', corrected]
  yield ['corrected', corrected]
  yield ['superseded', superseded + corrected]
  for (const [code, count] of rejectedCounts) yield [`${REJECTED}${code}`, count]
  yield [`objects:${ledger.outcome}`, 1]
  if (before === undefined) return
  yield [`objects:${before.outcome}`, -1]
  for (const part of TALLY_PARTS) yield [`replaced:${part}`, before.tally[part]]
}

/** A finished file with a delivery stamp vouches for the account and Region in its name, even where it is empty. */
function liftNamed({ ledger, name }: ObjectCommit, { db, names }: Desk): void {
  const isFinished = ledger.outcome === 'done' || ledger.outcome === 'partial'
  if (name === null || ledger.stampMs === null || !isFinished) return
  liftWatermark(db, names.account(name.account), name.region, completeUntil(ledger.stampMs, 0))
}
