import { describe, expect, it } from 'vitest'
import { eventsOfIcs, onlyTimes } from '../../../../../src/base/calendars/ics.ts'
import { occurrencesIn } from '../../../../../src/base/calendars/occurrences.ts'
import { ianaZone } from '../../../../../src/base/calendars/zone.ts'
import { icsOf, icsWith } from '../../../../support/ics.ts'

/** Begins and ends in 2026 (or another span), UTC. */
function times(ics: string, from = '2026-01-01', until = '2027-01-01', zone?: string) {
  const events = eventsOfIcs(ics, zone === undefined ? undefined : ianaZone(zone))
  return occurrencesIn(events, { fromMs: Date.parse(from), untilMs: Date.parse(until) }).map(
    ({ fromMs, untilMs }) =>
      `${new Date(fromMs).toISOString().slice(0, 16)} ${new Date(untilMs).toISOString().slice(0, 16)}`,
  )
}

const BERLIN = [
  ...['BEGIN:VTIMEZONE', 'TZID:Our office', 'BEGIN:DAYLIGHT', 'TZOFFSETFROM:+0100'],
  ...['TZOFFSETTO:+0200', 'DTSTART:19810329T020000', 'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU'],
  ...['END:DAYLIGHT', 'BEGIN:STANDARD', 'TZOFFSETFROM:+0200', 'TZOFFSETTO:+0100'],
  ...['DTSTART:19961027T030000', 'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU', 'END:STANDARD'],
  'END:VTIMEZONE',
]

describe('the occurrences of a calendar', () => {
  it('end by DTEND, by DURATION, or after the day', () => {
    expect(
      times(
        icsOf(
          ['DTSTART:20260105T100000Z', 'DTEND:20260105T113000Z'],
          ['DTSTART:20260106T100000Z', 'DURATION:P1DT2H'],
          ['DTSTART;VALUE=DATE:20260110'],
          ['DTSTART;VALUE=DATE:20260111', 'DTEND;VALUE=DATE:20260114'],
          ['SUMMARY:a reminder takes no time', 'DTSTART:20260120T100000Z'],
        ),
      ),
    ).toEqual([
      '2026-01-05T10:00 2026-01-05T11:30',
      '2026-01-06T10:00 2026-01-07T12:00',
      '2026-01-10T00:00 2026-01-11T00:00',
      '2026-01-11T00:00 2026-01-14T00:00',
    ])
  })
})

describe('the occurrences of a calendar in a time zone', () => {
  it.each(['TZID=Europe/Berlin', 'TZID=Our office'])(
    'at 02:30 keep to the clocks of %s where these change',
    (tzid) => {
      const daily = (from: string) =>
        times(
          icsWith(BERLIN, [
            `DTSTART;${tzid}:20260101T023000`,
            `DTEND;${tzid}:20260101T033000`,
            'RRULE:FREQ=DAILY',
          ]),
          from,
          new Date(Date.parse(from) + 3 * 86_400_000).toISOString(),
        )
      // 29 March has no 02:30: the offset before the change counts. 25 October has two: the first.
      expect(daily('2026-03-28')).toEqual([
        '2026-03-28T01:30 2026-03-28T02:30',
        '2026-03-29T01:30 2026-03-29T02:30',
        '2026-03-30T00:30 2026-03-30T01:30',
      ])
      expect(daily('2026-10-24')).toEqual([
        '2026-10-24T00:30 2026-10-24T01:30',
        '2026-10-25T00:30 2026-10-25T01:30',
        '2026-10-26T01:30 2026-10-26T02:30',
      ])
    },
  )

  it('last whole days by the clocks: 23 and 25 hours where these change', () => {
    const days = icsOf(
      ['DTSTART;VALUE=DATE:20260329', 'DTEND;VALUE=DATE:20260330'],
      ['DTSTART;VALUE=DATE:20261025', 'DURATION:P1D'],
    )
    expect(times(days, undefined, undefined, 'Europe/Berlin')).toEqual([
      '2026-03-28T23:00 2026-03-29T22:00',
      '2026-10-24T22:00 2026-10-25T23:00',
    ])
  })

  it('lie in the zone that the calendar names, where the event and the settings name none', () => {
    const ics = icsWith(
      ['X-WR-TIMEZONE:America/New_York'],
      ['DTSTART:20260701T120000', 'DURATION:PT1H'],
    )
    expect(times(ics)).toEqual(['2026-07-01T16:00 2026-07-01T17:00'])
    expect(times(ics, undefined, undefined, 'Asia/Tokyo')).toEqual([
      '2026-07-01T03:00 2026-07-01T04:00',
    ])
  })
})

