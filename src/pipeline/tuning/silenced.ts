import type { Settings } from '../../base/settings.ts'
import type { Insight } from '../../insight/insight.ts'
import { silencedBy } from '../../insight/suppression.ts'
import type { StoreReader } from '../../store/store.ts'
import { decideAccount } from '../decide-account.ts'
import { decideHistory } from './backtest.ts'

/** What each calendar of the settings keeps back on a store's history, suppressions aside, in their order. */
export function skippedInHistory(
  store: StoreReader,
  settings: Settings,
): readonly (readonly Insight[])[] {
  const { calendars } = settings
  const skipped: Insight[][] = calendars.map(() => [])
  for (const { account } of store.accounts()) {
    decideAccount(store, account, { ...settings, suppressions: [] }, (insight, silence) => {
      if ('calendar' in silence) skipped[calendars.indexOf(silence.calendar)]?.push(insight)
    })
  }
  return skipped
}

/** What each suppression of the settings silences on a store's history, in their order; the first that matches counts. */
export function silencedInHistory(
  store: StoreReader,
  settings: Settings,
): readonly (readonly Insight[])[] {
  const { suppressions } = settings
  const silenced: Insight[][] = suppressions.map(() => [])
  for (const insight of decideHistory(store, { ...settings, suppressions: [], calendars: [] })) {
    silenced[silencedBy(suppressions, insight)]?.push(insight)
  }
  return silenced
}
