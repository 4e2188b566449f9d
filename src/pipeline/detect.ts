import { LOOKBACK_DAYS, scoreAccount } from '../../models/index.ts'
import { invariant } from '../base/invariant.ts'
import type { Settings } from '../base/settings.ts'
import type { AccountNews, DetectionCommit, Store, StoreReader } from '../store/store.ts'
import { loadAccount, type SeriesName } from './account-history.ts'
import { type WithAggregates, withAggregates } from './aggregates/aggregate-series.ts'
import { heldScores } from './aggregates/held-scores.ts'
import { coverageWindows, skippingLost } from './coverage-windows.ts'
import { decideAccount } from './decide-account.ts'
import { isDecisionDue, keepDecision, oweDecision } from './decided-with.ts'
import { judgedCounts } from './drops/judged-counts.ts'
import { skippedWindows } from './skipped-windows.ts'
import { noteTeaching } from './taught-with.ts'

const DAY_MINUTES = 1440
/** Days scored from one loading of counts: bounds memory, changes nothing (scores look back a bounded time). */
const BLOCK_DAYS = 28

/** What scoring and deciding changed. */
export interface DetectReport {
  readonly accountsScored: number
  readonly daysScored: number
  readonly insights: {
    readonly added: number
    readonly changed: number
    readonly retracted: number
  }
}

export interface DetectProgress {
  readonly account: string
  readonly daysDone: number
  readonly days: number
}

/**
 * Scores every account that has news, then decides again: insights are a function of the counts, the watermarks and the
 * settings alone, however they came in.
 */
export function detect(
  store: Store,
  settings: Settings,
  onProgress: (progress: DetectProgress) => void = () => {},
): DetectReport {
  noteTeaching(store, settings)
  let accountsScored = 0
  let daysScored = 0
  for (const news of store.accounts()) {
    const span = daysToScore(news)
    if (span === null) continue
    accountsScored += 1
    oweDecision(store)
    const days = span.untilDay - span.fromDay
    store.commitDetection(
      scoredDays(store, news, { ...span, settings }, (daysDone) => {
        store.touch()
        onProgress({ account: news.account, daysDone, days })
      }),
    )
    daysScored += days
  }
  return { accountsScored, daysScored, insights: decideAll(store, settings) }
}

/** UTC days `[fromDay, untilDay)`. */
export interface DaySpan {
  readonly fromDay: number
  readonly untilDay: number
}

/** From the first day whose counts or watermark are news to the last day with a complete window; null: nothing is new. */
function daysToScore({ dirtyMinute, regions, firstMinute }: AccountNews): DaySpan | null {
  const moved = regions.filter(({ watermarkMs, scoredMs }) => watermarkMs !== scoredMs)
  if (dirtyMinute === null && moved.length === 0) return null
  const starts = moved.map(({ scoredMs }) => (scoredMs === null ? firstMinute : scoredMs / 60_000))
  const fromMinute = Math.max(
    firstMinute,
    Math.min(dirtyMinute ?? Number.POSITIVE_INFINITY, ...starts),
  )
  const untilMinute = Math.max(...regions.map(({ watermarkMs }) => watermarkMs / 60_000))
  const untilDay = Math.ceil(untilMinute / DAY_MINUTES)
  // Calls may lie after the watermark, even a day: the last complete day is scored again, for the baselines it leaves.
  return { fromDay: Math.min(Math.floor(fromMinute / DAY_MINUTES), untilDay - 1), untilDay }
}

