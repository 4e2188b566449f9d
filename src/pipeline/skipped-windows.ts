import type { WindowSpan } from '../../models/index.ts'
import { calendarTimes } from '../base/calendars/calendar-times.ts'
import type { Calendar } from '../base/calendars.ts'
import { type InScope, isInScope } from '../insight/scope.ts'

/** The windows of an API's counts that teach nothing, ascending and apart; undefined: all teach. */
export type SkipsOf = (about: InScope) => readonly WindowSpan[] | undefined

/** Minutes since the epoch, `[fromMinute, untilMinute)`. */
export interface MinuteSpan {
  readonly fromMinute: number
  readonly untilMinute: number
}

interface Skipping {
  readonly calendar: Calendar
  readonly windows: readonly WindowSpan[]
}

/** What calendars keep from teaching in a span: whole windows, wherever an event touches one. */
export function skippedWindows(
  calendars: readonly Calendar[],
  span: MinuteSpan,
  windowMinutes: number,
): SkipsOf {
  const skipping = calendars
    .filter(({ skip }) => skip.includes('learning'))
    .map((calendar): Skipping => ({ calendar, windows: windowsOf(calendar, span, windowMinutes) }))
  if (skipping.length === 0) return () => undefined
  // Most series are in the same scopes.
  const known = new Map<string, readonly WindowSpan[]>()
  return (about) => {
    const places = [...skipping.keys()].filter((place) => isAt(skipping[place], about))
    if (places.length === 0) return undefined
    const key = places.join()
    const windows =
      known.get(key) ?? joined(places.flatMap((place) => skipping[place]?.windows ?? []))
    known.set(key, windows)
    return windows
  }
}

function isAt(skipping: Skipping | undefined, about: InScope): boolean {
  return skipping !== undefined && isInScope(skipping.calendar, about)
}

/** The windows that a calendar's events touch in a span, ascending and apart. */
export function windowsOf(
  calendar: Calendar,
  { fromMinute, untilMinute }: MinuteSpan,
  windowMinutes: number,
): readonly WindowSpan[] {
  const span = { fromMs: fromMinute * 60_000, untilMs: untilMinute * 60_000 }
  const windowMs = windowMinutes * 60_000
  return joined(
    calendarTimes(calendar)
      .in(span)
      .map(({ fromMs, untilMs }) => ({
        from: Math.max(Math.floor(fromMs / windowMs), fromMinute / windowMinutes),
        until: Math.min(Math.ceil(untilMs / windowMs), untilMinute / windowMinutes),
      })),
  )
}

/** The same spans in order, with none that touches the next. */
export function joined(spans: readonly WindowSpan[]): readonly WindowSpan[] {
  const apart: WindowSpan[] = []
  for (const span of [...spans].sort((one, other) => one.from - other.from)) {
    const last = apart.at(-1)
    if (last !== undefined && span.from <= last.until) {
      apart[apart.length - 1] = { from: last.from, until: Math.max(last.until, span.until) }
    } else apart.push(span)
  }
  return apart
}
