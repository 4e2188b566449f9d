import { type Settings, settingsFrom } from '../base/settings.ts'
import type { Store, StoreReader } from '../store/store.ts'

const BASIS = 'decided-with'
const DUE = 'decision-due'

/** Is a decision due: are scores newer than it, or did the settings that decide or the accounts known change? */
export function isDecisionDue(store: StoreReader, settings: Settings): boolean {
  return store.meta(DUE) === 'yes' || store.meta(BASIS) !== basisOf(store, settings)
}

/** Says that scores are about to change, so that a run that is killed before it decides leaves a debt. */
export function oweDecision(store: Store): void {
  if (store.meta(DUE) !== 'yes') store.setMeta(DUE, 'yes')
}

/** Says that every account was decided with these settings. */
export function keepDecision(store: Store, settings: Settings): void {
  store.setMeta(BASIS, basisOf(store, settings))
  store.setMeta(DUE, 'no')
}

/** The settings that the newest run decided with; the defaults where none has. */
export function settingsOfLastRun(store: StoreReader): Settings {
  const basis = store.meta(BASIS)
  return settingsFrom(basis === null ? null : (JSON.parse(basis) as { settings: unknown }).settings)
}

function basisOf(store: StoreReader, settings: Settings): string {
  const { windowMinutes, profile, alarmBudget, shares, floors, overrides, suppressions } = settings
  const { calendars } = settings
  return JSON.stringify({
    settings: {
      ...{ windowMinutes, profile, alarmBudget, shares, floors, overrides, suppressions },
      // As before there were calendars, where there are none.
      ...(calendars.length > 0 && { calendars }),
    },
    selectors: store.selectorChanges(),
    accounts: store.accounts().map(({ account, firstMinute }) => [account, firstMinute]),
  })
}
