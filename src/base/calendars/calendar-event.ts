import type { Zone } from './zone.ts'

/** A time as a calendar writes it: what the clocks of a zone show. */
export interface Stamp {
  /** As if it were UTC, epoch milliseconds. */
  readonly clockMs: number
  /** A whole day. */
  readonly isDate: boolean
  readonly zone: Zone
}

/** How long something lasts: so many days by the clocks, then so much time. */
export interface Lasts {
  readonly days: number
  readonly ms: number
}

/** Something that takes place once. */
export interface Once {
  readonly start: Stamp
  readonly lasts: Lasts
}

/** One event of a calendar: it takes place once, or again by a rule (RFC 5545) and on further days, exceptions left out. */
export interface CalendarEvent extends Once {
  /** For people. */
  readonly title: string
  /** RRULE without its name; null: there is none. */
  readonly repeats: string | null
  readonly also: readonly Once[]
  readonly except: readonly Stamp[]
}

const DAY_MS = 86_400_000

/** The moment of a stamp. Epoch milliseconds. */
export function momentOf({ clockMs, zone }: Stamp): number {
  return zone(clockMs)
}

/** The end of what begins then. Epoch milliseconds. */
export function endOf({ start, lasts }: Once): number {
  return start.zone(start.clockMs + lasts.days * DAY_MS) + lasts.ms
}

/** From one stamp to another: days where both are whole days, else the time between. */
export function lastsFrom(start: Stamp, end: Stamp): Lasts {
  return start.isDate && end.isDate
    ? { days: (end.clockMs - start.clockMs) / DAY_MS, ms: 0 }
    : { days: 0, ms: momentOf(end) - momentOf(start) }
}
