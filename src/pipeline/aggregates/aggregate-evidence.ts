import { type Counts, cellsBefore } from '../../../models/index.ts'
import type { AggregateSubject } from '../../insight/aggregate.ts'
import { isDenied } from '../../insight/denied.ts'
import type { StoreReader } from '../../store/store.ts'
import { type LoadedAccount, loadAccount } from '../account-history.ts'
import { type AccountGrid, DAY_MINUTES } from './aggregate-counts.ts'
import {
  aggregatesOf,
  type CallerCalls,
  callerNews,
  eachCaller,
  withMemory,
} from './principal-aggregates.ts'
import { regionAggregates } from './region-aggregates.ts'

/** Minutes `[fromMinute, untilMinute)`. */
export interface Minutes {
  readonly fromMinute: number
  readonly untilMinute: number
}

/** What the stored counts say of one aggregate around an insight. */
export interface AggregateEvidence {
  /** On the window grid, over all days asked for. */
  readonly counts: Counts
  /** Calls of the APIs that make up the aggregate in a span. */
  readonly callsByApi: (span: Minutes) => ReadonlyMap<string, number>
  /** The aggregate's count by who made it. Callers of windows past the cap are not known. */
  readonly byCaller: (span: Minutes) => ReadonlyMap<string, number>
}

/** One account's aggregate, and the days to look at. */
export interface EvidenceQuestion extends Minutes, AccountGrid {
  readonly account: string
  readonly subject: AggregateSubject
}

/** Reads an aggregate's counts, APIs and callers again from what is stored. */
export function evidenceOf(store: StoreReader, question: EvidenceQuestion): AggregateEvidence {
  const whole = wholeDays(question)
  return question.subject.principal === null
    ? regionEvidence(store, whole, question.subject)
    : principalEvidence(store, whole, question.subject.principal)
}

function wholeDays(question: EvidenceQuestion): EvidenceQuestion {
  const { fromMinute, untilMinute } = question
  return {
    ...question,
    fromMinute: Math.floor(fromMinute / DAY_MINUTES) * DAY_MINUTES,
    untilMinute: Math.ceil(untilMinute / DAY_MINUTES) * DAY_MINUTES,
  }
}

const NOTHING: Counts = { at: new Int32Array(), count: new Int32Array() }

function principalEvidence(
  store: StoreReader,
  { subject, ...question }: EvidenceQuestion,
  principal: string,
): AggregateEvidence {
  const span = { ...question, principal }
  const { aggregate } = subject
  const made: CallerCalls[] = []
  eachCaller(store, withMemory(span), (calls) => made.push(calls))
  const news = callerNews((take) => made.forEach(take), span)
  const all = aggregatesOf(news, span)
  const isMeant = ({ denied, api }: CallerCalls, isNew: ReadonlySet<string>): boolean => {
    if (aggregate === 'distinct') return true
    return aggregate === 'denials' ? denied : isNew.has(api)
  }
  const callsByApi = (asked: Minutes) => {
    const isNew = new Set(news.newcomers.filter(isIn(asked)).map(({ api }) => api))
    const calls = new Map<string, number>()
    for (const each of made.filter(isIn(asked))) {
      if (isMeant(each, isNew)) add(calls, each.api, each.calls)
    }
    return calls
  }
  return {
    counts: all.find((each) => each.subject.aggregate === aggregate)?.counts ?? NOTHING,
    callsByApi,
    byCaller: () => new Map(),
  }
}

function regionEvidence(
  store: StoreReader,
  question: EvidenceQuestion,
  subject: AggregateSubject,
): AggregateEvidence {
  const { windowMinutes } = question
  const region = subject.region ?? ''
  const loaded = loadAccount(store, question.account, { ...question, region })
  const all = regionAggregates(loaded, question)
  return {
    counts: all.find((each) => each.subject.aggregate === subject.aggregate)?.counts ?? NOTHING,
    callsByApi: (span) => apisIn(loaded, subject, { ...span, windowMinutes }),
    byCaller: (span) => callersIn(store, loaded, { ...question, ...span, subject }),
  }
}

/** Calls by API of the series that count in the aggregate. */
function apisIn(
  { history, names }: LoadedAccount,
  { aggregate }: AggregateSubject,
  { fromMinute, untilMinute, windowMinutes }: Minutes & Pick<AccountGrid, 'windowMinutes'>,
): ReadonlyMap<string, number> {
  const span = { from: fromMinute / windowMinutes, until: untilMinute / windowMinutes }
  const calls = new Map<string, number>()
  for (const { key, metric, counts, firstWindow } of history.series) {
    const name = names.get(key)
    const isMeant = aggregate === 'denials' ? isDenied(name?.errorCode ?? null) : metric === 'calls'
    const isOld =
      aggregate === 'newcomers' && (firstWindow < span.from || firstWindow >= span.until)
    const count = sumOver(counts, span)
    if (!isMeant || isOld || name === undefined || count === 0) continue
    add(calls, `${name.series.eventSource}:${name.series.eventName}`, count)
  }
  return calls
}

/** The aggregate's own unit by caller: denied calls, or APIs in an hour, or APIs in their first window. */
function callersIn(
  store: StoreReader,
  { history, names }: LoadedAccount,
  question: EvidenceQuestion,
): ReadonlyMap<string, number> {
  const { windowMinutes, subject } = question
  const series = new Map(
    history.series.flatMap(({ key, metric, firstWindow }) => {
      const ref = names.get(key)?.series.ref
      return metric === 'calls' && ref !== undefined ? [[ref, firstWindow] as const] : []
    }),
  )
  const units = new Map<string, number>()
  const once = new Set<string>()
  store.eachIdentity(question, ({ series: ref, minute, identity, errorCode, calls }) => {
    const firstWindow = series.get(ref)
    if (firstWindow === undefined) return
    if (subject.aggregate === 'denials') {
      if (isDenied(errorCode)) add(units, identity, calls)
      return
    }
    const isFirst = Math.floor(minute / windowMinutes) === firstWindow
    if (subject.aggregate === 'newcomers' && !isFirst) return
    const unit = `${ref} ${Math.floor(minute / 60)} ${identity}`
    if (once.has(unit)) return
    once.add(unit)
    add(units, identity, 1)
  })
  return units
}

/** An aggregate's sum over windows. */
export function sumOver(
  counts: Counts,
  { from, until }: { readonly from: number; readonly until: number },
): number {
  const end = cellsBefore(counts, until)
  let sum = 0
  for (let cell = cellsBefore(counts, from); cell < end; cell++) sum += counts.count[cell] ?? 0
  return sum
}

const isIn =
  ({ fromMinute, untilMinute }: Minutes) =>
  ({ minute }: { readonly minute: number }): boolean =>
    minute >= fromMinute && minute < untilMinute

function add(sums: Map<string, number>, key: string, by: number): void {
  sums.set(key, (sums.get(key) ?? 0) + by)
}
