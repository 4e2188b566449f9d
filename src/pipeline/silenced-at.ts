import type { Settings } from '../base/settings.ts'
import type { Silence } from '../insight/silence.ts'
import type { SeriesRow, StoreReader } from '../store/store.ts'
import { decideAccount } from './decide-account.ts'

/** What silences a series' alarm at a moment (epoch milliseconds), a suppression or a calendar; undefined: nothing does. */
export function silencedAt(
  store: StoreReader,
  settings: Settings,
  { series, errorCode, atMs }: { series: SeriesRow; errorCode: string | null; atMs: number },
): Silence | undefined {
  const { suppressions, calendars } = settings
  // Callers and user agents are known of insights alone, so the account is decided.
  if (suppressions.length + calendars.length === 0) return undefined
  const silences: Silence[] = []
  decideAccount(store, series.account, settings, (each, silence) => {
    if (
      each.region === series.region &&
      each.category === series.category &&
      each.eventSource === series.eventSource &&
      each.eventName === series.eventName &&
      each.errorCode === errorCode &&
      each.startMs <= atMs &&
      (each.endMs === null || each.endMs > atMs)
    ) {
      silences.push(silence)
    }
  })
  return silences[0]
}
