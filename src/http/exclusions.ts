import { calendarTimes } from '../base/calendars/calendar-times.ts'
import type { Calendar } from '../base/calendars.ts'
import { matchesGlob } from '../base/glob.ts'
import type { Settings } from '../base/settings.ts'
import type { Suppression } from '../base/suppressions.ts'
import { isInScope } from '../insight/calendar-scope.ts'
import { serviceOf } from '../insight/service.ts'
import type { SeriesRow } from '../store/store.ts'

/** A time at which what happens in a series is not reported, or teaches nothing. */
export interface Exclusion {
  readonly kind: 'suppression' | 'calendar'
  /** The calendar's name and its event's; null for a suppression. */
  readonly title: string | null
  readonly reason: string
  /** Epoch milliseconds; null: without a beginning, without an end. */
  readonly fromMs: number | null
  readonly untilMs: number | null
  readonly skip: Calendar['skip']
  /** Only insights with these are silenced; empty: all are. */
  readonly only: Pick<Suppression, 'principal' | 'userAgent' | 'direction'>
}

/** The series and time that are asked about, epoch milliseconds. */
export interface ExclusionsAsk {
  readonly series: SeriesRow
  /** Errors of that code; null: calls. */
  readonly errorCode: string | null
  readonly fromMs: number
  readonly untilMs: number
}

/** What the settings exclude of a series in a span, in order of time. Throws `SETTINGS_INVALID` as calendars do. */
export function exclusionsOf(
  { suppressions, calendars }: Pick<Settings, 'suppressions' | 'calendars'>,
  ask: ExclusionsAsk,
): readonly Exclusion[] {
  const found = [
    ...suppressions.filter((rule) => concerns(rule, ask)).map(silencing),
    ...calendars
      .filter((calendar) => isInScope(calendar, ask.series))
      .flatMap((calendar) => takingPlace(calendar, ask)),
  ]
  return found.sort((one, other) => (one.fromMs ?? 0) - (other.fromMs ?? 0))
}

/** Whether a rule may silence an insight about the calls or errors of a series that begins in the span. */
function concerns(
  rule: Suppression,
  { series, errorCode, fromMs, untilMs }: ExclusionsAsk,
): boolean {
  const type = errorCode === null ? 'ApiCallRateInsight' : 'ApiErrorRateInsight'
  if ((rule.insightType ?? type) !== type) return false
  if (rule.from !== undefined && Date.parse(rule.from) >= untilMs) return false
  if (rule.until !== undefined && Date.parse(rule.until) <= fromMs) return false
  const { errorCode: code } = rule
  if (code !== undefined && (errorCode === null || !matchesGlob(code, errorCode))) return false
  const { api, account, region } = rule
  const name = `${serviceOf(series.eventSource)}:${series.eventName}`
  return (
    (api === undefined || matchesGlob(api, name)) &&
    (account === undefined || matchesGlob(account, series.account)) &&
    (region === undefined || matchesGlob(region, series.region))
  )
}

function silencing({ from, until, reason, ...rule }: Suppression): Exclusion {
  const { principal, userAgent, direction } = rule
  return {
    ...{ kind: 'suppression', title: null, reason, skip: ['result'] },
    fromMs: from === undefined ? null : Date.parse(from),
    untilMs: until === undefined ? null : Date.parse(until),
    only: {
      ...(principal !== undefined && { principal }),
      ...(userAgent !== undefined && { userAgent }),
      ...(direction !== undefined && { direction }),
    },
  }
}

function takingPlace(calendar: Calendar, { fromMs, untilMs }: ExclusionsAsk): readonly Exclusion[] {
  const { name, reason, skip } = calendar
  return calendarTimes(calendar)
    .in({ fromMs, untilMs })
    .map((time) => ({
      ...{ kind: 'calendar', reason, skip, only: {} },
      title: time.title === '' || time.title === name ? name : `${name}: ${time.title}`,
      ...{ fromMs: time.fromMs, untilMs: time.untilMs },
    }))
}
