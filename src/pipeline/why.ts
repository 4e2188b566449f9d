import {
  type BurstLaw,
  band,
  type DayExpectation,
  decide,
  type Score,
  surpriseNeeded,
  whyNot,
} from '../../models/index.ts'
import { Fault } from '../base/fault.ts'
import type { Settings } from '../base/settings.ts'
import type { Suppression } from '../base/suppressions.ts'
import { rfc3339 } from '../base/times.ts'
import type { SeriesRow, StoreReader } from '../store/store.ts'
import { sensitivityOf } from './decide-account.ts'
import { overridden, overridesFor } from './overrides.ts'
import { silencedAt } from './silenced-at.ts'
import {
  gateWords,
  judgedSentence,
  ORDINARY,
  quietSentence,
  type WindowFacts,
} from './why-words.ts'

const DAY_MINUTES = 1440

/** Why a window of a series was reported, or why it was not. Counts are of one window of the grid unless said otherwise. */
export interface Explanation {
  readonly series: string
  /** RFC 3339: the start of the window. */
  readonly at: string
  readonly standing: string
  readonly count: number
  readonly expected: number | null
  readonly low: number | null
  readonly high: number | null
  /** -ln of the windows like this expected per account-week; null: too ordinary to be kept. */
  readonly surprise: number | null
  readonly needed: number | null
  readonly verdict: string
  readonly gates: string[]
  readonly sentence: string
  readonly arithmetic: Record<string, number | string>
}

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
  const context = {
    ...{ series, errorCode, window, windowMinutes },
    count: countIn(store, question, span),
    expectation: expectationAt(store, question, day),
    law: lawAt(store, series.account, day, errorCode),
    score: scoreAt(store, question, span),
  }
  const range = rangeOf(context)
  const judged = judgementOf(context, settings, store)
  return {
    series: series.id,
    at: rfc3339(minute * 60_000),
    standing: context.expectation === null ? 'sparse' : 'dense',
    count: context.count,
    ...range,
    ...judged,
    arithmetic: { ...context.score?.terms },
  }
}

interface Context extends WindowFacts {
  readonly series: SeriesRow
  readonly score: Score | undefined
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

function rangeOf({ expectation, window }: Context): Pick<Explanation, 'expected' | 'low' | 'high'> {
  if (expectation === null) return { expected: null, low: null, high: null }
  return band(expectation, { from: window, until: window + 1 })
}

type Judgement = Pick<Explanation, 'surprise' | 'needed' | 'verdict' | 'gates' | 'sentence'>

function judgementOf(context: Context, settings: Settings, store: StoreReader): Judgement {
  const { score, window, windowMinutes, series } = context
  const known = store
    .watermarks()
    .find(({ account, region }) => account === series.account && region === series.region)
  const knownMs = known?.watermarkMs ?? Number.NEGATIVE_INFINITY
  if (knownMs < (window + 1) * windowMinutes * 60_000) return incomplete(knownMs)
  const nothing = { surprise: null, needed: null }
  if (score === undefined) {
    return { ...nothing, verdict: 'quiet', gates: [ORDINARY], sentence: quietSentence(context) }
  }
  const judged = { series, errorCode: context.errorCode, direction: score.direction }
  const sensitivity = overridden(
    sensitivityOf(store, settings)(score.untilWindow),
    overridesFor(settings.overrides, judged).map(({ override }) => override),
  )
  const verdict = decide(score, sensitivity)
  const gate = gateWords(whyNot(score, sensitivity))
  const atMs = window * windowMinutes * 60_000
  const silenced =
    verdict === 'alarm'
      ? silencedAt(store, settings, { series, errorCode: context.errorCode, atMs })
      : undefined
  if (silenced !== undefined) return silencedWords(score, context, silenced)
  return {
    surprise: score.surprise,
    needed: surpriseNeeded(sensitivity, score.family),
    verdict,
    gates: [gate],
    sentence: judgedSentence(context, score, { verdict, gate }),
  }
}

function silencedWords(score: Score, context: Context, { reason }: Suppression): Judgement {
  const gate = `silenced by a suppression of the settings (${reason})`
  const verdict = 'quiet'
  return {
    ...{ surprise: score.surprise, needed: null, verdict, gates: [gate] },
    sentence: judgedSentence(context, score, { verdict, gate }),
  }
}

function incomplete(knownMs: number): Judgement {
  const until = Number.isFinite(knownMs) ? `known up to ${rfc3339(knownMs)}` : 'not known at all'
  const gate = `the window is not complete: data of this account and Region is ${until}`
  return {
    ...{ surprise: null, needed: null, verdict: 'incomplete' },
    ...{ gates: [gate], sentence: `Not judged yet: ${gate}.` },
  }
}
