import { DAY_MINUTES } from './aggregate-counts.ts'

/** One call of one caller. */
export interface CallerCall {
  readonly identity: string
  /** `eventSource:eventName`. */
  readonly api: string
  readonly minute: number
}

/** What one caller called of one API on one UTC day: the minutes, ascending, at least one. */
export interface CallerDay {
  readonly identity: string
  readonly api: string
  readonly day: number
  readonly minutes: readonly number[]
}

/** Gathers calls by caller, API and day. Calls come in the order of their days, within a day in any. */
export class CallerDays {
  readonly #take: (day: CallerDay) => void
  /** By API, then by caller: most calls are of the same API as the call before. */
  readonly #apis = new Map<string, Map<string, number[]>>()
  #day = Number.NEGATIVE_INFINITY
  #api: string | null = null
  #callers = new Map<string, number[]>()

  /** `take` is told of each when its day is over. */
  constructor(take: (day: CallerDay) => void) {
    this.#take = take
  }

  add({ identity, api, minute }: CallerCall): void {
    const day = Math.floor(minute / DAY_MINUTES)
    if (day !== this.#day) this.end()
    this.#day = day
    if (api !== this.#api) this.#turnTo(api)
    const minutes = this.#callers.get(identity)
    if (minutes === undefined) this.#callers.set(identity, [minute])
    else if (minutes[minutes.length - 1] !== minute) minutes.push(minute)
  }

  /** The last day is over, too. */
  end(): void {
    const day = this.#day
    for (const [api, callers] of this.#apis) {
      for (const [identity, minutes] of callers) {
        this.#take({ identity, api, day, minutes: ascending(minutes) })
      }
    }
    this.#apis.clear()
    this.#api = null
  }

  #turnTo(api: string): void {
    const known = this.#apis.get(api)
    this.#api = api
    this.#callers = known ?? new Map()
    if (known === undefined) this.#apis.set(api, this.#callers)
  }
}

/** In order; they mostly come so. */
function ascending(minutes: number[]): readonly number[] {
  for (let at = 1; at < minutes.length; at++) {
    if ((minutes[at - 1] as number) > (minutes[at] as number)) {
      return minutes.sort((one, other) => one - other)
    }
  }
  return minutes
}
