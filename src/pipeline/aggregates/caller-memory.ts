import { LEARN_DAYS } from '../../../models/index.ts'
import type { CallerCall, CallerDay } from './caller-days.ts'

/** Days before a call on which the same caller's call of the same API makes it none of its first. */
export const MEMORY_DAYS: number = LEARN_DAYS

/** An API that is new to a caller: the first minute it was called in. */
export type Newcomer = CallerCall

/**
 * Finds the APIs that are new to their callers: not called by them earlier the same day nor on the 28 days before. Days
 * come in order.
 */
export class CallerMemory {
  /** By caller and API the last day with a call. */
  readonly #callers = new Map<string, Map<string, number>>()
  readonly #found: Newcomer[] = []

  add({ identity, api, day, minutes }: CallerDay): void {
    let days = this.#callers.get(identity)
    if (days === undefined) {
      days = new Map()
      this.#callers.set(identity, days)
    }
    const last = days.get(api) ?? Number.NEGATIVE_INFINITY
    if (last < day - MEMORY_DAYS) this.#found.push({ identity, api, minute: minutes[0] as number })
    days.set(api, day)
  }

  /** Everything new so far; what was new in the first 28 days that were added may be older. */
  newcomers(): readonly Newcomer[] {
    return this.#found
  }
}
