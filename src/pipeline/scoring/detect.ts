import type { DaySpan } from '../../../models/index.ts'
import type { Settings } from '../../base/settings.ts'
import type { AccountNews, Store, StoreReader } from '../../store/store.ts'
import { decideAccount } from '../decide-account.ts'
import { accountsDue, keepDecision, oweDecisions } from '../decided-with.ts'
import { noteTeaching } from '../taught-with.ts'
import { noteLearned, oweLearned } from './known-baselines.ts'
import { type DayOfAccount, scoredByThreads } from './scored-days.ts'
import { ScoringThreads } from './scoring-threads.ts'

const DAY_MINUTES = 1440
/** Days from which on what they were scored from is worth being collected before insights are decided. */
const MANY_DAYS = 28

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

/** How many score, and who is told how it goes on. */
export interface DetectOptions {
  /** Threads that score, this one among them; 1 unless said otherwise. Results do not depend on it. */
  readonly scorers?: number
  readonly onDetect?: (progress: DetectProgress) => void
  /** When what many days were scored from is done with: each block where an account's days are several, and all in the end. */
  readonly onBlock?: () => void
}

/**
 * Scores every account that has news, then decides again: insights are a function of the counts, the watermarks and the
 * settings alone, however they came in. Throws `WORKER_LOST`; what was committed before stands.
 */
export async function detect(
  store: Store,
  settings: Settings,
  { scorers = 1, onDetect, onBlock }: DetectOptions = {},
): Promise<DetectReport> {
  noteTeaching(store, settings)
  const toScore = newsToScore(store)
  oweDecisions(
    store,
    toScore.map(({ news }) => news.account),
  )
  let daysScored = 0
  const threads = new ScoringThreads({ threadCount: scorers - 1 })
  try {
    for (const { news, span } of toScore) {
      oweLearned(store, news.account)
      const days = span.untilDay - span.fromDay
      const scored = scoredByThreads(store, news, { ...span, settings, threads, onBlock })
      await commitEach(store, news, scored, (untilDay) => {
        store.touch()
        onDetect?.({ account: news.account, daysDone: untilDay - span.fromDay, days })
      })
      noteLearned(store, news.account)
      daysScored += days
    }
  } finally {
    await threads.close()
  }
  if (daysScored >= MANY_DAYS) onBlock?.()
  return { accountsScored: toScore.length, daysScored, insights: decideAll(store, settings) }
}

interface ToScore {
  readonly news: AccountNews
  readonly span: DaySpan
}

/** The accounts that have news, and the days to be scored of each. */
function newsToScore(store: StoreReader): readonly ToScore[] {
  return store.accounts().flatMap((news) => {
    const span = daysOfNews(news)
    return span === null ? [] : [{ news, span }]
  })
}

/** From the first day whose counts or watermark are news to the last day with a complete window; null: nothing is new. */
function daysOfNews({ dirtyMinute, regions, firstMinute }: AccountNews): DaySpan | null {
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

/**
 * Commits days as they come, so that none is kept; the account's news stand until the last, so that a crash in between has
 * all of them scored again.
 */
async function commitEach(
  store: Store,
  { regions }: AccountNews,
  scored: AsyncIterable<DayOfAccount>,
  onDay: (untilDay: number) => void,
): Promise<void> {
  let last: DayOfAccount | null = null
  for await (const day of scored) {
    if (last !== null) store.commitDays(last, day.fromDay)
    last = day
    onDay(day.untilDay)
  }
  if (last !== null) store.commitDetection({ ...last, scored: regions })
}

/** Decides accounts whose scores changed; all where the version, the settings that decide or the accounts known did. */
function decideAll(store: Store, settings: Settings): DetectReport['insights'] {
  const sum = { added: 0, changed: 0, retracted: 0 }
  const due = accountsDue(store, settings)
  oweDecisions(store, due)
  for (const account of due) {
    const change = store.replaceInsights(account, decideAccount(store, account, settings))
    sum.added += change.added
    sum.changed += change.changed
    sum.retracted += change.retracted
  }
  keepDecision(store, settings)
  return sum
}
