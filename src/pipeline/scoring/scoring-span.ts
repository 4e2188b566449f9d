import { type DaySpan, LOOKBACK_DAYS } from '../../../models/index.ts'
import type { Settings } from '../../base/settings.ts'
import type { StoreReader } from '../../store/store.ts'
import type { LoadSpan } from '../account-history.ts'
import { coverageWindows, skippingLost } from '../coverage-windows.ts'
import { skippedWindows } from '../skipped-windows.ts'

const DAY_MINUTES = 1440

/** What is loaded of an account to score its days: those they look back on too, what teaches nothing, and what is known of deliveries. */
export function scoringSpan(
  store: StoreReader,
  account: string,
  { fromDay, untilDay, settings }: DaySpan & { readonly settings: Settings },
): LoadSpan & Required<Pick<LoadSpan, 'skipsOf'>> {
  const { windowMinutes, calendars } = settings
  const minutes = {
    fromMinute: (fromDay - LOOKBACK_DAYS) * DAY_MINUTES,
    untilMinute: untilDay * DAY_MINUTES,
  }
  const coverageOf = coverageWindows(store, account, minutes, windowMinutes)
  const skipsOf = skippingLost(skippedWindows(calendars, minutes, windowMinutes), coverageOf)
  return { ...minutes, windowMinutes, skipsOf, coverageOf }
}
