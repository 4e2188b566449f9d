import type { Settings } from '../base/settings.ts'
import type { Suppression } from '../base/suppressions.ts'
import { silencedBy } from '../insight/suppression.ts'
import type { SeriesRow, StoreReader } from '../store/store.ts'
import { decideAccount } from './decide-account.ts'

/** The suppression that silences a series' alarm at a moment (epoch milliseconds); undefined: none does. */
export function silencedAt(
  store: StoreReader,
  settings: Settings,
  { series, errorCode, atMs }: { series: SeriesRow; errorCode: string | null; atMs: number },
): Suppression | undefined {
  const { suppressions } = settings
  // Callers and user agents are known of insights alone, so the account is decided as if there were no rule.
  if (suppressions.length === 0) return undefined
  const insight = decideAccount(store, series.account, { ...settings, suppressions: [] }).find(
    (each) =>
      each.region === series.region &&
      each.category === series.category &&
      each.eventSource === series.eventSource &&
      each.eventName === series.eventName &&
      each.errorCode === errorCode &&
      each.startMs <= atMs &&
      (each.endMs === null || each.endMs > atMs),
  )
  return insight === undefined ? undefined : suppressions[silencedBy(suppressions, insight)]
}
