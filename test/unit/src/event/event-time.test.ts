import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseEventTime } from '../../../../src/event/event-time.ts'

describe('parseEventTime', () => {
  it.each([
    ['2026-10-21T02:35:00Z', Date.UTC(2026, 9, 21, 2, 35)],
    ['2020-09-14T00:44:23.000Z', Date.UTC(2020, 8, 14, 0, 44, 23)],
    ['2020-09-14T00:44:23.5Z', Date.UTC(2020, 8, 14, 0, 44, 23, 500)],
    ['2020-09-14T00:44:23.0019999Z', Date.UTC(2020, 8, 14, 0, 44, 23, 1)],
    ['2024-02-29T23:59:59Z', Date.UTC(2024, 1, 29, 23, 59, 59)],
    ['2006-01-01T00:00:00Z', Date.UTC(2006, 0, 1)],
    ['2100-12-31T23:59:59Z', Date.UTC(2100, 11, 31, 23, 59, 59)],
  ])('reads %s', (text, timeMs) => {
    expect(parseEventTime(text)).toBe(timeMs)
  })

  it.each([
    ...['2026-02-30T00:00:00Z', '2100-02-29T00:00:00Z', '2026-00-01T00:00:00Z'],
    ...['2026-13-01T00:00:00Z', '2026-01-00T00:00:00Z', '2026-04-31T00:00:00Z'],
    ...['2026-03-02T24:00:00Z', '2026-03-02T12:60:00Z', '2016-12-31T23:59:60Z'],
    ...['2026-03-02T12:00:00', '2026-03-02T12:00:00+00:00', '2026-03-02T12:00:00z'],
    ...['2026-03-02 12:00:00Z', '03/02/2026', '2026-03-02', '', '1772452800'],
    ...['2026-03-02T12:00:00.Z', '2026-03-02T12:00:00.1234567890Z', ' 2026-03-02T12:00:00Z'],
    ...['2026-03-02T12:00:00Z\n', '+002026-03-02T12:00:00Z', '٢٠٢٦-03-02T12:00:00Z'],
  ])('refuses %j', (text) => {
    expect(parseEventTime(text)).toBe('TIME_INVALID')
  })

  it.each(['9999-01-01T00:00:00Z', '1970-01-01T00:00:00Z', '2005-12-31T23:59:59Z'])(
    'tells that %s lies outside the years of CloudTrail',
    (text) => {
      expect(parseEventTime(text)).toBe('TIME_OUT_OF_RANGE')
    },
  )

  it('gives back every moment that ISO 8601 can write', () => {
    const moment = fc.integer({ min: Date.UTC(2006, 0, 1), max: Date.UTC(2101, 0, 1) - 1 })
    fc.assert(
      fc.property(moment, (timeMs) => {
        expect(parseEventTime(new Date(timeMs).toISOString())).toBe(timeMs)
      }),
    )
  })
})
