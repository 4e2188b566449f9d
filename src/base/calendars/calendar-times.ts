import type { Calendar } from '../calendars.ts'
import { Fault } from '../fault.ts'
import { calendarEvents } from './calendar-events.ts'
import { type Occurrence, occurrencesIn, type TimeSpan } from './occurrences.ts'

const YEAR_MS = 366 * 86_400_000

/** When a calendar's events take place. Both throw `SETTINGS_INVALID` where a rule comes too often to be followed so far. */
export interface CalendarTimes {
  /** Every time in a span, even partly, in order. */
  in(span: TimeSpan): readonly Occurrence[]
  /** Whether anything takes place at a moment, epoch milliseconds. */
  holds(atMs: number): boolean
}

const known = new WeakMap<Calendar, CalendarTimes>()

/** When a calendar's events take place. What was worked out once is kept as long as the calendar is. */
export function calendarTimes(calendar: Calendar): CalendarTimes {
  const times = known.get(calendar) ?? timesOf(calendar)
  known.set(calendar, times)
  return times
}

function timesOf(calendar: Calendar): CalendarTimes {
  const events = calendarEvents(calendar)
  const all = (span: TimeSpan): readonly Occurrence[] => {
    try {
      return occurrencesIn(events, span)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      throw new Fault('SETTINGS_INVALID', `calendar ${calendar.name}: ${error.message}`)
    }
  }
  let seen: (TimeSpan & { readonly times: readonly Occurrence[] }) | undefined
  return {
    in: all,
    holds(atMs) {
      if (seen === undefined || atMs < seen.fromMs || atMs >= seen.untilMs) {
        const fromMs = Math.min(seen?.fromMs ?? atMs, atMs - YEAR_MS)
        const untilMs = Math.max(seen?.untilMs ?? atMs, atMs + YEAR_MS)
        seen = { fromMs, untilMs, times: all({ fromMs, untilMs }) }
      }
      return seen.times.some(({ fromMs, untilMs }) => fromMs <= atMs && atMs < untilMs)
    },
  }
}
