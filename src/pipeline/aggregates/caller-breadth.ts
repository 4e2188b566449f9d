import { type AccountGrid, DAY_MINUTES } from './aggregate-counts.ts'
import type { CallerDay } from './caller-days.ts'
import { WindowSums } from './window-sums.ts'

/** Minutes after a call in which the same caller's call of the same API is not another one. */
const SAME_MINUTES = 30

/** The last minute of each caller's calls, by API. */
type LastMinutes = Map<string, Map<string, number>>

/**
 * Counts how many APIs every caller turned to: an API where the caller had not called it in the half hour before. So no
 * half hour counts one twice. Days come in order.
 */
export class CallerBreadth {
  readonly #fromMinute: number
  readonly #windowMinutes: number
  readonly #sums = new Map<string, WindowSums>()
  #day = Number.NEGATIVE_INFINITY
  /** All that matters after midnight: calls in the last half hour of the day before, … */
  #before: LastMinutes = new Map()
  /** … and of this day. */
  #late: LastMinutes = new Map()

  constructor({
    fromMinute,
    windowMinutes,
  }: Pick<AccountGrid, 'windowMinutes'> & { readonly fromMinute: number }) {
    this.#fromMinute = fromMinute
    this.#windowMinutes = windowMinutes
  }

  add({ identity, api, day, minutes }: CallerDay): void {
    if (day !== this.#day) {
      this.#before = this.#late
      this.#late = new Map()
      this.#day = day
    }
    let last = this.#before.get(identity)?.get(api) ?? Number.NEGATIVE_INFINITY
    for (const minute of minutes) {
      if (minute - last >= SAME_MINUTES && minute >= this.#fromMinute) {
        sumsOf(this.#sums, identity).add(Math.floor(minute / this.#windowMinutes), 1)
      }
      last = minute
    }
    if (last > (day + 1) * DAY_MINUTES - SAME_MINUTES) this.#keep(identity, api, last)
  }

  /** By caller, from the first minute asked for on. */
  sums(): ReadonlyMap<string, WindowSums> {
    return this.#sums
  }

  #keep(identity: string, api: string, minute: number): void {
    const apis = this.#late.get(identity)
    if (apis === undefined) this.#late.set(identity, new Map([[api, minute]]))
    else apis.set(api, minute)
  }
}

/** The sums of a caller, new ones where there are none yet. */
export function sumsOf(all: Map<string, WindowSums>, identity: string): WindowSums {
  const known = all.get(identity)
  if (known !== undefined) return known
  const fresh = new WindowSums()
  all.set(identity, fresh)
  return fresh
}
