import { calendarTimes } from '../base/calendars/calendar-times.ts'
import type { Occurrence, TimeSpan } from '../base/calendars/occurrences.ts'
import type { Calendar } from '../base/calendars.ts'
import { rfc3339 } from '../base/times.ts'
import { safe } from '../sink/safe.ts'
import { cutAt, type Terminal } from './terminal.ts'
import { textTable } from './text-table.ts'

/** One time that something of a calendar takes place. */
export interface CalendarTime extends Occurrence {
  readonly calendar: Calendar
}

/** What takes place in a span, by all calendars, in order. */
export function occurrencesOf(
  calendars: readonly Calendar[],
  span: TimeSpan,
): readonly CalendarTime[] {
  return calendars
    .flatMap((calendar) =>
      calendarTimes(calendar)
        .in(span)
        .map((each) => ({ ...each, calendar })),
    )
    .sort((one, other) => one.fromMs - other.fromMs)
}

/** The same for programs. */
export function occurrenceView({ calendar, title, fromMs, untilMs }: CalendarTime): object {
  const { name, skip, account, region, api, reason } = calendar
  return {
    ...{ calendar: name, title, from: rfc3339(fromMs), until: rfc3339(untilMs), skip },
    ...{ account: account ?? null, region: region ?? null, api: api ?? null, reason },
  }
}

/** The same for people. */
export function occurrenceTable(times: readonly CalendarTime[], terminal: Terminal): string {
  if (times.length === 0) return 'Nothing takes place in that time.\n'
  const nowMs = terminal.now()
  const rows = times.map(({ calendar, title, fromMs, untilMs }) => [
    whenOf({ fromMs, untilMs }, nowMs),
    rfc3339(fromMs),
    rfc3339(untilMs),
    calendar.skip.join(', '),
    scopeOf(calendar),
    safe(title === '' || title === calendar.name ? calendar.name : `${calendar.name}: ${title}`),
  ])
  const titles = ['', 'FROM (UTC)', 'UNTIL', 'SKIPS', 'OF', 'CALENDAR']
  return textTable(titles, rows, cutAt(terminal))
}

function whenOf({ fromMs, untilMs }: TimeSpan, nowMs: number): string {
  if (untilMs <= nowMs) return 'past'
  return fromMs <= nowMs ? 'now' : 'next'
}

/** A calendar in one line, with its place in the settings. */
export function calendarHead(calendar: Calendar, at: number): string {
  const { name, skip, reason } = calendar
  return `${at + 1}. ${safe(name)} skips ${skip.join(', ')} of ${scopeOf(calendar)}: ${safe(reason)}\n`
}

function scopeOf({ account, region, api }: Calendar): string {
  const parts = Object.entries({ account, region, api }).filter(([, value]) => value !== undefined)
  return parts.length === 0 ? 'all' : safe(parts.map(([key, value]) => `${key}=${value}`).join(' '))
}
