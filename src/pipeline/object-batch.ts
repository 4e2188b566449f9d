import type { LedgerRow, ObjectCommit, Store, Tally } from '../store/store.ts'
import type { ReportInMaking } from './ingest-report.ts'

/** What became of an object that was listed. */
export type Settled =
  | { readonly kind: 'unchanged'; readonly known: LedgerRow }
  | { readonly kind: 'read'; readonly commit: ObjectCommit }

/** Committed together at most: some 50 ms of work, in which nobody else writes to the store. */
const MOST_CALLS = 8192
const MOST_OBJECTS = 256
/** How long others wait to see what was read. */
const MOST_MS = 1000

/**
 * Objects on their way to the store, committed several at a time, for a transaction costs as much as a small file. They are
 * reported once they are committed, in the order in which they came.
 */
export class ObjectBatch {
  readonly #store: Pick<Store, 'commitObjects'>
  readonly #report: ReportInMaking
  readonly #now: () => number
  #settled: Settled[] = []
  /** Keys of those that are not committed. */
  readonly #keys = new Set<string>()
  #calls = 0
  #sinceMs = 0

  /** `now`: milliseconds since whenever. */
  constructor(
    store: Pick<Store, 'commitObjects'>,
    report: ReportInMaking,
    now: () => number = () => performance.now(),
  ) {
    this.#store = store
    this.#report = report
    this.#now = now
  }

  add(settled: Settled): void {
    if (settled.kind === 'read') {
      const { ledger, calls, rejected } = settled.commit
      if (this.#keys.size === 0) this.#sinceMs = this.#now()
      this.#keys.add(ledger.key)
      // Samples of what was rejected may be long: they do not wait for those of others.
      this.#calls += rejected.length > 0 ? MOST_CALLS : (calls?.length ?? 0)
    }
    this.#settled.push(settled)
    if (this.#keys.size === 0 || this.#isFull()) this.commit()
    else this.commitOverdue()
  }

  /** Whether an object waits to be committed. */
  holds(key: string): boolean {
    return this.#keys.has(key)
  }

  /** Commits what has waited for long. */
  commitOverdue(): void {
    if (this.#keys.size > 0 && this.#now() - this.#sinceMs >= MOST_MS) this.commit()
  }

  /** Commits whatever waits; when it throws, nothing waits any more. */
  commit(): void {
    const settled = this.#settled
    const commits = settled.flatMap((one) => (one.kind === 'read' ? [one.commit] : []))
    this.#settled = []
    this.#keys.clear()
    this.#calls = 0
    const tallies = commits.length === 0 ? [] : this.#store.commitObjects(commits)
    let next = 0
    for (const one of settled) {
      if (one.kind === 'unchanged') this.#report.unchanged(one.known)
      else this.#report.took(one.commit, tallies[next++] as Tally)
    }
  }

  #isFull(): boolean {
    return this.#calls >= MOST_CALLS || this.#settled.length >= MOST_OBJECTS
  }
}
