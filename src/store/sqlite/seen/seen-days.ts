import { IdSet } from './id-set.ts'
import type { Segments } from './segments.ts'

interface SeenDay {
  readonly set: IdSet
  /** What it cost when last looked at. */
  room: number
}

/**
 * The events of the days being worked on, in memory. Days are loaded when first asked for; those not used for longest are
 * let go when together they take too much. Valid only while every transaction that added to them was committed.
 */
export class SeenDays {
  readonly #segments: Segments
  readonly #limit: number
  /** In order of use, the last used last. */
  readonly #days = new Map<string, SeenDay>()
  #touched: SeenDay[] = []
  #room = 0

  /** `limit`: events to have room for at most. */
  constructor(segments: Segments, limit: number) {
    this.#segments = segments
    this.#limit = limit
  }

  dayOf(account: number, day: number): IdSet {
    const key = `${account} ${day}`
    const known = this.#days.get(key)
    const today = known ?? { set: this.#load(account, day), room: 0 }
    if (known !== undefined) this.#days.delete(key)
    this.#days.set(key, today)
    this.#touched.push(today)
    return today.set
  }

  /** Lets go of days until the rest takes no more room than `limit`; the last used stays. */
  trim(limit = this.#limit): void {
    for (const today of this.#touched) {
      this.#room += today.set.room - today.room
      today.room = today.set.room
    }
    this.#touched = []
    for (const [key, { room }] of this.#days) {
      if (this.#room <= limit || this.#days.size === 1) return
      this.#room -= room
      this.#days.delete(key)
    }
  }

  /** A day begins with room for as many events as the day before has, so that it need not grow often. */
  #load(account: number, day: number): IdSet {
    const before = this.#days.get(`${account} ${day - 1}`)?.set.size ?? 0
    const set = new IdSet(Math.max(before, this.#segments.countOf(account, day)))
    for (const entries of this.#segments.entriesOf(account, day)) set.load(entries)
    return set
  }
}
