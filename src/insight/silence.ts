import { calendarTimes } from '../base/calendars/calendar-times.ts'
import type { Calendar } from '../base/calendars.ts'
import type { Settings } from '../base/settings.ts'
import type { Suppression } from '../base/suppressions.ts'
import { isInScope } from './scope.ts'
import { type Silenceable, silencedBy } from './suppression.ts'

/** What keeps an insight back: a rule, or something that takes place when it begins. */
export type Silence = { readonly suppression: Suppression } | { readonly calendar: Calendar }

/**
 * What keeps an insight back; undefined: it is heard. Suppressions come first, then calendars, in their order. Calendars
 * ask when the unusual stretch of the window that fired begins (`unusualMs`): a window of hours may begin long before.
 */
export function silenceOf(
  { suppressions, calendars }: Pick<Settings, 'suppressions' | 'calendars'>,
  insight: Silenceable,
  unusualMs: number = insight.startMs,
): Silence | undefined {
  const suppression = suppressions[silencedBy(suppressions, insight)]
  if (suppression !== undefined) return { suppression }
  const calendar = calendars.find(
    (each) =>
      each.skip.includes('result') &&
      isInScope(each, insight) &&
      calendarTimes(each).holds(unusualMs),
  )
  return calendar === undefined ? undefined : { calendar }
}
