import { describe, expect, it } from 'vitest'
import { Fault } from '../../../../src/base/fault.ts'
import {
  parseDuration,
  parseMoment,
  rfc3339,
  shortTime,
  weekHour,
} from '../../../../src/base/times.ts'

const now = Date.UTC(2026, 9, 21, 12, 30)

describe('parseMoment', () => {
  it.each([
    ['2026-10-21T02:35:00Z', Date.UTC(2026, 9, 21, 2, 35)],
    ['2026-10-21T02:35:00+02:00', Date.UTC(2026, 9, 21, 0, 35)],
    ['2026-10-21', Date.UTC(2026, 9, 21)],
    ['24h', Date.UTC(2026, 9, 20, 12, 30)],
    ['30d', Date.UTC(2026, 8, 21, 12, 30)],
    ['2w', Date.UTC(2026, 9, 7, 12, 30)],
    ['now', now],
    ['today', Date.UTC(2026, 9, 21)],
    ['yesterday', Date.UTC(2026, 9, 20)],
  ])('reads %s', (text, expected) => expect(parseMoment(text, now)).toBe(expected))

  it.each([
    ...['', '10/21/2026', '2026-02-30', '2026-10-21T02:35:00', 'tomorrow', '30x', '-3d'],
    ...['-271821-04-20T00:00:00Z', '+275760-09-13T00:00:00Z', '0000-01-01'],
  ])("refuses '%s' with examples", (text) => {
    expect(() => parseMoment(text, now)).toThrow(Fault)
    expect(() => parseMoment(text, now)).toThrow(/write 2026-10-21T02:35:00Z/)
  })
})

describe('parseDuration', () => {
  it.each([
    ['30s', 30_000],
    ['5m', 300_000],
    ['2h', 7_200_000],
    ['1d', 86_400_000],
    ['0s', 0],
  ])('reads %s', (text, expected) => expect(parseDuration(text)).toBe(expected))

  it.each(['', '5', 'm', '-1m', '1.5h', '1 m', '1y'])("refuses '%s' with examples", (text) => {
    expect(() => parseDuration(text)).toThrow(/write 30s, 5m or 2h/)
  })
})

describe('writing times', () => {
  it('leaves out a fraction of zero', () => expect(rfc3339(now)).toBe('2026-10-21T12:30:00Z'))
  it('keeps milliseconds', () => expect(rfc3339(now + 7)).toBe('2026-10-21T12:30:00.007Z'))
  it('is short in tables', () => expect(shortTime(now)).toBe('10-21 12:30'))
  it('names the hour of the week', () => expect(weekHour(now)).toBe('on Wednesdays at 12:00 UTC'))
})
