import { describe, expect, it } from 'vitest'
import {
  daysOfDoubling,
  doublingSurprise,
  doublingsPerWeek,
  hasBegun,
  startsPerWeek,
  windowRecord,
} from '../../../../models/baseline/doubling-law.ts'

/** Days with these bursts, the most in one window of each. */
const lesson = (...days: readonly (readonly number[])[]) =>
  days.map((counts) => ({ largest: Math.max(...counts) }))

const old = { apiDays: 1000, accountDays: 1000 }

describe('windowRecord', () => {
  it('is the second largest day, whatever else was on it', () => {
    expect(windowRecord(lesson([3, 90, 80], [8], [20, 7], [9]), old)).toBe(20)
  })

  it('is the largest in the first week of an API or its account', () => {
    const days = lesson([30], [20], [20])
    expect(windowRecord(days, { apiDays: 7, accountDays: 7 })).toBe(20)
    expect(windowRecord(days, { apiDays: 6.9, accountDays: 28 })).toBe(30)
    expect(windowRecord(days, { apiDays: 6.9, accountDays: 6.9 })).toBe(30)
  })

  it('is never under what is believed of every API, which is more while the account is young', () => {
    expect(windowRecord(lesson([3], [2]), old)).toBe(6.5)
    const young = (accountDays: number) => windowRecord([], { apiDays: 0, accountDays })
    expect(young(0)).toBe(52)
    expect(young(1)).toBeCloseTo(6.5 * (1 + 7 / 8), 12)
    expect(young(2)).toBeCloseTo(6.5 * (1 + 7 / 64), 12)
  })
})

describe('daysOfDoubling', () => {
  it('holds each day against all others', () => {
    expect(daysOfDoubling(lesson([50]))).toBe(1)
    expect(daysOfDoubling(lesson([12]))).toBe(0)
    expect(daysOfDoubling(lesson([50], [20], [9], [9]))).toBe(2)
    expect(daysOfDoubling(lesson([50], [17], [9], [9]))).toBe(1)
    expect(daysOfDoubling(lesson([50], [50], [50]))).toBe(0)
    expect(daysOfDoubling([])).toBe(0)
  })
})

describe('doublingsPerWeek', () => {
  it('learns from an account what it can, in the days that taught', () => {
    expect(doublingsPerWeek(0, 0)).toBeCloseTo(1.5, 12)
    expect(doublingsPerWeek(20, 28)).toBeCloseTo(40 / (4 + 40 / 3), 12)
    expect(doublingsPerWeek(20, 500)).toBe(doublingsPerWeek(20, 28))
    expect(doublingsPerWeek(20, 28, 7)).toBeCloseTo(40 / (3 + 40 / 3), 12)
  })
})

describe('services that begin', () => {
  it('are those that stay', () => {
    expect(hasBegun(lesson([13], [90], [20]))).toBe(true)
    expect(hasBegun(lesson([12], [90], [20]))).toBe(false)
    expect(hasBegun(lesson([90, 90, 90], [90]))).toBe(false)
  })

  it('are expected as often as they came, and one in four weeks more', () => {
    expect(startsPerWeek(0, 0)).toBe(0.25)
    expect(startsPerWeek(6, 21)).toBe(1)
  })
})

describe('doublingSurprise', () => {
  it('counts from twice the record on, by the third power', () => {
    expect(doublingSurprise(19, { record: 10, perWeek: 1 })).toBe(Number.NEGATIVE_INFINITY)
    expect(doublingSurprise(20, { record: 10, perWeek: 2 })).toBeCloseTo(-Math.LN2, 12)
    expect(doublingSurprise(200, { record: 10, perWeek: 1 })).toBeCloseTo(3 * Math.LN10, 12)
  })
})
