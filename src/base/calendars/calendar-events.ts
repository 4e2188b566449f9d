import { DateTime } from 'luxon'
import type { Calendar, InlineEvent } from '../calendars.ts'
import { Fault } from '../fault.ts'
import type { WrongSetting } from '../setting-problems.ts'
import { type CalendarEvent, lastsFrom, momentOf, type Stamp } from './calendar-event.ts'
import { eventsOfIcs } from './ics.ts'
import { ruleProblem } from './repeat-rule.ts'
import { ianaZone, UTC, type Zone } from './zone.ts'

/** The events of a calendar of the settings, whose file was read. Throws `SETTINGS_INVALID` with what is wrong. */
export function calendarEvents(calendar: Calendar): readonly CalendarEvent[] {
  const zone = zoneNamed(calendar.zone)
  const inline = (calendar.events ?? []).map((event) => inlineEvent(event, calendar, zone))
  const { ics } = calendar
  return ics === undefined ? inline : [...eventsOfIcs(ics, zone), ...inline]
}

/** Every wrong place of calendars that their schema allows: its path in the settings, and what is wrong there. */
export function calendarsProblems(calendars: readonly Calendar[]): readonly WrongSetting[] {
  const names = calendars.map(({ name }) => name)
  return calendars.flatMap((calendar, place) => {
    const twice = { path: 'name', words: `${calendar.name} is the name of another calendar` }
    return [
      ...calendarProblems(calendar),
      ...(names.indexOf(calendar.name) === place ? [] : [twice]),
    ].map(({ path, words }) => ({ path: `calendars.${place}.${path}`, words }))
  })
}

function calendarProblems(calendar: Calendar): readonly WrongSetting[] {
  const problems: WrongSetting[] = []
  const trying = (path: string, attempt: () => unknown): void => {
    try {
      attempt()
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      problems.push({ path, words: error.message })
    }
  }
  const { file, ics, events = [], zone } = calendar
  trying('zone', () => zoneNamed(zone))
  if (problems.length > 0) return problems
  for (const [place, event] of events.entries()) {
    trying(`events.${place}`, () => inlineEvent(event, calendar, zoneNamed(zone)))
  }
  if (ics !== undefined)
    trying(file === undefined ? 'ics' : 'file', () => eventsOfIcs(ics, undefined))
  if (file === undefined && ics === undefined && events.length === 0) {
    problems.push({ path: 'name', words: 'a calendar needs events, or a file of them' })
  }
  return problems
}

function inlineEvent(
  { start, end, repeats, zone }: InlineEvent,
  { name }: Calendar,
  usual: Zone | undefined,
): CalendarEvent {
  const own = zoneNamed(zone) ?? usual ?? UTC
  const first = stampOf(start, zone, own)
  const last = stampOf(end, zone, own)
  if (first.isDate !== last.isDate) {
    throw wrong('start and end are both whole days, or both times')
  }
  if (momentOf(last) <= momentOf(first)) {
    throw wrong(`it ends before it begins: end is the first moment, or day, after it`)
  }
  const problem = repeats === undefined ? null : ruleProblem(repeats)
  if (problem !== null) throw wrong(problem)
  return {
    ...{ title: name, start: first, lasts: lastsFrom(first, last) },
    ...{ repeats: repeats ?? null, also: [], except: [] },
  }
}

/** What a text says; a moment with an offset is told by the clocks of the zone, so that it repeats by them. */
function stampOf(text: string, name: string | undefined, zone: Zone): Stamp {
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(text)
  const isMoment = /T.*(?:Z|[+-]\d{2}:?\d{2})$/i.test(text)
  const parsed = DateTime.fromISO(text, { zone: isMoment ? (name ?? 'utc') : 'utc' })
  if (!parsed.isValid || !(isDate || /T\d{2}/i.test(text))) {
    throw wrong(
      `'${text}' is no time: write 2026-10-25T02:30, 2026-10-25T02:30:00Z, or 2026-10-25 for whole days`,
    )
  }
  const clockMs = isMoment ? parsed.toMillis() + parsed.offset * 60_000 : parsed.toMillis()
  return { clockMs, isDate, zone: isMoment && name === undefined ? UTC : zone }
}

function zoneNamed(name: string | undefined): Zone | undefined {
  if (name === undefined) return undefined
  const zone = ianaZone(name)
  if (zone !== undefined) return zone
  throw wrong(`${name} is no time zone: write an IANA name like Europe/Berlin`)
}

function wrong(words: string): Fault {
  return new Fault('SETTINGS_INVALID', words)
}
