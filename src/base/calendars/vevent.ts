import ICAL from 'ical.js'
import { DateTime } from 'luxon'
import { Fault } from '../fault.ts'
import {
  type CalendarEvent,
  type Lasts,
  lastsFrom,
  type Once,
  type Stamp,
} from './calendar-event.ts'
import { ruleProblem } from './repeat-rule.ts'
import { UTC, type Zone } from './zone.ts'

/** A time zone by its TZID; undefined: the calendar's own. */
export type ZoneOf = (tzid: string | undefined) => Zone

/** One VEVENT as data. Throws `SETTINGS_INVALID` with what is wrong in it and what to do. */
export function eventOf(event: ICAL.Component, zoneOf: ZoneOf): CalendarEvent {
  if (event.hasProperty('exrule')) {
    throw wrong('EXRULE is out of use: write the exceptions as EXDATE')
  }
  const [start] = stampsOf(event, 'dtstart', zoneOf)
  if (start === undefined) throw wrong('it has no DTSTART: give it one, or take it out')
  const lasts = lengthOf(event, start, zoneOf)
  return {
    title: String(event.getFirstPropertyValue('summary') ?? ''),
    ...{ start, lasts, repeats: ruleOf(event) },
    also: furtherOf(event, lasts, zoneOf),
    except: stampsOf(event, 'exdate', zoneOf),
  }
}

export function isCancelled(event: ICAL.Component): boolean {
  return String(event.getFirstPropertyValue('status') ?? '').toUpperCase() === 'CANCELLED'
}

/** The occurrence that a changed one stands for. Throws `SETTINGS_INVALID` where it stands for all later ones as well. */
export function recurrenceOf(event: ICAL.Component, zoneOf: ZoneOf): Stamp {
  const range = event.getFirstProperty('recurrence-id')?.getFirstParameter('range')
  const [stamp] = stampsOf(event, 'recurrence-id', zoneOf)
  if (stamp === undefined || range) {
    const words = 'RECURRENCE-ID with RANGE=THISANDFUTURE is not understood'
    throw wrong(`${words}: let the event end there, and begin another`)
  }
  return stamp
}

function lengthOf(event: ICAL.Component, start: Stamp, zoneOf: ZoneOf): Lasts {
  const [end] = stampsOf(event, 'dtend', zoneOf)
  const duration = event.getFirstPropertyValue('duration')
  const lasts =
    end !== undefined
      ? lastsFrom(start, end)
      : duration instanceof ICAL.Duration
        ? lengthIn(duration)
        : { days: start.isDate ? 1 : 0, ms: 0 }
  if (lasts.days >= 0 && lasts.ms >= 0) return lasts
  throw wrong('it ends before it begins: exchange DTSTART and DTEND')
}

function lengthIn({ isNegative, weeks, days, hours, minutes, seconds }: ICAL.Duration): Lasts {
  const sign = isNegative ? -1 : 1
  const ms = ((hours * 60 + minutes) * 60 + seconds) * 1000
  return { days: sign * (weeks * 7 + days), ms: sign * ms }
}

function ruleOf(event: ICAL.Component): string | null {
  const rules = event.getAllProperties('rrule')
  if (rules.length > 1) throw wrong('it has more than one RRULE: make them events of their own')
  const [rule] = rules
  if (rule === undefined) return null
  const text = String(rule.getFirstValue())
  const problem = ruleProblem(text)
  if (problem !== null) throw wrong(problem)
  return text
}

/** Further times (RDATE), of the event's own length unless they say another. */
function furtherOf(event: ICAL.Component, lasts: Lasts, zoneOf: ZoneOf): readonly Once[] {
  return event.getAllProperties('rdate').flatMap((property) => {
    if (property.type !== 'period') {
      return stampsIn(property, zoneOf).map((start) => ({ start, lasts }))
    }
    return valuesOf(property).map((period) => {
      const [from = '', until = ''] = period as readonly string[]
      const start = stampOf(from, property, zoneOf)
      if (/^[-+]?P/.test(until)) {
        return { start, lasts: lengthIn(ICAL.Duration.fromString(until)) }
      }
      return { start, lasts: lastsFrom(start, stampOf(until, property, zoneOf)) }
    })
  })
}

function stampsOf(event: ICAL.Component, name: string, zoneOf: ZoneOf): readonly Stamp[] {
  return event.getAllProperties(name).flatMap((property) => stampsIn(property, zoneOf))
}

function stampsIn(property: ICAL.Property, zoneOf: ZoneOf): readonly Stamp[] {
  return valuesOf(property).map((value) => stampOf(String(value), property, zoneOf))
}

/** Values as ical.js read them: ISO 8601 texts, not yet turned into times that need not exist. */
function valuesOf(property: ICAL.Property): readonly unknown[] {
  return (property.jCal as readonly unknown[]).slice(3)
}

function stampOf(text: string, property: ICAL.Property, zoneOf: ZoneOf): Stamp {
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(text)
  const parsed = DateTime.fromISO(text.replace(/Z$/, ''), { zone: 'utc' })
  if (!parsed.isValid || !(isDate || text.includes('T'))) {
    const name = property.name.toUpperCase()
    throw wrong(`${name} ${text} is no time: write 20261021T020000Z, or 20261021 for a whole day`)
  }
  const zone = text.endsWith('Z') ? UTC : zoneOf(property.getFirstParameter('tzid') || undefined)
  return { clockMs: parsed.toMillis(), isDate, zone }
}

function wrong(words: string): Fault {
  return new Fault('SETTINGS_INVALID', words)
}
