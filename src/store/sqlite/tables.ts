/** Rows of the tables that queries are built for; the rest is asked in plain SQL. */
export interface Tables {
  readonly series: SeriesTable
  readonly ledger: LedgerTable
  readonly insight: InsightTable
  readonly baseline: BaselineTable
  readonly code: CodeTable
  readonly score: ScoreTable
}

export interface SeriesTable {
  readonly ref: number
  readonly id: string
  readonly account_ref: number
  readonly account: string
  readonly region: string
  readonly category: string
  readonly event_source: string
  readonly event_name: string
  readonly calls: number
  readonly errors: number
  readonly reads: number
  readonly first_minute: number | null
  readonly last_minute: number | null
}

export interface LedgerTable {
  readonly source: string
  readonly key: string
  readonly version: string | null
  readonly sha256: string | null
  readonly outcome: string
  readonly code: string | null
  readonly message: string | null
  readonly stored_bytes: number
  readonly inflated_bytes: number
  readonly framing: string | null
  readonly stamp_ms: number | null
  readonly from_ms: number | null
  readonly until_ms: number | null
  readonly read: number
  readonly counted: number
  readonly duplicate: number
  readonly late: number
  readonly rejected: number
  readonly insights: number
  readonly conflicts: number
}

export interface InsightTable {
  readonly id: string
  readonly account: string
  readonly region: string
  readonly category: string
  readonly event_source: string
  readonly event_name: string
  readonly insight_type: string
  readonly error_code: string | null
  readonly direction: string
  readonly state: string
  readonly start_ms: number
  readonly end_ms: number | null
  readonly severity: number
  readonly score: number
  readonly principal: string | null
  readonly incident: string
  readonly status: string
  readonly revision: number
  readonly body: string
  readonly change: number
}

export interface BaselineTable {
  readonly series: number
  readonly code: number
  readonly body: string
}

export interface CodeTable {
  readonly ref: number
  readonly name: string | null
}

export interface ScoreTable {
  readonly ref: number
  readonly account: number
  readonly series: number
  readonly code: number
  readonly from_minute: number
  readonly until_minute: number
  readonly body: string
}
