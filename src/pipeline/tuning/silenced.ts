import type { Settings } from '../../base/settings.ts'
import type { Insight } from '../../insight/insight.ts'
import { silencedBy } from '../../insight/suppression.ts'
import type { StoreReader } from '../../store/store.ts'
import { decideHistory } from './backtest.ts'

/** What each suppression of the settings silences on a store's history, in their order; the first that matches counts. */
export function silencedInHistory(
  store: StoreReader,
  settings: Settings,
): readonly (readonly Insight[])[] {
  const { suppressions } = settings
  const silenced: Insight[][] = suppressions.map(() => [])
  for (const insight of decideHistory(store, { ...settings, suppressions: [] })) {
    silenced[silencedBy(suppressions, insight)]?.push(insight)
  }
  return silenced
}
