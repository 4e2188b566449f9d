import { type Settings, settingsFrom } from '../base/settings.ts'
import { VERSION } from '../base/version.ts'
import type { Store, StoreReader } from '../store/store.ts'

const BASIS = 'decided-with'
const DUE = 'decisions-due'

/**
 * The accounts to be decided: those whose scores are newer than their insights, and all where the version, the settings that decide or
 * the accounts known changed.
 */
export function accountsDue(store: StoreReader, settings: Settings): readonly string[] {
  const accounts = store.accounts().map(({ account }) => account)
  if (store.meta(BASIS) !== basisOf(store, settings)) return accounts
  const owed = new Set(decisionsOwed(store))
  return accounts.filter((account) => owed.has(account))
}

/** Says that scores or insights of accounts are about to change, so that a run that is killed before all are decided leaves a debt. */
export function oweDecisions(store: Store, accounts: readonly string[]): void {
  const owed = decisionsOwed(store)
  const more = accounts.filter((account) => !owed.includes(account))
  if (more.length > 0) store.setMeta(DUE, JSON.stringify([...owed, ...more]))
}

/** Says that every account is decided with these settings. */
export function keepDecision(store: Store, settings: Settings): void {
  const basis = basisOf(store, settings)
  if (store.meta(BASIS) !== basis) store.setMeta(BASIS, basis)
  if (decisionsOwed(store).length > 0) store.setMeta(DUE, '[]')
}

function decisionsOwed(store: StoreReader): readonly string[] {
  return JSON.parse(store.meta(DUE) ?? '[]') as string[]
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
    version: VERSION,
    settings: {
      ...{ windowMinutes, profile, alarmBudget, shares, floors, overrides, suppressions },
      // As before there were calendars, where there are none.
      ...(calendars.length > 0 && { calendars }),
    },
    selectors: store.selectorChanges(),
    accounts: store.accounts().map(({ account, firstMinute }) => [account, firstMinute]),
  })
}
