import type { Suppression } from '../../base/suppressions.ts'
import type { ActorKind, CountedDetails, SeriesRow, StoreReader } from '../../store/store.ts'
import { allSeries } from '../account-history.ts'
import { droppedBy, rulesFor } from './drop-rules.ts'

/** Calls of one value in one actor window, with one error code. */
export interface DroppedActor {
  /** First epoch minute of the window. */
  readonly minute: number
  readonly kind: ActorKind
  readonly value: string
  readonly errorCode: string | null
  calls: number
}

/** What rules drop of one series on one day. */
export interface DroppedOfSeries {
  /** Calls by epoch minute, then by number of the error code. */
  readonly cells: Map<number, Map<number, number>>
  readonly actors: Map<string, DroppedActor>
}

const KINDS = ['identity', 'agent', 'resource'] as const

/** What rules drop of an account's calls, day by day; each day is read once. */
export class DroppedDays {
  readonly #store: StoreReader
  readonly #account: string
  readonly #actorMinutes: number
  readonly #rules: ReadonlyMap<number, readonly Suppression[]>
  readonly #days = new Map<number, ReadonlyMap<number, DroppedOfSeries>>()

  constructor(
    store: StoreReader,
    account: string,
    { rules, actorMinutes }: { rules: readonly Suppression[]; actorMinutes: number },
  ) {
    this.#store = store
    this.#account = account
    this.#actorMinutes = actorMinutes
    this.#rules = rulesBySeries(allSeries(store, account), rules)
  }

  /** Whether some rule may be about calls of a series. */
  mayConcern(series: number): boolean {
    return this.#rules.has(series)
  }

  /** What is dropped on a UTC day, by series. */
  on(day: number): ReadonlyMap<number, DroppedOfSeries> {
    const known = this.#days.get(day)
    if (known !== undefined) return known
    const found = new Map<number, DroppedOfSeries>()
    if (this.#rules.size > 0) {
      const span = { account: this.#account, fromDay: day, untilDay: day + 1 }
      this.#store.eachCall(span, (call) => this.#take(call, found))
    }
    this.#days.set(day, found)
    return found
  }

  #take(call: CountedDetails, found: Map<number, DroppedOfSeries>): void {
    const rules = this.#rules.get(call.series)
    if (rules === undefined || droppedBy(rules, call) === -1) return
    let dropped = found.get(call.series)
    if (dropped === undefined) {
      dropped = { cells: new Map(), actors: new Map() }
      found.set(call.series, dropped)
    }
    const { minute, code, errorCode } = call
    const codes = dropped.cells.get(minute) ?? new Map<number, number>()
    dropped.cells.set(minute, codes.set(code, (codes.get(code) ?? 0) + 1))
    const window = Math.floor(minute / this.#actorMinutes) * this.#actorMinutes
    for (const kind of KINDS) {
      const value = call[kind]
      if (value === null) continue
      const key = actorKey(window, kind, { value, errorCode })
      const actor = dropped.actors.get(key)
      if (actor !== undefined) actor.calls += 1
      else dropped.actors.set(key, { minute: window, kind, value, errorCode, calls: 1 })
    }
  }
}

/** Names a value in an actor window. */
export function actorKey(
  minute: number,
  kind: ActorKind,
  { value, errorCode }: Pick<DroppedActor, 'value' | 'errorCode'>,
): string {
  return JSON.stringify([minute, kind, errorCode, value])
}

/** By series, the rules that may be about its calls; series without any are left out. */
export function rulesBySeries(
  series: Iterable<SeriesRow>,
  rules: readonly Suppression[],
): ReadonlyMap<number, readonly Suppression[]> {
  const found = new Map<number, readonly Suppression[]>()
  for (const row of series) {
    const own = rulesFor(rules, row)
    if (own.length > 0) found.set(row.ref, own)
  }
  return found
}
