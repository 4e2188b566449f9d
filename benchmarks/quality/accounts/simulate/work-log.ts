import type { ActorCells, ApiSeries, Principal, Tallied } from './account-work.ts'
import type { Api } from './catalogue.ts'

/** Calls of one API by one principal in one window, all with the same outcome. */
export interface Call {
  readonly api: Api
  readonly region: string
  readonly window: number
  readonly principal: Principal
  /** Above 0. */
  readonly count: number
  readonly errorCode: string | null
}

/** What a trail hears: from when on, per Region. */
export interface Hearing {
  readonly untilWindow: number
  /** The first window heard in a Region. */
  readonly firstHeard: (region: string) => number
}

/** Counts by window and principal. */
type Sums = Map<number, number>

interface Opened {
  readonly key: string
  readonly region: string
  readonly service: string
  readonly calls: Sums
  readonly errors: Map<string, Sums>
}

/** More principals than any account has. */
const PRINCIPALS = 1024

/** Adds calls up by API, window, caller and error code, in any order. */
export class WorkLog {
  readonly #hearing: Hearing
  readonly #series = new Map<string, Opened>()
  readonly #principals = new Map<
    string,
    { readonly principal: Principal; readonly place: number }
  >()

  constructor(hearing: Hearing) {
    this.#hearing = hearing
  }

  /** Calls that the trail does not hear are gone. */
  record(call: Call): void {
    const { window, count, errorCode } = call
    const region = call.api.isGlobal ? 'us-east-1' : call.region
    if (window < this.#hearing.firstHeard(region) || window >= this.#hearing.untilWindow) return
    const series = this.#opened(region, call.api)
    const cell = window * PRINCIPALS + this.#placeOf(call.principal)
    series.calls.set(cell, (series.calls.get(cell) ?? 0) + count)
    if (errorCode === null) return
    const sums = series.errors.get(errorCode) ?? new Map()
    series.errors.set(errorCode, sums)
    sums.set(cell, (sums.get(cell) ?? 0) + count)
  }

  get principals(): readonly Principal[] {
    return [...this.#principals.values()].map(({ principal }) => principal)
  }

  /** Everything recorded so far, by key. */
  get series(): readonly ApiSeries[] {
    return [...this.#series.values()]
      .sort((one, other) => (one.key < other.key ? -1 : 1))
      .map(({ calls, errors, ...about }) => ({
        ...about,
        calls: tallied(calls),
        errors: new Map([...errors].sort().map(([code, sums]) => [code, tallied(sums)])),
      }))
  }

  #opened(region: string, api: Api): Opened {
    const key = keyOf(region, api)
    const known = this.#series.get(key)
    if (known !== undefined) return known
    const made = { key, region, service: api.service, calls: new Map(), errors: new Map() }
    this.#series.set(key, made)
    return made
  }

  #placeOf(principal: Principal): number {
    const known = this.#principals.get(principal.name)
    if (known !== undefined) return known.place
    const place = this.#principals.size
    this.#principals.set(principal.name, { principal, place })
    return place
  }
}

/** The key of an API in the Region its calls are made in. */
export function keyOf(region: string, { service, name, isGlobal }: Api): string {
  return `${isGlobal ? 'us-east-1' : region} ${service} ${name}`
}

function tallied(sums: Sums): Tallied {
  const cells = Float64Array.from(sums.keys()).sort()
  const actors: ActorCells = {
    at: Int32Array.from(cells, (cell) => Math.floor(cell / PRINCIPALS)),
    who: Int32Array.from(cells, (cell) => cell % PRINCIPALS),
    count: Int32Array.from(cells, (cell) => sums.get(cell) ?? 0),
  }
  return { counts: countsOf(actors), actors }
}

/** Without the callers. */
function countsOf({ at, count }: ActorCells): Tallied['counts'] {
  const windows: number[] = []
  const sums: number[] = []
  for (let cell = 0; cell < at.length; cell++) {
    const window = at[cell] as number
    if (windows.at(-1) !== window) {
      windows.push(window)
      sums.push(0)
    }
    sums[sums.length - 1] = (sums.at(-1) ?? 0) + (count[cell] as number)
  }
  return { at: Int32Array.from(windows), count: Int32Array.from(sums) }
}
