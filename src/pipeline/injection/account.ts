import { type Rescoring, rescoring, type SeriesHistory } from '../../../models/index.ts'
import type { Settings } from '../../base/settings.ts'
import type { SeriesRow, StoreReader } from '../../store/store.ts'
import { type LoadedAccount, loadAccount } from '../account-history.ts'
import { judgedCounts } from '../drops/judged-counts.ts'
import { scoringSpan } from '../scoring/scoring-span.ts'
import type { ApiHistory } from './plant.ts'

/** An account's counts, ready for incidents; only in memory. */
export interface InjectedAccount {
  readonly rescore: Rescoring
  readonly windowMinutes: number
  /** An API's series; with a code, its errors of that code too, though there were none. The API may be one that was never called. */
  apiOf(series: SeriesRow, errorCode: string | null, untilWindow: number): ApiHistory
}

/** Loads what scoring the days of a span takes, as its last day is judged where suppressions drop calls. Sums over many APIs are left out: no API's own scores depend on them. */
export function injectedAccount(
  store: StoreReader,
  account: string,
  { fromDay, untilDay, settings }: { fromDay: number; untilDay: number; settings: Settings },
): InjectedAccount {
  const span = scoringSpan(store, account, { fromDay, untilDay, settings })
  const { windowMinutes, skipsOf } = span
  const counts = judgedCounts(store, settings).on(untilDay - 1)
  const loaded = loadAccount(counts, account, span)
  return {
    rescore: rescoring(loaded.history, { fromDay, untilDay }, { windowMinutes }),
    windowMinutes,
    apiOf: (series, errorCode, untilWindow) =>
      apiHistory(loaded, { series, errorCode, untilWindow, skips: skipsOf(series) }),
  }
}

function apiHistory(
  { history, names }: LoadedAccount,
  of: Pick<SeriesHistory, 'untilWindow' | 'skips'> & {
    readonly series: SeriesRow
    readonly errorCode: string | null
  },
): ApiHistory {
  const { series, errorCode, untilWindow, skips } = of
  const own = history.series.filter(({ key }) => names.get(key)?.series.id === series.id)
  const empty: SeriesHistory = {
    ...{ key: series.id, metric: 'calls', pool: 'calls', group: series.region },
    counts: { at: new Int32Array(), count: new Int32Array() },
    ...{ exposure: null, of: null, firstWindow: Number.POSITIVE_INFINITY, untilWindow, skips },
  }
  const errors = new Map(
    own.flatMap((each) => {
      const code = names.get(each.key)?.errorCode ?? null
      return code === null ? [] : [[code, each] as const]
    }),
  )
  if (errorCode !== null && !errors.has(errorCode)) {
    const key = `${series.id} ${errorCode}`
    errors.set(errorCode, { ...empty, key, metric: 'errors', pool: 'errors', of: series.id })
  }
  return { calls: own.find(({ metric }) => metric === 'calls') ?? empty, errors }
}
