import { describe, expect, it } from 'vitest'
import {
  calendarEvents,
  calendarsProblems,
} from '../../../../../src/base/calendars/calendar-events.ts'
import { occurrencesIn } from '../../../../../src/base/calendars/occurrences.ts'
import type { Calendar } from '../../../../../src/base/calendars.ts'
import { icsOf } from '../../../../support/ics.ts'

const calendar = (rest: Partial<Calendar>): Calendar => ({
  ...{ name: 'test', skip: ['result'], reason: 'a test' },
  ...rest,
})

function starts(rest: Partial<Calendar>): readonly string[] {
  const span = { fromMs: Date.parse('2026-01-01'), untilMs: Date.parse('2027-01-01') }
  return occurrencesIn(calendarEvents(calendar(rest)), span).map(({ fromMs }) =>
    new Date(fromMs).toISOString().slice(0, 16),
  )
}

describe('the events of a calendar of the settings', () => {
  it.each<[string, Partial<Calendar>, readonly string[]]>([
    [
      'in UTC',
      { events: [{ start: '2026-03-28T02:30', end: '2026-03-28T03:30' }] },
      ['2026-03-28T02:30'],
    ],
    [
      'by the clocks of their zone',
      {
        zone: 'Asia/Tokyo',
        events: [
          { start: '2026-10-24T02:30', end: '2026-10-24T03:00', zone: 'Europe/Berlin' },
          { start: '2026-10-25', end: '2026-10-26' },
        ],
      },
      ['2026-10-24T00:30', '2026-10-24T15:00'],
    ],
    [
      'again at the same time of their zone, though said with an offset',
      {
        events: [
          {
            ...{ start: '2026-10-24T02:30+02:00', end: '2026-10-24T01:00Z' },
            ...{ repeats: 'FREQ=DAILY;COUNT=3', zone: 'Europe/Berlin' },
          },
        ],
      },
      ['2026-10-24T00:30', '2026-10-25T00:30', '2026-10-26T01:30'],
    ],
    [
      'beside those of a file',
      {
        ics: icsOf(['DTSTART:20260101T000000Z', 'DURATION:PT1H']),
        events: [{ start: '2026-01-02', end: '2026-01-03' }],
      },
      ['2026-01-01T00:00', '2026-01-02T00:00'],
    ],
  ])('take place %s', (_, rest, expected) => {
    expect(starts(rest)).toEqual(expected)
    expect(calendarsProblems([calendar(rest)])).toEqual([])
  })

  it.each<[Partial<Calendar>, string, string]>([
    [{}, 'name', 'a calendar needs events'],
    [{ zone: 'Mars/Base' }, 'zone', 'Mars/Base is no time zone: write an IANA name'],
    [{ file: 'x.ics', ics: 'oops' }, 'file', 'line 1: an iCalendar file begins'],
    [{ ics: 'oops' }, 'ics', 'line 1: an iCalendar file begins'],
    [{ events: [{ start: 'soon', end: '2026-01-01' }] }, 'events.0', "'soon' is no time"],
    [{ events: [{ start: '2026-01', end: '2026-02' }] }, 'events.0', "'2026-01' is no time"],
    [
      { events: [{ start: '2026-01-01', end: '2026-01-01T10:00' }] },
      'events.0',
      'both whole days, or both times',
    ],
    [{ events: [{ start: '2026-01-02', end: '2026-01-02' }] }, 'events.0', 'it ends before it'],
    [
      { events: [{ start: '2026-01-01', end: '2026-01-02', repeats: 'BYDAY=SU' }] },
      'events.0',
      'has no FREQ: write it like FREQ=WEEKLY;BYDAY=SU',
    ],
    [
      { events: [{ start: '2026-01-01', end: '2026-01-02', repeats: 'FREQ=DAILY;COUNT=0' }] },
      'events.0',
      'COUNT or an INTERVAL of 0',
    ],
  ])('say what is wrong in %j', (rest, path, words) => {
    expect(calendarsProblems([calendar(rest)])).toEqual([
      { path: `calendars.0.${path}`, words: expect.stringContaining(words) },
    ])
  })
})
