import { LEARN_DAYS } from '../../../models/index.ts'
import { DAY_MINUTES } from './aggregate-counts.ts'
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
  /** By API and caller the last day with a call. */
  readonly #apis = new Map<string, Map<string, number>>()
  /** The callers of one API: most calls are of the same API as the call before. */
  #api: string | null = null
  #callers = new Map<string, number>()
  readonly #found: Newcomer[] = []

  /** A call of a day of which nobody asks what was new. */
  note({ identity, api, minute }: CallerCall): void {
    this.#turnTo(api)
    this.#callers.set(identity, Math.floor(minute / DAY_MINUTES))
  }

  add({ identity, api, day, minutes }: CallerDay): void {
    this.#turnTo(api)
    const last = this.#callers.get(identity) ?? Number.NEGATIVE_INFINITY
    if (last < day - MEMORY_DAYS) this.#found.push({ identity, api, minute: minutes[0] as number })
    this.#callers.set(identity, day)
  }

  /** Everything new so far; what was new in the first 28 days that were added may be older. */
  newcomers(): readonly Newcomer[] {
    return this.#found
  }

  #turnTo(api: string): void {
    if (api === this.#api) return
    this.#api = api
    this.#callers = this.#apis.get(api) ?? new Map()
    this.#apis.set(api, this.#callers)
  }
}
