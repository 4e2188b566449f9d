import { median } from 'simple-statistics'

/** What became of labelled incidents. */
export interface Outcomes {
  /** Minutes from the begin of each incident that was caught to its first alarm. */
  readonly delays: readonly number[]
  readonly missed: number
  /** Incidents reported that nobody labelled. */
  readonly others: number
  /** Weeks that were looked at, above 0. */
  readonly weeks: number
}

/** How well labelled incidents were found. */
export interface Tally {
  /** Share of the labelled incidents that were caught, 0 to 1; null where there are none. */
  readonly recall: number | null
  /** Minutes; null where none was caught. */
  readonly medianDelay: number | null
  readonly othersPerWeek: number
}

/**
 * Sums up what became of labelled incidents. The delay is a median, so that one slow find hides
 * nothing about the rest.
 * @example
 * tally({ delays: [5, 7, 120], missed: 1, others: 6, weeks: 3 }) // => { recall: 0.75, medianDelay: 7, othersPerWeek: 2 }
 */
export function tally({ delays, missed, others, weeks }: Outcomes): Tally {
  const labelled = delays.length + missed
  return {
    recall: labelled === 0 ? null : delays.length / labelled,
    medianDelay: delays.length === 0 ? null : median([...delays]),
    othersPerWeek: others / weeks,
  }
}
