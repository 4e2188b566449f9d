/** What became of an object that was listed. */
export type Outcome = 'done' | 'partial' | 'failed' | 'skipped'

/** The conservation law: read = counted + duplicate + late + rejected + insights (records that are no calls). */
export interface Tally {
  readonly read: number
  readonly counted: number
  readonly duplicate: number
  readonly late: number
  readonly rejected: number
  readonly insights: number
  /** Same event id, another content: counted, and worth knowing. */
  readonly conflicts: number
}

/** The tally of everything ever read, with the objects as they stand and the rejections by code. */
export interface StoreTotals extends Tally {
  readonly objects: Readonly<Record<Outcome, number>>
  readonly rejectedByCode: ReadonlyMap<string, number>
}

/** What a store says of itself, for `doctor`: sums that must agree. */
export interface StoreAudit {
  /** SQLite's own check: `ok`, or what is wrong. */
  readonly quickCheck: readonly string[]
  readonly schemaVersion: number
  /** Rows that point to rows which do not exist. */
  readonly foreignRows: number
  readonly totals: StoreTotals
  /** Calls in all cells, and in the totals of all series. */
  readonly cellCalls: number
  readonly seriesCalls: number
  /** Series whose total is not the sum of their cells. */
  readonly seriesAstray: number
  /** Events remembered for de-duplication; those of them that an addendum replaced. */
  readonly events: number
  readonly superseded: number
  /** Calls counted once and corrected since. */
  readonly corrected: number
  /** Sums over the ledger, and over the rows it held before an object was read again. */
  readonly ledger: Tally
  readonly replaced: Tally
  readonly ledgerObjects: Readonly<Record<Outcome, number>>
}
