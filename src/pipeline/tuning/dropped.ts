import type { Settings } from '../../base/settings.ts'
import { isDropping, type Suppression } from '../../base/suppressions.ts'
import type { CountedDetails, StoreReader } from '../../store/store.ts'
import { allSeries } from '../account-history.ts'
import { daysOfRule, droppedBy, rulesFor, rulesOn } from '../drops/drop-rules.ts'
import { type Difference, differenceOf } from './difference.ts'

const DAY_MINUTES = 1440

/** What one suppression drops of a store's history, and what that does to its insights. */
export interface Dropped extends Pick<Difference, 'gained' | 'lost'> {
  /** Counted calls that it drops; where several match, the first does. */
  readonly calls: number
}

/**
 * What each suppression drops of a store's history, and which insights that takes away and brings, mutes and calendars aside;
 * null for those that mute. History is scored anew, in memory, once without each of them.
 */
export function droppedInHistory(
  store: StoreReader,
  settings: Settings,
): readonly (Dropped | null)[] {
  const rules = settings.suppressions.filter(isDropping)
  const calls = callsDropped(store, rules)
  const withRules = (suppressions: readonly Suppression[]): Settings => ({
    ...settings,
    ...{ suppressions: [...suppressions], calendars: settings.calendars.filter(teaches) },
  })
  return settings.suppressions.map((rule) => {
    if (!isDropping(rule)) return null
    const others = rules.filter((each) => each !== rule)
    const { gained, lost } = differenceOf(store, withRules(others), withRules(rules))
    return { calls: calls.get(rule) ?? 0, gained, lost }
  })
}

/** Calendars that only skip results keep insights back that a rule is asked about. */
const teaches = ({ skip }: Settings['calendars'][number]): boolean => skip.includes('learning')

/** How many counted calls each rule drops on the days it holds. */
function callsDropped(
  store: StoreReader,
  rules: readonly Suppression[],
): ReadonlyMap<Suppression, number> {
  const dropped = new Map<Suppression, number>()
  if (rules.length === 0) return dropped
  for (const { account, firstMinute, regions } of store.accounts()) {
    const series = new Map([...allSeries(store, account)].map((row) => [row.ref, row]))
    const last = Math.max(...[...series.values()].map(({ lastMinute }) => lastMinute))
    if (regions.length === 0 || !Number.isFinite(last)) continue
    const known = new Map<string, readonly Suppression[]>()
    const rulesOf = ({ series: ref, day }: CountedDetails): readonly Suppression[] => {
      const key = `${ref} ${day}`
      const row = series.get(ref)
      const own = known.get(key) ?? (row === undefined ? [] : rulesFor(rulesOn(rules, day), row))
      known.set(key, own)
      return own
    }
    const days = rules.map(daysOfRule)
    const fromDay = Math.max(
      Math.floor(firstMinute / DAY_MINUTES),
      Math.min(...days.map(({ from }) => from)),
    )
    const untilDay = Math.min(
      Math.floor(last / DAY_MINUTES) + 1,
      Math.max(...days.map(({ until }) => until)),
    )
    store.eachCall({ account, fromDay, untilDay }, (call) => {
      const own = rulesOf(call)
      const rule = own[droppedBy(own, call)]
      if (rule !== undefined) dropped.set(rule, (dropped.get(rule) ?? 0) + 1)
    })
  }
  return dropped
}
