/** What one sink was given in a run. */
export interface DeliveryReport {
  readonly sink: string
  /** What is counted. */
  readonly what: 'insight' | 'message'
  readonly delivered: number
  /** Insights older than the delivery line that were seen for the first time: stored, not delivered. */
  readonly history: number
  /** What waits for a later run. */
  readonly waiting: number
  /** What the sink refused while it took others: given up. */
  readonly dropped: number
  /** Why something waits or was given up; null: nothing went wrong. */
  readonly trouble: string | null
}
