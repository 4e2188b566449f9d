import type { DaySpan, KeptBaseline, KnownBaselines, Standing } from '../../../models/index.ts'
import { VERSION } from '../../base/version.ts'
import { everyPage } from '../../store/every-page.ts'
import type { AccountNews, Store, StoreReader } from '../../store/store.ts'
import { seriesKey } from '../account-history.ts'

const DAY_MINUTES = 1440
/** By account, the version that left its baselines: another may learn otherwise. */
const learnedBy = (account: string): string => `learned-by ${account}`

/**
 * The baselines that an account's last scoring left, as long as this version learned them, for the first day to be scored now, and
 * nothing that this day is learned from has changed: most runs score the day again that the run before them ended in.
 */
export function knownBaselines(
  store: StoreReader,
  news: AccountNews,
  { fromDay }: Pick<DaySpan, 'fromDay'>,
): KnownBaselines {
  const known = new Map<string, KeptBaseline>()
  if (lastScoredDay(news) !== fromDay || isLessonNews(news, fromDay)) return known
  if (store.meta(learnedBy(news.account)) !== VERSION) return known
  const rows = everyPage((page) => store.baselines({ account: [news.account] }, page))
  for (const { series, baseline } of rows) {
    const standing = baseline.standing as Standing
    if (standing.kind === 'dense') {
      known.set(seriesKey(series, baseline.errorCode), standing.baseline)
    }
  }
  return known
}

/**
 * Until `noteLearned` says whose an account's baselines are, they are nobody's where another version learned those before: a run that
 * is killed in between may have left its own.
 */
export function oweLearned(store: Store, account: string): void {
  const learner = store.meta(learnedBy(account))
  if (learner !== null && learner !== VERSION) store.setMeta(learnedBy(account), '')
}

/** Says that an account's baselines are those of this version. */
export function noteLearned(store: Store, account: string): void {
  if (store.meta(learnedBy(account)) !== VERSION) store.setMeta(learnedBy(account), VERSION)
}

/** The day whose baselines are kept; -1 before the first scoring. */
function lastScoredDay({ regions }: AccountNews): number {
  const scoredMs = Math.max(0, ...regions.map((region) => region.scoredMs ?? 0))
  return Math.ceil(scoredMs / 60_000 / DAY_MINUTES) - 1
}

/** Whether days before it may teach something else than when it was scored. Rules of its own, which bear on all days that it is learned from, are news from its first minute on. */
function isLessonNews({ dirtyMinute }: AccountNews, day: number): boolean {
  return dirtyMinute !== null && dirtyMinute <= day * DAY_MINUTES
}
