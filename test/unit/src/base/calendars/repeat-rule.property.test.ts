import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calendarEvents } from '../../../../../src/base/calendars/calendar-events.ts'
import { occurrencesIn } from '../../../../../src/base/calendars/occurrences.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const DAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const
/** A Monday. */
const MONDAY = Date.parse('2026-01-05')

const clock = (zone: string) => {
  const format = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: zone, hourCycle: 'h23', weekday: 'short' },
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit' },
  })
  return (atMs: number) =>
    Object.fromEntries(format.formatToParts(atMs).map(({ type, value }) => [type, value]))
}

describe('weekly rules', () => {
  it('take place in just the hours that a look at every clock hour of the year finds', () => {
    const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Tokyo', 'Australia/Sydney']
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        // No clock leaves out or repeats these hours.
        fc.integer({ min: 4, max: 22 }),
        fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 7 }),
        fc.integer({ min: 1, max: 4 }),
        (zone, hour, days, interval) => {
          const start = `2026-01-05T${String(hour).padStart(2, '0')}:00`
          const end = `2026-01-05T${String(hour + 1).padStart(2, '0')}:00`
          const byDay = days.map((day) => DAYS[day]).join(',')
          const repeats = `FREQ=WEEKLY;INTERVAL=${interval};WKST=MO;BYDAY=${byDay}`
          const events = calendarEvents({
            ...{ name: 'x', skip: ['result'], reason: 'x', zone },
            events: [{ start, end, repeats }],
          })
          const span = { fromMs: MONDAY - DAY, untilMs: MONDAY + 300 * DAY }
          const expected: number[] = []
          const shown = clock(zone)
          for (let atMs = span.fromMs; atMs < span.untilMs; atMs += HOUR) {
            const { year, month, day, hour: hourShown } = shown(atMs)
            const date = Date.parse(`${year}-${month}-${day}`)
            const week = Math.floor((date - MONDAY) / (7 * DAY))
            if (date < MONDAY || week % interval !== 0 || Number(hourShown) !== hour) continue
            if (days.includes(new Date(date).getUTCDay())) expected.push(atMs)
          }
          expect(occurrencesIn(events, span)).toEqual(
            expected.map((fromMs) => ({ fromMs, untilMs: fromMs + HOUR, title: 'x' })),
          )
        },
      ),
      { seed: 20260105, numRuns: 40 },
    )
  })
})
