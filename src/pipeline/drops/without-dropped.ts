import type { Suppression } from '../../base/suppressions.ts'
import type { ActorCounts, MinuteCells, StoreReader } from '../../store/store.ts'
import { actorKey, DroppedDays, type DroppedOfSeries } from './dropped-days.ts'

const DAY_MINUTES = 1440

/** What calls are dropped by, and the length of an actor window, minutes. */
export interface Dropping {
  readonly rules: readonly Suppression[]
  readonly actorMinutes: number
}

/**
 * A reader whose counts, callers and attributions are as if the calls that rules match had never been made. When an API, an
 * error code or an account was first seen stays as it was: what was dropped made it known.
 */
export function withoutDropped(store: StoreReader, dropping: Dropping): StoreReader {
  const accounts = new Map<string, DroppedDays>()
  const droppedIn = (account: string): DroppedDays => {
    const known = accounts.get(account) ?? new DroppedDays(store, account, dropping)
    accounts.set(account, known)
    return known
  }
  /** What is dropped of a series in a span of minutes, day by day; null: no rule is about it. */
  const droppedOf = (ref: number, span: Minutes): readonly DroppedOfSeries[] | null => {
    const series = store.seriesByRef(ref)
    if (series === undefined) return null
    const days = droppedIn(series.account)
    if (!days.mayConcern(ref)) return null
    const within = daysOf(span, series)
    return within.flatMap((day) => days.on(day).get(ref) ?? [])
  }
  return {
    ...store,
    minuteCells(ref, fromMinute, untilMinute) {
      const cells = store.minuteCells(ref, fromMinute, untilMinute)
      const dropped = droppedOf(ref, { fromMinute, untilMinute })
      return dropped === null || dropped.length === 0 ? cells : lessCells(cells, dropped)
    },
    actors(query) {
      const counts = store.actors(query)
      const span = { fromMinute: query.fromMs / 60_000, untilMinute: query.untilMs / 60_000 }
      const dropped = droppedOf(query.series, span)
      if (dropped === null || dropped.length === 0) return counts
      return lessActors(counts, dropped, { ...span, errorCode: query.errorCode })
    },
    eachIdentity(of, take) {
      const days = droppedIn(of.account)
      store.eachIdentity(of, (calls) => {
        const { series, minute, identity: value, errorCode } = calls
        const day = Math.floor(minute / DAY_MINUTES)
        const dropped = days.mayConcern(series) ? days.on(day).get(series) : undefined
        const key = actorKey(minute, 'identity', { value, errorCode })
        const left = calls.calls - (dropped?.actors.get(key)?.calls ?? 0)
        if (left > 0) take({ ...calls, calls: left })
      })
    },
  }
}

interface Minutes {
  readonly fromMinute: number
  readonly untilMinute: number
}

/** The days of a span on which a series was called at all. */
function daysOf(
  { fromMinute, untilMinute }: Minutes,
  { firstMinute, lastMinute }: { readonly firstMinute: number; readonly lastMinute: number },
): readonly number[] {
  const first = Math.floor(Math.max(fromMinute, firstMinute) / DAY_MINUTES)
  const end = Math.ceil(Math.min(untilMinute, lastMinute + 1) / DAY_MINUTES)
  return Array.from({ length: Math.max(0, end - first) }, (_, place) => first + place)
}

function lessCells(cells: MinuteCells, dropped: readonly DroppedOfSeries[]): MinuteCells {
  const gone = new Map(dropped.flatMap((day) => [...day.cells]))
  const counts = cells.counts.map(
    (count, at) => count - (gone.get(cells.minutes[at] ?? 0)?.get(cells.codes[at] ?? 0) ?? 0),
  )
  const left = (_: number, at: number): boolean => (counts[at] ?? 0) > 0
  return {
    minutes: cells.minutes.filter(left),
    codes: cells.codes.filter(left),
    counts: counts.filter(left),
  }
}

function lessActors(
  counts: ActorCounts,
  dropped: readonly DroppedOfSeries[],
  { fromMinute, untilMinute, errorCode }: Minutes & { readonly errorCode: string | undefined },
): ActorCounts {
  const left = {
    identity: counts.identity && new Map(counts.identity),
    agent: counts.agent && new Map(counts.agent),
    resource: counts.resource && new Map(counts.resource),
  }
  for (const actor of dropped.flatMap((day) => [...day.actors.values()])) {
    const { minute, kind, value, calls } = actor
    const isAsked = errorCode === undefined || errorCode === actor.errorCode
    if (!isAsked || minute < fromMinute || minute >= untilMinute) continue
    const rest = (left[kind]?.get(value) ?? 0) - calls
    if (rest > 0) left[kind]?.set(value, rest)
    else left[kind]?.delete(value)
  }
  return left
}
