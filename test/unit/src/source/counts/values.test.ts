import { describe, expect, it } from 'vitest'
import { utcOf, wholeOf } from '../../../../../src/source/counts/values.ts'

describe('wholeOf', () => {
  it.each([
    ['0', 0],
    ['12', 12],
    ['12.0', 12],
    ['007', 7],
    ['2147483647', 2_147_483_647],
  ])('reads %s', (text, count) => expect(wholeOf(text)).toBe(count))

  it.each(['', ' 1', '-1', '1.5', '1e3', '0x10', 'NaN', '2147483648', '99999999999', '１'])(
    'takes %j for no count',
    (text) => expect(wholeOf(text)).toBeNull(),
  )
})

describe('utcOf', () => {
  const TEN_PAST_MS = Date.UTC(2026, 8, 7, 10, 10)

  it.each([
    '2026-09-07T10:10:00Z',
    '2026-09-07T10:10Z',
    '2026-09-07T10:10:00.000Z',
    '2026-09-07T10:10:00+00:00',
    '2026-09-07 10:10:00.000 UTC',
  ])('reads %s', (text) => expect(utcOf(text)).toBe(TEN_PAST_MS))

  it('takes a bare date for its midnight', () => {
    expect(utcOf('2028-02-29')).toBe(Date.UTC(2028, 1, 29))
  })

  it.each([
    '',
    '2026-09-07T10:10:00',
    '2026-09-07T10:10:00+02:00',
    '2026-09-07T10:10:00.5Z',
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-09-07T24:00:00Z',
    '2026-09-07T10:60:00Z',
    '1969-12-31T23:55:00Z',
    '2200-01-01T00:00:00Z',
    '1788775800',
    '+020260-09-07T00:00:00Z',
  ])('takes %j for no time', (text) => expect(utcOf(text)).toBeNull())
})
