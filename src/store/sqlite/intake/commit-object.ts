import { invariant } from '../../../base/invariant.ts'
import { completeUntil } from '../../../bucket/completeness.ts'
import type { LedgerRow, ObjectCommit, Tally } from '../../store.ts'
import { REJECTED, TALLY_PARTS } from '../rows/counters.ts'
import { putLedgerRow } from '../rows/ledger.ts'
import type { Changes } from './changes.ts'
import type { Desk } from './desk.ts'
import { keepRejects } from './keep-rejects.ts'
import { type Taken, takeCalls } from './take-calls.ts'

/** Takes in objects with everything they bring, one after the other; a tally each. Inside a transaction. */
export function commitObjects(commits: readonly ObjectCommit[], desk: Desk): readonly Tally[] {
  const tallies = commits.map((commit) => {
    const tally = commitObject(commit, desk)
    desk.seen.trim()
    return tally
  })
  desk.segments.save()
  desk.changes.save(desk.db)
  return tallies
}

function commitObject(commit: ObjectCommit, desk: Desk): Tally {
  const { db, changes } = desk
  const taken =
    commit.calls === null ? NOTHING : takeCalls(commit.calls, commit.ledger.stampMs, desk)
  const tally = tallyOf(commit, taken)
  const ledger = {
    ...commit.ledger,
    fromMs: taken.span?.fromMs ?? null,
    untilMs: taken.span?.untilMs ?? null,
  }
  const before = putLedgerRow(db, ledger, tally)
  countTotals(commit, tally, taken, { before, changes })
  keepRejects(db, commit, before !== undefined)
  liftNamed(commit, desk)
  return tally
}

const NOTHING: Taken = {
  ...{ counted: 0, duplicate: 0, late: 0, conflicts: 0, corrected: 0, superseded: 0 },
  span: null,
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

interface TotalsContext {
  readonly before: LedgerRow | undefined
  readonly changes: Changes
}

/** Changes the running totals: over everything ever read, whatever became of it later. */
function countTotals(
  { ledger, rejectedCounts }: ObjectCommit,
  tally: Tally,
  { corrected, superseded }: Taken,
  { before, changes }: TotalsContext,
): void {
  for (const part of TALLY_PARTS) changes.count(part, tally[part])
  changes.count('counted', -corrected)
  changes.count('duplicate', corrected)
  changes.count('corrected', corrected)
  changes.count('superseded', superseded + corrected)
  for (const [code, count] of rejectedCounts) changes.count(`${REJECTED}${code}`, count)
  changes.count(`objects:${ledger.outcome}`, 1)
  if (before === undefined) return
  changes.count(`objects:${before.outcome}`, -1)
  for (const part of TALLY_PARTS) changes.count(`replaced:${part}`, before.tally[part])
}

/** A finished file with a delivery stamp vouches for the account and Region in its name, even where it is empty. */
function liftNamed({ ledger, name }: ObjectCommit, { names, changes }: Desk): void {
  const isFinished = ledger.outcome === 'done' || ledger.outcome === 'partial'
  if (name === null || ledger.stampMs === null || !isFinished) return
  changes.lift(names.account(name.account), name.region, completeUntil(ledger.stampMs, 0))
}
