import { describe, expect, it } from 'vitest'
import { eventsOfIcs } from '../../../../../src/base/calendars/ics.ts'
import { icsOf } from '../../../../support/ics.ts'

const start = 'DTSTART:20260105T090000Z'

describe('a calendar file that cannot be read', () => {
  it.each<[string, string, string]>([
    ['nothing at all', '', 'line 1: an iCalendar file begins with BEGIN:VCALENDAR'],
    ['a page of HTML', '<html>\n', 'line 1: an iCalendar file begins'],
    ['a line of no form', icsOf([start, 'oops']), "line 5: NAME:VALUE was expected, not 'oops'"],
    ['a cut-off file', icsOf([start]).slice(0, 60), 'line 3: BEGIN:VEVENT has no END'],
    ['a wrong END', icsOf([start, 'END:VALARM']), 'line 5: END:VALARM ends nothing'],
    ['two calendars', icsOf() + icsOf(), 'line 1: it holds more than one calendar'],
    ['no start', icsOf([start], ['UID:b']), 'line 6: event b: it has no DTSTART'],
    ['an event without UID', icsOf(['SUMMARY:b']), 'line 3: event at line 3: it has no DTSTART'],
    ['a month 13', icsOf(['DTSTART:20261301T000000Z']), 'is no time: write 20261021T020000Z'],
    ['half a day', icsOf(['DTSTART:2026']), 'is no time'],
    [
      'an end before the start',
      icsOf([start, 'DTEND:20260105T080000Z']),
      'it ends before it begins',
    ],
    ['a negative length', icsOf([start, 'DURATION:-PT1H']), 'it ends before it begins'],
    [
      'an unknown zone',
      icsOf(['DTSTART;TZID=Mars/Base:20260105T090000']),
      'the time zone Mars/Base is neither known nor described in the file: export it with VTIMEZONE',
    ],
    ['two rules', icsOf([start, 'RRULE:FREQ=DAILY', 'RRULE:FREQ=WEEKLY']), 'more than one RRULE'],
    ['EXRULE', icsOf([start, 'EXRULE:FREQ=DAILY']), 'write the exceptions as EXDATE'],
    ['a rule by the minute', icsOf([start, 'RRULE:FREQ=MINUTELY']), 'repeats more than hourly'],
    ['an unknown rule', icsOf([start, 'RRULE:FREQ=OFTEN']), 'invalid frequency'],
    [
      'all later ones changed',
      icsOf(
        ['UID:a', start, 'RRULE:FREQ=DAILY'],
        ['UID:a', 'RECURRENCE-ID;RANGE=THISANDFUTURE:20260106T090000Z', start],
      ),
      'RANGE=THISANDFUTURE is not understood: let the event end there',
    ],
  ])('with %s says where and what to do', (_, text, words) => {
    expect(() => eventsOfIcs(text, undefined)).toThrow(words)
  })

  it('is told from one whose long lines are folded', () => {
    const folded = icsOf(['SUMMARY:a very', '  long title', start])
    expect(eventsOfIcs(folded, undefined)[0]?.title).toBe('a very long title')
  })
})
