import type { Insight } from '../insight/insight.ts'

/** A place insights go to. Delivering the same insights again must leave the place as it was. */
export interface Sink {
  /** For people: what it is and where. */
  readonly name: string
  /** Throws a `Fault` when the place does not take them. */
  /** Insights it has a form for; left out: all. */
  takes?(insight: Insight): boolean
  deliver(insights: readonly Insight[]): Promise<void>
}