describe('the occurrences of a calendar that repeat', () => {
  it('come again by rules, on further days, and not on excepted ones', () => {
    const tzid = 'TZID=Europe/Berlin'
    expect(
      times(
        icsOf([
          `DTSTART;${tzid}:20260105T090000`,
          'DURATION:PT1H',
          'RRULE:FREQ=WEEKLY;COUNT=5',
          `EXDATE;${tzid}:20260112T090000`,
          'EXDATE;VALUE=DATE:20260119',
          `RDATE;${tzid}:20260127T090000,20260126T090000`,
          'RDATE;VALUE=PERIOD:20260301T000000Z/PT3H,20260302T000000Z/20260302T010000Z',
        ]),
      ),
    ).toEqual([
      '2026-01-05T08:00 2026-01-05T09:00',
      '2026-01-26T08:00 2026-01-26T09:00',
      '2026-01-27T08:00 2026-01-27T09:00',
      '2026-02-02T08:00 2026-02-02T09:00',
      '2026-03-01T00:00 2026-03-01T03:00',
      '2026-03-02T00:00 2026-03-02T01:00',
    ])
  })

  it.each([
    ['20260119T080000Z', 3],
    ['20260119T075959Z', 2],
    ['20260119T090000', 3],
    ['20260119', 3],
  ])('end with UNTIL=%s, itself included', (until, count) => {
    const ics = icsOf([
      'DTSTART;TZID=Europe/Berlin:20260105T090000',
      'DURATION:PT1H',
      `RRULE:FREQ=WEEKLY;UNTIL=${until}`,
    ])
    expect(times(ics)).toHaveLength(count)
  })

  it('are moved, cancelled one by one, or cancelled altogether', () => {
    const series = [
      'UID:a',
      'DTSTART:20260105T090000Z',
      'DURATION:PT1H',
      'RRULE:FREQ=DAILY;COUNT=4',
    ]
    const moved = [
      'UID:a',
      'RECURRENCE-ID:20260106T090000Z',
      'DTSTART:20260106T150000Z',
      'DURATION:PT2H',
    ]
    const off = [
      'UID:a',
      'RECURRENCE-ID:20260107T090000Z',
      'DTSTART:20260107T090000Z',
      'STATUS:CANCELLED',
    ]
    const other = ['UID:b', 'STATUS:CANCELLED', 'DTSTART:20260201T090000Z', 'DURATION:PT1H']
    expect(times(icsOf(moved, series, off, other))).toEqual([
      '2026-01-05T09:00 2026-01-05T10:00',
      '2026-01-06T15:00 2026-01-06T17:00',
      '2026-01-08T09:00 2026-01-08T10:00',
    ])
  })

  it('are followed as far as is asked for, and no rule for ever', () => {
    const hourly = icsOf(['DTSTART:20000101T000000Z', 'DURATION:PT5M', 'RRULE:FREQ=HOURLY'])
    expect(times(hourly, '2000-01-02', '2000-01-03')).toHaveLength(24)
    expect(() => times(hourly, '2099-01-01', '2099-01-02')).toThrow('let it begin later')
    const partly = icsOf(['DTSTART:20251231T230000Z', 'DURATION:PT2H'])
    expect(times(partly)).toHaveLength(1)
    expect(times(partly, '2026-01-01T01:00Z')).toEqual([])
  })
})

describe('a calendar with nothing but its times', () => {
  it('takes place when the whole one does, whoever exported it when', () => {
    const ics = icsWith(
      [...BERLIN, 'X-WR-TIMEZONE:Asia/Tokyo', 'PRODID:somebody'],
      [
        'UID:a',
        'DTSTAMP:20260101T000000Z',
        'ATTENDEE;CN=Jane:mailto:jane@example.com',
        'DESCRIPTION:secret',
        'DTSTART;TZID=Our office;X-ODD=1:20260105T090000',
        'DURATION:PT1H',
        'RRULE:FREQ=WEEKLY;COUNT=3',
        'EXDATE;TZID=Our office:20260112T090000',
      ],
      ['DTSTART:20260701T120000', 'DURATION:PT1H'],
    )
    const slim = onlyTimes(ics)
    expect(slim).not.toMatch(/jane|secret|somebody|DTSTAMP|ODD/i)
    expect(times(slim)).toEqual(times(ics))
    expect(times(slim)).toHaveLength(3)
    expect(onlyTimes(slim)).toBe(slim)
  })
})
