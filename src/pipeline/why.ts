import {
  type BurstLaw,
  band,
  type DayExpectation,
  type Score,
  termsOf,
} from '../../models/index.ts'
import { Fault } from '../base/fault.ts'
import type { Settings } from '../base/settings.ts'
import { rfc3339 } from '../base/times.ts'
import type { SeriesRow, StoreReader } from '../store/store.ts'
import { withCoverage } from './coverage-words.ts'
import { judgedCounts } from './drops/judged-counts.ts'
import { type Explanation, type JudgedWindow, judgementOf } from './judgement.ts'

export type { Explanation } from './judgement.ts'

const DAY_MINUTES = 1440

/** Answers why and why not from a store: it reads stored counts, expectations and scores, and decides again. */
export function whyOf(
  store: StoreReader,
  settings: Settings,
): (seriesId: string, atMs: number, errorCode: string | null) => Explanation {
  return (seriesId, atMs, errorCode) => {
    const series = store.seriesById(seriesId)
    if (series === undefined) {
      throw new Fault(
        'NOT_FOUND',
        `no series has the id ${seriesId}: offtrail series list prints ids`,
      )
    }
    return explain(store, settings, { series, errorCode, atMs })
  }
}

interface Question {
  readonly series: SeriesRow
  readonly errorCode: string | null
  readonly atMs: number
}

function explain(store: StoreReader, settings: Settings, question: Question): Explanation {
  const { series, errorCode, atMs } = question
  const { windowMinutes } = settings
  const window = Math.floor(atMs / 60_000 / windowMinutes)
  const minute = window * windowMinutes
  const day = Math.floor(minute / DAY_MINUTES)
  const span = { fromMinute: minute, untilMinute: minute + windowMinutes }
  const counts = judgedCounts(store, settings).on(day)
  const context = {
    ...{ series, errorCode, window, windowMinutes },
    count: countIn(counts, question, span),
    dropped: countIn(store, question, span) - countIn(counts, question, span),
    expectation: expectationAt(store, question, day),
    law: lawAt(store, series.account, day, errorCode),
    score: scoreAt(store, question, span),
  }
  const range = rangeOf(context)
  const judged = withCoverage(judgementOf(context, settings, store), context, store)
  return {
    series: series.id,
    at: rfc3339(minute * 60_000),
    standing: context.expectation === null ? 'sparse' : 'dense',
    count: context.count,
    ...range,
    ...judged,
    arithmetic: context.score === undefined ? {} : termsOf(context.score),
  }
}

interface MinuteSpan {
  readonly fromMinute: number
  readonly untilMinute: number
}

function countIn(
  store: StoreReader,
  { series, errorCode }: Question,
  { fromMinute, untilMinute }: MinuteSpan,
): number {
  const { codes, counts } = store.minuteCells(series.ref, fromMinute, untilMinute)
  const names = store.codeNames()
  return counts.reduce(
    (sum, count, at) =>
      errorCode === null || names[codes[at] ?? 0] === errorCode ? sum + count : sum,
    0,
  )
}

function expectationAt(
  store: StoreReader,
  { series, errorCode }: Question,
  day: number,
): DayExpectation | null {
  const [stored] = store.expectations(series.ref, errorCode, day, day + 1)
  return (stored?.expectation as DayExpectation | undefined) ?? null
}

function lawAt(
  store: StoreReader,
  account: string,
  day: number,
  errorCode: string | null,
): BurstLaw | null {
  const law = store.law(account, day) as Record<'calls' | 'errors', BurstLaw> | null
  return law?.[errorCode === null ? 'calls' : 'errors'] ?? null
}

/** The most surprising stored score whose span, up to 24 hours, holds the window. */
function scoreAt(
  store: StoreReader,
  { series, errorCode }: Question,
  span: MinuteSpan,
): Score | undefined {
  return store
    .scores({ series: series.ref, ...span })
    .filter((stored) => stored.errorCode === errorCode)
    .map(({ score }) => score)
    .sort((a, b) => b.surprise - a.surprise || a.untilWindow - b.untilWindow)[0]
}

function rangeOf({
  expectation,
  window,
}: JudgedWindow): Pick<Explanation, 'expected' | 'low' | 'high'> {
  if (expectation === null) return { expected: null, low: null, high: null }
  return band(expectation, { from: window, until: window + 1 })
}
