import { type AccountGrid, DAY_MINUTES } from './aggregate-counts.ts'
import type { Newcomer } from './caller-memory.ts'
import { WindowSums } from './window-sums.ts'

/** Minutes after a call in which the same caller's call of the same API is not another one. */
const SAME_MINUTES = 30

/** One API of one caller: its calls today, in any order, and the last before. */
interface Called {
  readonly today: number[]
  last: number
}

/**
 * Counts how many APIs every caller turned to: an API where the caller had not called it in the half hour before. So no
 * half hour counts one twice. Calls come in the order of their days, within a day in any.
 */
export class CallerBreadth {
  readonly #fromMinute: number
  readonly #windowMinutes: number
  readonly #called = new Map<string, Map<string, Called>>()
  readonly #sums = new Map<string, WindowSums>()
  #day = Number.NEGATIVE_INFINITY

  constructor({
    fromMinute,
    windowMinutes,
  }: Pick<AccountGrid, 'windowMinutes'> & { readonly fromMinute: number }) {
    this.#fromMinute = fromMinute
    this.#windowMinutes = windowMinutes
  }

  add({ identity, api, minute }: Newcomer): void {
    const day = Math.floor(minute / DAY_MINUTES)
    if (day !== this.#day) this.#endDay()
    this.#day = day
    let apis = this.#called.get(identity)
    if (apis === undefined) {
      apis = new Map()
      this.#called.set(identity, apis)
    }
    const called = apis.get(api)
    if (called === undefined) apis.set(api, { today: [minute], last: Number.NEGATIVE_INFINITY })
    else called.today.push(minute)
  }

  /** By caller, from the first minute asked for on. */
  sums(): ReadonlyMap<string, WindowSums> {
    this.#endDay()
    return this.#sums
  }

  /** Counts the day, and keeps of it what still matters after midnight: its last half hour. */
  #endDay(): void {
    const forgotten = (this.#day + 1) * DAY_MINUTES - SAME_MINUTES
    for (const [identity, apis] of this.#called) {
      for (const [api, called] of apis) {
        for (const minute of called.today.sort((one, other) => one - other)) {
          if (minute - called.last >= SAME_MINUTES) this.#count(identity, minute)
          called.last = minute
        }
        called.today.length = 0
        if (called.last <= forgotten) apis.delete(api)
      }
      if (apis.size === 0) this.#called.delete(identity)
    }
  }

  #count(identity: string, minute: number): void {
    if (minute < this.#fromMinute) return
    let sums = this.#sums.get(identity)
    if (sums === undefined) {
      sums = new WindowSums()
      this.#sums.set(identity, sums)
    }
    sums.add(Math.floor(minute / this.#windowMinutes), 1)
  }
}
