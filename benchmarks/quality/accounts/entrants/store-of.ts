import { CallTableBuilder } from '../../../../src/event/table/call-table.ts'
import { openStore } from '../../../../src/store/sqlite/open-store.ts'
import type { ObjectCommit, Store } from '../../../../src/store/store.ts'
import type { AccountWork, ActorCells, ApiSeries } from '../simulate/account-work.ts'
import { GRID, PER_WEEK } from '../simulate/calendar.ts'
import { firstAt } from './principal.ts'

/** The account's name in a store. */
export const ACCOUNT = '111122223333'

const WINDOW_MS = GRID.windowMinutes * 60_000

/** A store in memory that nobody else opens. */
const ALONE = { pid: 1, host: 'benchmark', startedMs: 0, isAlive: () => false, now: () => 0 }

/** Windows `[from, until)`. */
interface Span {
  readonly from: number
  readonly until: number
}

/** Lends the product's store with all calls of an account in it, complete up to the account's end. */
export async function withStore<Answer>(
  work: AccountWork,
  use: (store: Store) => Answer | Promise<Answer>,
): Promise<Answer> {
  const store = openStore(':memory:', ALONE)
  try {
    fill(store, work)
    return await use(store)
  } finally {
    store.close()
  }
}

function fill(store: Store, work: AccountWork): void {
  let made = 0
  for (let from = work.fromWindow; from < work.untilWindow; from += PER_WEEK) {
    const table = new CallTableBuilder()
    for (const call of callsIn(work, { from, until: from + PER_WEEK })) {
      made += 1
      table.add({ ...call, eventId: made.toString(16).padStart(32, '0') })
    }
    store.commitObject(objectOf(String(from), table))
  }
  // Silence at the end is known to be silence, as with `run --as-of`.
  store.raiseWatermarks(work.untilWindow * WINDOW_MS)
}

/** One API's calls of a span, one by one, all that fail alike together. */
function* callsIn({ series, principals }: AccountWork, span: Span) {
  for (const api of series) {
    const about = {
      ...{ account: ACCOUNT, region: api.region, category: 'Management' as const },
      ...{ eventSource: api.service, eventName: nameOf(api), readOnly: false },
      ...{ userAgent: null, resource: null, replaces: null },
    }
    for (const { window, who, count, errorCode } of outcomesIn(api, span)) {
      const identity = principals[who]?.name ?? null
      const call = { ...about, timeMs: window * WINDOW_MS, errorCode, identity }
      for (let nth = 0; nth < count; nth++) yield call
    }
  }
}

function nameOf({ key, region, service }: ApiSeries): string {
  return key.slice(`${region} ${service} `.length)
}

/** Calls of one caller in one window with one outcome. */
interface Outcome {
  readonly window: number
  readonly who: number
  readonly count: number
  readonly errorCode: string | null
}

/** The failing calls, and what is left of all calls as successes. */
function outcomesIn({ calls, errors }: ApiSeries, span: Span): readonly Outcome[] {
  const failing = [...errors].flatMap(([code, { actors }]) => cellsIn(actors, span, code))
  const failed = new Map<string, number>()
  for (const each of failing) failed.set(cellOf(each), (failed.get(cellOf(each)) ?? 0) + each.count)
  const rest = cellsIn(calls.actors, span, null).map((each) => ({
    ...each,
    count: each.count - (failed.get(cellOf(each)) ?? 0),
  }))
  return [...rest, ...failing]
}

const cellOf = ({ window, who }: Outcome): string => `${window} ${who}`

function cellsIn(
  { at, who, count }: ActorCells,
  { from, until }: Span,
  errorCode: string | null,
): readonly Outcome[] {
  const [first, end] = [firstAt(at, from), firstAt(at, until)]
  return Array.from(at.subarray(first, end), (window, place) => ({
    ...{ window, errorCode },
    who: who[first + place] as number,
    count: count[first + place] as number,
  }))
}

function objectOf(key: string, table: CallTableBuilder): ObjectCommit {
  const calls = table.build()
  return {
    ledger: {
      ...{ source: 'file', key, version: null, sha256: null, outcome: 'done', code: null },
      ...{ message: null, storedBytes: 0, inflatedBytes: 0, framing: 'records' },
      ...{ stampMs: null, fromMs: null, untilMs: null },
    },
    ...{ name: null, calls, rejected: [], rejectedCounts: new Map(), insights: 0 },
    read: calls.length,
  }
}
