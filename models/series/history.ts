import type { WindowSpan } from './grid.ts'

/** Counts on a fixed grid of windows: ascending window numbers since the epoch, each with its count above zero. A window left out is 0, not a hole. */
export interface Counts {
  readonly at: Int32Array
  readonly count: Int32Array
}

export type Metric = 'calls' | 'errors'

/** One number summed over many series: how many of them had calls, how many their first ones, all calls that were refused. */
export type Aggregate = 'distinct' | 'newcomers' | 'denials'

/** Series that share a law and a part of the budget; `breadth`: the different APIs of every caller, apart. */
export type Pool = Metric | Aggregate | 'breadth'

/** One rate through time: an API's calls, or one of its error codes. */
export interface SeriesHistory {
  /** Opaque; unique within the account; decides nothing but ties. */
  readonly key: string
  readonly metric: Metric
  /** The metric's own, or that of the aggregate it is one of. */
  readonly pool: Pool
  /** What shares its delivery (an account's Region): where all of a group is silent, silence proves nothing. */
  readonly group: string
  readonly counts: Counts
  /** Errors only: the calls they are a share of, … */
  readonly exposure: Counts | null
  /** … and the key of those calls. */
  readonly of: string | null
  /** Window number of the first call ever seen (may lie before `counts`). */
  readonly firstWindow: number
  /** First window that is not complete yet: nothing at or after it is scored. */
  readonly untilWindow: number
  /** Spans of windows that teach nothing, as if nobody had looked: ascending and apart. Left out: all teach. */
  readonly skips?: readonly WindowSpan[] | undefined
  /** Of the group. Lost windows must be among those that teach nothing. Left out: nothing is known. */
  readonly coverage?: Coverage | undefined
}

/** Where it is known what was delivered, in spans of windows, ascending and apart. */
export interface Coverage {
  /** Something is known to be missing: what falls there says nothing. */
  readonly lost: readonly WindowSpan[]
  /** Nothing is missing: silence there is the account's own. */
  readonly proven: readonly WindowSpan[]
}

/** Everything one account's days are scored from. Counts reach back at least `LOOKBACK_DAYS` before the first day scored. */
export interface AccountHistory {
  readonly series: readonly SeriesHistory[]
  /** Window number of the account's first call ever. */
  readonly firstWindow: number
}
