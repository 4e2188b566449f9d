import { calendarTimes } from '../base/calendars/calendar-times.ts'
import type { Calendar } from '../base/calendars.ts'
import { fits } from '../base/glob.ts'
import type { Settings } from '../base/settings.ts'
import { isDropping, type Suppression } from '../base/suppressions.ts'
import { isInScope } from '../insight/scope.ts'
import { daysOfRule } from '../pipeline/drops/drop-rules.ts'
import type { SeriesRow } from '../store/store.ts'

const DAY_MS = 86_400_000

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
  /** Only insights or calls with these are meant; empty: all are. */
  readonly only: Pick<Suppression, 'principal' | 'userAgent' | 'direction' | 'errorCode'>
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
    ...suppressions
      .filter((rule) => concerns(rule, ask))
      .map((rule) => exclusionBy(rule, ask.errorCode)),
    ...calendars
      .filter((calendar) => isInScope(calendar, ask.series))
      .flatMap((calendar) => takingPlace(calendar, ask)),
  ]
  return found.sort((one, other) => (one.fromMs ?? 0) - (other.fromMs ?? 0))
}

/** Whether a rule may silence an insight about the calls or errors of a series, or drop calls of it, in the span. */
function concerns(
  rule: Suppression,
  { series, errorCode, fromMs, untilMs }: ExclusionsAsk,
): boolean {
  const { fromMs: beginMs, untilMs: endMs } = timesOf(rule)
  if ((beginMs ?? 0) >= untilMs || (endMs !== null && endMs <= fromMs)) return false
  return isOfKind(rule, errorCode) && isInScope(rule, series)
}

function isOfKind(rule: Suppression, errorCode: string | null): boolean {
  const { errorCode: pattern, insightType } = rule
  const isLike = fits(pattern, errorCode)
  // Calls that failed are calls.
  if (isDropping(rule)) return isLike || errorCode === null
  const type = errorCode === null ? 'ApiCallRateInsight' : 'ApiErrorRateInsight'
  return isLike && (insightType ?? type) === type
}

/** From when until when a rule holds; one that drops calls does on whole UTC days. */
function timesOf(rule: Suppression): Pick<Exclusion, 'fromMs' | 'untilMs'> {
  const { from, until } = rule
  const days = daysOfRule(rule)
  const moment = (text: string | undefined, day: number): number | null => {
    if (text === undefined) return null
    return isDropping(rule) ? day * DAY_MS : Date.parse(text)
  }
  return { fromMs: moment(from, days.from), untilMs: moment(until, days.until) }
}

function exclusionBy(rule: Suppression, errorCode: string | null): Exclusion {
  const { principal, userAgent, direction, reason } = rule
  return {
    ...{ kind: 'suppression', title: null, reason, ...timesOf(rule) },
    skip: isDropping(rule) ? ['result', 'learning'] : ['result'],
    only: {
      ...(principal !== undefined && { principal }),
      ...(userAgent !== undefined && { userAgent }),
      ...(direction !== undefined && { direction }),
      ...(rule.errorCode !== undefined && errorCode === null && { errorCode: rule.errorCode }),
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