/** Scores days of an account, which changes nothing in the store. `onBlock` is told how many days are done. */
export function scoredDays(
  store: StoreReader,
  news: AccountNews,
  { fromDay, untilDay, settings }: DaySpan & { readonly settings: Settings },
  onBlock: (daysDone: number) => void = () => {},
): DetectionCommit {
  const { windowMinutes, calendars } = settings
  const judged = judgedCounts(store, settings)
  const parts: DetectionCommit[] = []
  for (let day = fromDay; day < untilDay; ) {
    const counts = judged.on(day)
    let until = day + 1
    while (until < Math.min(untilDay, day + BLOCK_DAYS) && judged.on(until) === counts) until += 1
    const minutes = {
      fromMinute: (day - LOOKBACK_DAYS) * DAY_MINUTES,
      untilMinute: until * DAY_MINUTES,
    }
    const coverageOf = coverageWindows(store, news.account, minutes, windowMinutes)
    const span = {
      ...{ ...minutes, windowMinutes, firstMinute: news.firstMinute, coverageOf },
      skipsOf: skippingLost(skippedWindows(calendars, minutes, windowMinutes), coverageOf),
    }
    const loaded = loadAccount(counts, news.account, span)
    const whole = withAggregates(counts, news.account, loaded, span)
    const scored = scoreAccount(whole.history, { fromDay: day, untilDay: until }, { windowMinutes })
    parts.push({
      ...commitOf(news, { names: loaded.names, subjects: whole.subjects }, scored, day),
      aggregateScores: heldScores(scored.scores, whole, { windowMinutes }),
    })
    onBlock(until - fromDay)
    day = until
  }
  return joined(news, fromDay, parts)
}

/** What the opaque keys of the models stand for. */
interface Names {
  readonly names: ReadonlyMap<string, SeriesName>
  readonly subjects: WithAggregates['subjects']
}

/** What is kept of the series. Of aggregates only scores are kept: nobody asks for more. */
function commitOf(
  { account, regions }: AccountNews,
  { names, subjects }: Names,
  scored: ReturnType<typeof scoreAccount>,
  fromDay: number,
): Omit<DetectionCommit, 'aggregateScores'> {
  const nameOf = (key: string) => {
    const name = names.get(key)
    invariant(name !== undefined, `the models were given every series they score, not ${key}`)
    return { series: name.series.ref, errorCode: name.errorCode }
  }
  const ofSeries = <Of extends { readonly key: string }>(all: readonly Of[]) =>
    all.filter(({ key }) => !subjects.has(key))
  return {
    account,
    fromDay,
    scored: regions,
    scores: ofSeries(scored.scores).map((score) => ({ ...nameOf(score.key), score })),
    expectations: ofSeries(scored.expectations).map(({ key, expectation }) => ({
      ...nameOf(key),
      day: expectation.day,
      expectation,
    })),
    baselines: ofSeries(scored.standings).map(({ key, standing }) => ({
      ...nameOf(key),
      standing,
    })),
    laws: scored.days.map(({ day, laws, denseKeys }) => ({
      day,
      law: { ...laws, dense: { calls: denseKeys.calls.length, errors: denseKeys.errors.length } },
    })),
  }
}

/** One commit for an account, so that a crash between two blocks leaves its news standing. */
function joined(
  news: AccountNews,
  fromDay: number,
  parts: readonly DetectionCommit[],
): DetectionCommit {
  return {
    account: news.account,
    fromDay,
    scored: news.regions,
    scores: parts.flatMap(({ scores }) => scores),
    aggregateScores: parts.flatMap(({ aggregateScores }) => aggregateScores),
    expectations: parts.flatMap(({ expectations }) => expectations),
    baselines: parts.at(-1)?.baselines ?? [],
    laws: parts.flatMap(({ laws }) => laws),
  }
}

/** Decides where scores, the settings that decide, or the accounts known changed. */
function decideAll(store: Store, settings: Settings): DetectReport['insights'] {
  const sum = { added: 0, changed: 0, retracted: 0 }
  if (!isDecisionDue(store, settings)) return sum
  for (const { account } of store.accounts()) {
    const change = store.replaceInsights(account, decideAccount(store, account, settings))
    sum.added += change.added
    sum.changed += change.changed
    sum.retracted += change.retracted
  }
  keepDecision(store, settings)
  return sum
}
