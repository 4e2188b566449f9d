import ICAL from 'ical.js'
import { Fault } from '../fault.ts'
import type { CalendarEvent } from './calendar-event.ts'
import { eventLines, invalid } from './ics-lines.ts'
import { eventOf, isCancelled, recurrenceOf, type ZoneOf } from './vevent.ts'
import { describedZone, ianaZone, UTC, type Zone } from './zone.ts'

/** What of an event decides when it takes place, and its name. */
const KEPT = [
  ...['uid', 'summary', 'status', 'dtstart', 'dtend', 'duration', 'rrule', 'exrule', 'rdate'],
  ...['exdate', 'recurrence-id'],
]
const KEPT_PARAMETERS = ['tzid', 'value', 'range']

/** One event as it stands, with its line. */
interface Placed {
  readonly component: ICAL.Component
  readonly line: number
}

/**
 * The events of an iCalendar text. Times without a zone are those of `zone`, else of the calendar's X-WR-TIMEZONE, else
 * UTC. A changed occurrence takes the place of its own; cancelled ones are left out.
 * Throws `SETTINGS_INVALID` naming the line and the event, and what to do.
 */
export function eventsOfIcs(text: string, zone: Zone | undefined): readonly CalendarEvent[] {
  const { calendar, events } = parsed(text)
  const named = String(calendar.getFirstPropertyValue('x-wr-timezone') ?? '')
  const zoneOf = zonesOf(calendar, zone ?? ianaZone(named) ?? UTC)
  const changed = new Map<string, Placed[]>()
  for (const each of events) {
    if (!each.component.hasProperty('recurrence-id')) continue
    const uid = uidOf(each)
    changed.set(uid, [...(changed.get(uid) ?? []), each])
  }
  return events
    .filter(({ component }) => !isCancelled(component))
    .map((each) =>
      at(each, () => {
        const event = eventOf(each.component, zoneOf)
        if (each.component.hasProperty('recurrence-id')) return event
        const moved = (changed.get(uidOf(each)) ?? []).map(({ component }) =>
          recurrenceOf(component, zoneOf),
        )
        return { ...event, except: [...event.except, ...moved] }
      }),
    )
}

/**
 * The same calendar with nothing but its times and titles: no people, places or notes, and nothing that another export
 * would write otherwise. Throws `SETTINGS_INVALID` as reading it does.
 */
export function onlyTimes(text: string): string {
  // Its troubles are told by the lines of the text as it came.
  eventsOfIcs(text, undefined)
  const { calendar, events } = parsed(text)
  const slim = new ICAL.Component('vcalendar')
  const zone = calendar.getFirstPropertyValue('x-wr-timezone')
  if (zone !== null) slim.addPropertyWithValue('x-wr-timezone', zone)
  for (const each of calendar.getAllSubcomponents('vtimezone')) slim.addSubcomponent(each)
  for (const { component } of events) {
    const event = new ICAL.Component('vevent')
    for (const property of component.getAllProperties()) {
      if (!KEPT.includes(property.name)) continue
      const [name, parameters, type, ...values] = property.jCal as [string, object, string]
      const kept = Object.entries(parameters).filter(([key]) => KEPT_PARAMETERS.includes(key))
      event.addProperty(new ICAL.Property([name, Object.fromEntries(kept), type, ...values]))
    }
    slim.addSubcomponent(event)
  }
  return `${slim.toString()}\r\n`
}

function parsed(text: string): {
  readonly calendar: ICAL.Component
  readonly events: readonly Placed[]
} {
  const lines = eventLines(text)
  const calendar = new ICAL.Component(rootOf(text))
  const components = calendar.getAllSubcomponents('vevent')
  const events = components.map((component, place) => ({ component, line: lines[place] ?? 1 }))
  return { calendar, events }
}

function rootOf(text: string): unknown[] {
  let root: unknown[]
  try {
    root = ICAL.parse(text) as unknown[]
  } catch (error) {
    throw invalid(1, `it cannot be read as iCalendar (${(error as Error).message})`)
  }
  if (typeof root[0] !== 'string') {
    throw invalid(1, 'it holds more than one calendar: give each a file and an entry of its own')
  }
  return root
}

/** Runs a reading of one event, so that its trouble says which. */
function at<T>(each: Placed, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    throw invalid(each.line, `event ${uidOf(each)}: ${error.message}`)
  }
}

function uidOf({ component, line }: Placed): string {
  return String(component.getFirstPropertyValue('uid') ?? `at line ${line}`)
}

/** Finds zones by their TZID: the world's names first, then what the file describes itself. */
function zonesOf(calendar: ICAL.Component, usual: Zone): ZoneOf {
  const known = new Map<string, Zone>()
  for (const component of calendar.getAllSubcomponents('vtimezone')) {
    known.set(String(component.getFirstPropertyValue('tzid')), describedZone(component))
  }
  return (tzid) => {
    if (tzid === undefined) return usual
    const zone = ianaZone(tzid) ?? known.get(tzid)
    if (zone !== undefined) return zone
    const words = `the time zone ${tzid} is neither known nor described in the file`
    throw new Fault('SETTINGS_INVALID', `${words}: export it with VTIMEZONE, or name an IANA zone`)
  }
}
