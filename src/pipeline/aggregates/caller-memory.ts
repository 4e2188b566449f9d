import { LEARN_DAYS } from '../../../models/index.ts'
import { DAY_MINUTES } from './aggregate-counts.ts'

/** Days before a call on which the same caller's call of the same API makes it none of its first. */
export const MEMORY_DAYS: number = LEARN_DAYS

/** An API that is new to a caller: the first minute it was called in. */
export interface Newcomer {
  readonly identity: string
  readonly api: string
  readonly minute: number
}

/** What one caller is remembered by: the first minute of each API today, and the last day before. */
interface Remembered {
  readonly today: Map<string, number>
  readonly before: Map<string, number>
}

/**
 * Finds the APIs that are new to their callers: not called by them earlier the same day nor on the 28 days before. Calls
 * come in the order of their days, within a day in any.
 */
export class CallerMemory {
  readonly #callers = new Map<string, Remembered>()
  readonly #found: Newcomer[] = []
  #day = Number.NEGATIVE_INFINITY

  add({ identity, api, minute }: Newcomer): void {
    const day = Math.floor(minute / DAY_MINUTES)
    if (day !== this.#day) this.#endDay()
    this.#day = day
    let caller = this.#callers.get(identity)
    if (caller === undefined) {
      caller = { today: new Map(), before: new Map() }
      this.#callers.set(identity, caller)
    }
    caller.today.set(api, Math.min(minute, caller.today.get(api) ?? minute))
  }

  /** Everything new so far; what was new in the first 28 days that were added may be older. */
  newcomers(): readonly Newcomer[] {
    this.#endDay()
    return this.#found
  }

  #endDay(): void {
    for (const [identity, { today, before }] of this.#callers) {
      for (const [api, minute] of today) {
        const last = before.get(api) ?? Number.NEGATIVE_INFINITY
        if (last < this.#day - MEMORY_DAYS) this.#found.push({ identity, api, minute })
        before.set(api, this.#day)
      }
      today.clear()
    }
  }
}
