import type { Counts } from '../../../models/index.ts'
import type { AggregateSubject } from '../../insight/aggregate.ts'

/** An aggregate's counts on the window grid. */
export interface AggregateCounts {
  readonly subject: AggregateSubject
  readonly counts: Counts
}

/** The account's first call, and the grid. */
export interface AccountGrid {
  readonly firstMinute: number
  readonly windowMinutes: number
}

/** Days in which everything is seen for the first time: what is new in them says nothing. */
export const SETTLING_DAYS = 7

/** The first window in which a first-seen API counts: whole UTC days after the account's first. */
export function settledFrom({ firstMinute, windowMinutes }: AccountGrid): number {
  return ((Math.floor(firstMinute / DAY_MINUTES) + SETTLING_DAYS) * DAY_MINUTES) / windowMinutes
}

export const DAY_MINUTES = 1440
