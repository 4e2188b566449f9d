import { isDenied } from '../../insight/denied.ts'
import type { IdentityCalls, StoreReader } from '../../store/store.ts'
import { allSeries } from '../account-history.ts'
import {
  type AccountGrid,
  type AggregateCounts,
  DAY_MINUTES,
  settledFrom,
} from './aggregate-counts.ts'
import { CallerBreadth, sumsOf } from './caller-breadth.ts'
import { type CallerCall, CallerDays } from './caller-days.ts'
import { CallerMemory, MEMORY_DAYS, type Newcomer } from './caller-memory.ts'
import type { WindowSums } from './window-sums.ts'

/** Which calls: of one account, of everybody or one principal, in whole days. */
export interface PrincipalSpan extends AccountGrid {
  readonly account: string
  readonly principal?: string
  readonly fromMinute: number
  readonly untilMinute: number
}

/** One caller's calls of one API, whatever the Region. */
export interface CallerCalls extends CallerCall, Pick<IdentityCalls, 'calls'> {
  readonly denied: boolean
}

/** What callers did: how many APIs they turned to, which were new to them, and which calls they were denied. */
export interface CallerNews {
  readonly breadth: ReadonlyMap<string, WindowSums>
  readonly newcomers: readonly Newcomer[]
  readonly denials: readonly CallerCalls[]
}

/**
 * The aggregates of every principal, Regions joined: different APIs (each where it was not called in the half hour
 * before), denied calls, and APIs that are new to it: not called by it, in any Region, earlier the same day nor on the 28
 * days before. Windows past the cap of distinct callers take no part.
 */
export function principalAggregates(
  store: StoreReader,
  span: PrincipalSpan,
): readonly AggregateCounts[] {
  const asked = withMemory(span)
  return aggregatesOf(
    callerNews((take) => eachCaller(store, asked, take), span),
    span,
  )
}

/** The same span with the days before that are needed to know what is new in it. */
export function withMemory<Span extends { readonly fromMinute: number }>(span: Span): Span {
  return { ...span, fromMinute: span.fromMinute - MEMORY_DAYS * DAY_MINUTES }
}

/** Every caller's news as counts. */
export function aggregatesOf(
  { breadth, newcomers, denials }: CallerNews,
  { windowMinutes }: Pick<AccountGrid, 'windowMinutes'>,
): readonly AggregateCounts[] {
  const windowOf = (minute: number) => Math.floor(minute / windowMinutes)
  const sums = {
    distinct: breadth,
    newcomers: new Map<string, WindowSums>(),
    denials: new Map<string, WindowSums>(),
  }
  for (const { identity, minute } of newcomers)
    sumsOf(sums.newcomers, identity).add(windowOf(minute), 1)
  for (const { identity, minute, calls } of denials)
    sumsOf(sums.denials, identity).add(windowOf(minute), calls)
  return (['distinct', 'newcomers', 'denials'] as const).flatMap((aggregate) =>
    [...sums[aggregate]].map(([principal, each]) => ({
      subject: { aggregate, region: null, principal },
      counts: each.counts(),
    })),
  )
}

/** What callers turned to, what was new to them, and what they were denied, in a span; `feed` hands over the calls of the days before too. */
export function callerNews(
  feed: (take: (calls: CallerCalls) => void) => void,
  span: AccountGrid & Pick<PrincipalSpan, 'fromMinute'>,
): CallerNews {
  const memory = new CallerMemory()
  const breadth = new CallerBreadth(span)
  const days = new CallerDays((day) => {
    memory.add(day)
    breadth.add(day)
  })
  const denials: CallerCalls[] = []
  // The last half hour before the span counts; of days before that one only who called what.
  const wholeFrom = (Math.floor(span.fromMinute / DAY_MINUTES) - 1) * DAY_MINUTES
  feed((calls) => {
    if (calls.minute < wholeFrom) return memory.note(calls)
    days.add(calls)
    if (calls.denied && calls.minute >= span.fromMinute) denials.push(calls)
  })
  days.end()
  const settled = Math.max(span.fromMinute, settledFrom(span) * span.windowMinutes)
  const newcomers = memory.newcomers().filter(({ minute }) => minute >= settled)
  return { breadth: breadth.sums(), newcomers, denials }
}

/** Hands over the calls of a span by caller and API, the days in order. */
export function eachCaller(
  store: StoreReader,
  span: PrincipalSpan,
  take: (calls: CallerCalls) => void,
): void {
  const apis = new Map(
    [...allSeries(store, span.account)].map(({ ref, eventSource, eventName }) => [
      ref,
      `${eventSource}:${eventName}`,
    ]),
  )
  store.eachIdentity(span, ({ series, identity, minute, errorCode, calls }) => {
    if (span.principal !== undefined && span.principal !== identity) return
    const api = apis.get(series) ?? ''
    take({ identity, minute, calls, api, denied: isDenied(errorCode) })
  })
}
