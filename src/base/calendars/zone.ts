import ICAL from 'ical.js'
import { IANAZone } from 'luxon'

const DAY_MS = 86_400_000

/**
 * A time zone: from what its clocks show, written as if it were UTC (epoch milliseconds), to the moment itself. As RFC 5545
 * has it, a time that the clocks show twice is the first of the two, and one they leave out counts from the offset before.
 */
export type Zone = (clockMs: number) => number

export const UTC: Zone = (clockMs) => clockMs

/** A zone of the IANA database; undefined: there is none of that name. */
export function ianaZone(name: string): Zone | undefined {
  if (!IANAZone.isValidZone(name)) return undefined
  const zone = IANAZone.create(name)
  const offsetMs = (atMs: number): number => zone.offset(atMs) * 60_000
  return (clockMs) => {
    // Offsets are less than a day, and changes of them farther apart.
    const before = offsetMs(clockMs - DAY_MS)
    const after = offsetMs(clockMs + DAY_MS)
    const isAfter = before !== after && offsetMs(clockMs - after) === after
    const isBefore = offsetMs(clockMs - before) === before
    return clockMs - (isAfter && !isBefore ? after : before)
  }
}

/** A zone as a calendar file describes it (VTIMEZONE). */
export function describedZone(component: ICAL.Component): Zone {
  const zone = new ICAL.Timezone(component)
  const offsetMs = (clockMs: number): number => zone.utcOffset(clockTime(clockMs)) * 1000
  return (clockMs) => {
    // ical.js lets a new offset begin as soon as the clocks could show it.
    const change = offsetMs(clockMs + DAY_MS) - offsetMs(clockMs - DAY_MS)
    return clockMs - offsetMs(clockMs - Math.abs(change))
  }
}

/** What clocks show, for ical.js: a time of no zone. */
export function clockTime(clockMs: number, isDate = false): ICAL.Time {
  const at = new Date(clockMs)
  const clock = {
    ...{ year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate(), isDate },
    ...{ hour: at.getUTCHours(), minute: at.getUTCMinutes(), second: at.getUTCSeconds() },
  }
  return new ICAL.Time(clock, ICAL.Timezone.localTimezone)
}

/** The same back again. */
export function clockMsOf({ year, month, day, hour, minute, second }: ICAL.Time): number {
  return Date.UTC(year, month - 1, day, hour, minute, second)
}
