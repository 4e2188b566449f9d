import type { ActorRules } from '../../bucket/actors.ts'
import type { StoreReader } from '../store.ts'
import { identitiesOf } from './counts/each-identity.ts'
import { Pending } from './counts/pending.ts'
import { actorsOf } from './counts/read-actors.ts'
import { cellsOf } from './counts/read-cells.ts'
import type { Db } from './file/db.ts'
import { plucked, pragma } from './file/prepared.ts'
import { accountsOf } from './rows/accounts.ts'
import { aggregateScoresOf } from './rows/aggregate-scores.ts'
import { auditOf } from './rows/audit.ts'
import { baselinesOf } from './rows/baselines.ts'
import { readCounters, totalsFrom } from './rows/counters.ts'
import { coverageOf } from './rows/coverage.ts'
import { insightsOf } from './rows/insights.ts'
import { labelsOf } from './rows/labels.ts'
import { ledgerOf } from './rows/ledger.ts'
import { momentsOf } from './rows/moments.ts'
import { runsOf } from './rows/runs.ts'
import { scoresOf } from './rows/scores.ts'
import { selectorsOf } from './rows/selectors.ts'
import { seriesOf } from './rows/series-rows.ts'
import { verdictsOf } from './rows/verdicts.ts'
import { callsOf } from './seen/calls.ts'
import { eachCallOf } from './seen/each-call.ts'

/** Everything a store answers, over one connection; each answer comes from one state of the store. */
export function readerParts(db: Db, rules: ActorRules): Omit<StoreReader, 'close'> {
  const pending = new Pending(db)
  const parts = {
    totals: () => totalsFrom(readCounters(db)),
    ...accountsOf(db),
    ...seriesOf(db, pending),
    ...cellsOf(db, pending),
    ...actorsOf(db, pending, rules),
    ...identitiesOf(db, pending, rules),
    ...insightsOf(db),
    ...momentsOf(db),
    ...selectorsOf(db),
    ...verdictsOf(db),
    ...labelsOf(db),
    ...coverageOf(db),
    ...callsOf(db),
    ...eachCallOf(db, pending, rules),
    ...scoresOf(db),
    ...aggregateScoresOf(db),
    ...baselinesOf(db, pending),
    ...runsOf(db),
    ...ledgerOf(db),
    ...auditOf(db, pending),
  }
  // What others wrote, and what this connection did.
  const version = () =>
    `${pragma(db, 'data_version')} ${plucked(db, 'SELECT total_changes()').get()}`
  const snapshot = <Answer>(ask: () => Answer): Answer =>
    db.inTransaction ? ask() : db.transaction(ask).deferred()
  return { ...inSnapshots(parts, snapshot), snapshot, version }
}

/** Parts that ask more than one statement must not see the store change in between. */
function inSnapshots<Parts extends object>(
  parts: Parts,
  snapshot: <Answer>(ask: () => Answer) => Answer,
): Parts {
  const wrapped = Object.entries(parts).map(([name, part]) => [
    name,
    (...args: unknown[]) => snapshot(() => part(...args)),
  ])
  return Object.fromEntries(wrapped)
}
