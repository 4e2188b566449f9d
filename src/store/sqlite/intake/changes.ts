import { Delta } from '../counts/delta.ts'
import type { Db } from '../file/db.ts'
import { liftWatermark, noteChange } from '../rows/accounts.ts'
import { addToCounters } from '../rows/counters.ts'

interface Reach {
  readonly account: number
  readonly region: string
  untilMs: number
}

/**
 * What the objects of one transaction change together: sums and bounds, gathered to be written once. Then it begins anew, but for
 * what stays pending.
 */
export class Changes {
  readonly delta: Delta = new Delta()
  readonly #counters = new Map<string, number>()
  readonly #firstMinutes = new Map<number, number>()
  readonly #reaches = new Map<string, Reach>()
  /** Most are of the same account and Region as the one before. */
  #reach: Reach | null = null

  /** Adds to a running total. */
  count(name: string, by: number): void {
    if (by !== 0) this.#counters.set(name, (this.#counters.get(name) ?? 0) + by)
  }

  /** Lifts a watermark; epoch milliseconds. */
  lift(account: number, region: string, untilMs: number): void {
    const reach = this.#reachOf(account, region)
    if (untilMs > reach.untilMs) reach.untilMs = untilMs
  }

  /** Notes an epoch minute from which an account's counts changed. */
  note(account: number, minute: number): void {
    const known = this.#firstMinutes.get(account) ?? Number.POSITIVE_INFINITY
    if (minute < known) this.#firstMinutes.set(account, minute)
  }

  /** Writes all of it, at the end of the transaction. */
  save(db: Db): void {
    this.delta.save(db)
    addToCounters(db, this.#counters)
    for (const { account, region, untilMs } of this.#reaches.values())
      liftWatermark(db, account, region, untilMs)
    for (const [account, minute] of this.#firstMinutes) noteChange(db, account, minute)
    for (const gathered of [this.#counters, this.#reaches, this.#firstMinutes]) gathered.clear()
    this.#reach = null
  }

  #reachOf(account: number, region: string): Reach {
    if (this.#reach?.account === account && this.#reach.region === region) return this.#reach
    const key = `${account} ${region}`
    const known = this.#reaches.get(key)
    this.#reach = known ?? { account, region, untilMs: Number.NEGATIVE_INFINITY }
    if (known === undefined) this.#reaches.set(key, this.#reach)
    return this.#reach
  }
}
