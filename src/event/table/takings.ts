import type { Reading, Rejected } from '../api-call.ts'
import { type CallTable, CallTableBuilder } from './call-table.ts'

/** What one file brings. */
export interface Takings {
  readonly calls: CallTable
  /** The first of them; `rejectedCounts` has them all, by code. */
  readonly rejected: readonly Rejected[]
  readonly rejectedCounts: ReadonlyMap<string, number>
  readonly insights: number
}

const SAMPLES = 20

/** Collects what one file brings, a reading at a time. */
export class TakingsBuilder {
  readonly calls: CallTableBuilder
  readonly #rejected: Rejected[] = []
  readonly #rejectedCounts = new Map<string, number>()
  insights = 0

  constructor(calls: CallTableBuilder = new CallTableBuilder()) {
    this.calls = calls
  }

  take(reading: Reading): void {
    if (reading.kind === 'call') this.calls.add(reading.call)
    else if (reading.kind === 'insight') this.insights += 1
    else {
      this.#rejectedCounts.set(reading.code, (this.#rejectedCounts.get(reading.code) ?? 0) + 1)
      if (this.#rejected.length < SAMPLES) this.#rejected.push(reading)
    }
  }

  /** All of it; the builder is done with. */
  build(): Takings {
    return {
      calls: this.calls.build(),
      rejected: this.#rejected,
      rejectedCounts: this.#rejectedCounts,
      insights: this.insights,
    }
  }
}
