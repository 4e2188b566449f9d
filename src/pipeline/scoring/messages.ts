import type { AccountHistory, DayScores, DaySpan, Grid } from '../../../models/index.ts'

/** Days of an account, for whoever comes to them first. */
export interface DaysOrder {
  readonly history: AccountHistory
  readonly span: DaySpan
  readonly grid: Grid
  /** A number that all share: how many of the days somebody has begun with. */
  readonly begun: Int32Array
}

/** The same with its number: answers to earlier orders may still come. */
export interface NumberedOrder extends DaysOrder {
  readonly order: number
}

/** What a thread answers: once for each day it took. */
export type ScoringReply =
  | { readonly kind: 'scored'; readonly order: number; readonly day: DayScores }
  /** We are wrong: a bug met while it scored. */
  | { readonly kind: 'broken'; readonly error: unknown }
