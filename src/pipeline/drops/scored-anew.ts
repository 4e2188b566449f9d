import type { Score } from '../../../models/index.ts'
import type { Settings } from '../../base/settings.ts'
import type { AccountNews, DaysScored, StoredScore, StoreReader } from '../../store/store.ts'
import { scoredDays } from '../scoring/scored-days.ts'
import { accountsDroppedOtherwise } from '../taught-with.ts'
import { dropRules } from './drop-rules.ts'

const DAY_MINUTES = 1440

/**
 * A store's history as a run with these settings scores it: the store itself, but for accounts of which other calls were
 * dropped when they were scored. Those are scored anew, in memory, which takes as long as it took at first; the same settings are not
 * scored twice.
 */
export function scoredFor(store: StoreReader, settings: Settings): StoreReader {
  const accounts = accountsDroppedOtherwise(store, settings)
  if (accounts.length === 0) return store
  const { windowMinutes, calendars } = settings
  const key = JSON.stringify([dropRules(settings), windowMinutes, calendars, store.version()])
  const known = anew.get(store)
  if (known?.key === key) return known.reader
  const reader = scoredAnew(store, accounts, settings)
  anew.set(store, { key, reader })
  return reader
}

interface Scored extends Pick<DaysScored, 'scores' | 'aggregateScores' | 'laws'> {
  readonly bySeries: ReadonlyMap<number, readonly StoredScore[]>
}

/** The last of each store: a history of scores is large. */
const anew = new WeakMap<StoreReader, { readonly key: string; readonly reader: StoreReader }>()

function scoredAnew(
  store: StoreReader,
  accounts: readonly AccountNews[],
  settings: Settings,
): StoreReader {
  const commits = new Map<string, Scored>()
  for (const news of accounts) {
    const { account, firstMinute, regions } = news
    const untilMs = Math.max(0, ...regions.map(({ scoredMs }) => scoredMs ?? 0))
    const span = {
      fromDay: Math.floor(firstMinute / DAY_MINUTES),
      untilDay: Math.ceil(untilMs / 60_000 / DAY_MINUTES),
    }
    commits.set(account, inStoredOrder([...scoredDays(store, news, { ...span, settings })]))
  }
  return {
    ...store,
    scores: (of) => {
      const { series, account, fromMinute, untilMinute } = of
      const commit = commits.get(account ?? store.seriesByRef(series ?? -1)?.account ?? '')
      if (commit === undefined) return store.scores(of)
      const asked = series === undefined ? commit.scores : (commit.bySeries.get(series) ?? [])
      return asked.filter(
        (each) =>
          each.score.untilWindow * settings.windowMinutes > fromMinute &&
          each.score.fromWindow * settings.windowMinutes < untilMinute,
      )
    },
    scoredSeries: (account, least) => [
      ...(commits.get(account)?.bySeries.keys() ?? store.scoredSeries(account, least)),
    ],
    aggregateScores: (account, least) =>
      commits.get(account)?.aggregateScores ?? store.aggregateScores(account, least),
    law: (account, day) => {
      const commit = commits.get(account)
      if (commit === undefined) return store.law(account, day)
      return commit.laws.findLast((each) => each.day <= day)?.law ?? null
    },
  }
}

/** A store hands scores over by the end of their window, then its begin, then their content. */
function inStoredOrder(days: readonly DaysScored[]): Scored {
  const scores = days.flatMap((day) => day.scores).sort(byStoredOrder)
  const bySeries = new Map<number, StoredScore[]>()
  for (const each of scores) {
    const known = bySeries.get(each.series)
    if (known === undefined) bySeries.set(each.series, [each])
    else known.push(each)
  }
  return {
    ...{ scores, bySeries },
    aggregateScores: days.flatMap(({ aggregateScores }) => aggregateScores).sort(byStoredOrder),
    laws: days.flatMap(({ laws }) => laws),
  }
}

function byStoredOrder(one: { readonly score: Score }, other: { readonly score: Score }): number {
  const [a, b] = [one.score, other.score]
  return (
    a.untilWindow - b.untilWindow ||
    a.fromWindow - b.fromWindow ||
    (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1)
  )
}
