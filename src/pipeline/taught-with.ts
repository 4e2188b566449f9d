import type { WindowSpan } from '../../models/index.ts'
import { matchesGlob } from '../base/glob.ts'
import type { Settings } from '../base/settings.ts'
import type { Suppression } from '../base/suppressions.ts'
import type { AccountNews, Store, StoreReader } from '../store/store.ts'
import { daysOfRule, dropRules } from './drops/drop-rules.ts'
import { joined, type MinuteSpan, windowsOf } from './skipped-windows.ts'

const BASIS = 'taught-with'
const DAY_MINUTES = 1440

/** What calendars kept from teaching, and suppressions dropped, when history was scored: windows before one, by whose they are. */
interface Basis {
  readonly untilWindow: number
  readonly skips: readonly {
    /** Selectors of accounts, Regions and APIs, of what is dropped also of callers, user agents and error codes; null: all. */
    readonly scope: readonly [account: string | null, ...others: (string | null)[]]
    readonly windows: readonly WindowSpan[]
  }[]
}

/**
 * Makes news of what calendars keep from teaching, and suppressions drop, otherwise than when it was scored: the accounts it is
 * about are scored again from its first window on. A run that is killed before it does leaves the news standing.
 */
export function noteTeaching(store: Store, settings: Settings): void {
  const kept = store.meta(BASIS)
  const accounts = store.accounts()
  if (accounts.length === 0) return
  const now = basisOf(settings, accounts)
  if (kept === null && now.skips.length === 0) return
  const before = kept === null ? null : (JSON.parse(kept) as Basis)
  for (const { account } of accounts) {
    const window = firstDifference(before, now, account)
    if (Number.isFinite(window)) store.oweScoring(account, window * settings.windowMinutes)
  }
  store.setMeta(BASIS, JSON.stringify(now))
}

/** The accounts whose history was scored with other calls dropped than these settings drop. */
export function accountsDroppedOtherwise(
  store: StoreReader,
  settings: Settings,
): readonly AccountNews[] {
  const kept = store.meta(BASIS)
  const drops = ({ untilWindow, skips }: Basis): Basis => ({
    untilWindow,
    skips: skips.filter(({ scope }) => scope.length === DROP_SELECTORS.length),
  })
  const accounts = store.accounts()
  if (accounts.length === 0) return []
  const now = drops(basisOf(settings, accounts))
  const before = kept === null ? null : drops(JSON.parse(kept) as Basis)
  return accounts.filter(({ account }) => Number.isFinite(firstDifference(before, now, account)))
}

function basisOf(settings: Settings, accounts: readonly AccountNews[]): Basis {
  const { calendars, windowMinutes } = settings
  const marks = accounts.flatMap(({ regions }) => regions.map(({ watermarkMs }) => watermarkMs))
  const untilWindow = Math.ceil(Math.max(0, ...marks) / 60_000 / windowMinutes)
  const firstDay = Math.floor(
    Math.min(...accounts.map(({ firstMinute }) => firstMinute)) / DAY_MINUTES,
  )
  const span = { fromMinute: firstDay * DAY_MINUTES, untilMinute: untilWindow * windowMinutes }
  const skips = calendars
    .filter(({ skip }) => skip.includes('learning'))
    .map((calendar): Basis['skips'][number] => ({
      scope: [calendar.account ?? null, calendar.region ?? null, calendar.api ?? null],
      windows: windowsOf(calendar, span, windowMinutes),
    }))
  const drops = dropRules(settings).map((rule): Basis['skips'][number] => {
    const [account, ...others] = DROP_SELECTORS.map((name) => rule[name] ?? null)
    return {
      scope: [account ?? null, ...others],
      windows: windowsOfRule(rule, span, windowMinutes),
    }
  })
  return { untilWindow, skips: [...skips, ...drops] }
}

const DROP_SELECTORS = ['account', 'region', 'api', 'principal', 'userAgent', 'errorCode'] as const

/** The windows of the days on which a rule drops calls, within a span. */
function windowsOfRule(
  rule: Suppression,
  { fromMinute, untilMinute }: MinuteSpan,
  windowMinutes: number,
): readonly WindowSpan[] {
  const days = daysOfRule(rule)
  const from = Math.max(fromMinute, days.from * DAY_MINUTES) / windowMinutes
  const until = Math.min(untilMinute, days.until * DAY_MINUTES) / windowMinutes
  return from < until ? [{ from, until }] : []
}

/** The first window of what was scored already that now teaches an account what it did not, or no more; Infinity: none. */
function firstDifference(before: Basis | null, now: Basis, account: string): number {
  const known = before?.untilWindow ?? now.untilWindow
  const scopes = new Set([...(before?.skips ?? []), ...now.skips].map(scopeKey))
  let first = Number.POSITIVE_INFINITY
  for (const scope of scopes) {
    const [pattern] = JSON.parse(scope) as readonly [string | null]
    if (pattern !== null && !matchesGlob(pattern, account)) continue
    const windowsIn = (basis: Basis | null): readonly WindowSpan[] =>
      joined((basis?.skips ?? []).filter((each) => scopeKey(each) === scope).flatMap(windowsOfSkip))
    first = Math.min(first, firstApart(windowsIn(before), windowsIn(now)))
  }
  return first < known ? first : Number.POSITIVE_INFINITY
}

const scopeKey = ({ scope }: Basis['skips'][number]): string => JSON.stringify(scope)
const windowsOfSkip = ({ windows }: Basis['skips'][number]): readonly WindowSpan[] => windows

/** The first window that only one of two lists holds; Infinity: they hold the same. */
function firstApart(one: readonly WindowSpan[], other: readonly WindowSpan[]): number {
  for (let place = 0; place < Math.max(one.length, other.length); place++) {
    const [a, b] = [one[place], other[place]]
    if (a === undefined || b === undefined) return (a ?? b)?.from ?? Number.POSITIVE_INFINITY
    if (a.from !== b.from) return Math.min(a.from, b.from)
    if (a.until !== b.until) return Math.min(a.until, b.until)
  }
  return Number.POSITIVE_INFINITY
}
