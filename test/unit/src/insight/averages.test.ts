import { describe, expect, it } from 'vitest'
import { baselineSpan, rateOver, ratePerMinute } from '../../../../src/insight/averages.ts'

describe('ratePerMinute', () => {
  it.each([
    { count: 1, minutes: 11336, published: '0.0000882145' },
    { count: 1, minutes: 10181, published: '0.0000982222' },
    { count: 17702, minutes: 10080, published: '1.7561507937' },
    { count: 861036, minutes: 10080, published: '85.4202380952' },
    { count: 18, minutes: 10080, published: '0.0017857143' },
    { count: 3, minutes: 5, published: '0.6' },
    { count: 400, minutes: 8, published: '50' },
    { count: 0, minutes: 11459, published: '0' },
  ])('gives the published $published for $count calls in $minutes minutes', (figure) => {
    expect(JSON.stringify(ratePerMinute(figure.count, figure.minutes))).toBe(figure.published)
  })

  it('rounds a half up, which binary fractions alone would miss', () => {
    // 1/2048 = 0.00048828125 exactly: the eleventh decimal is a lone 5.
    expect(ratePerMinute(1, 2048)).toBe(0.0004882813)
  })
})

describe('baselineSpan', () => {
  it.each([
    { start: Date.UTC(2024, 11, 11, 16, 52), duration: 11092 },
    { start: Date.UTC(2020, 6, 21, 20, 56), duration: 11336 },
    { start: Date.UTC(2020, 8, 9, 22, 59), duration: 11459 },
    { start: Date.UTC(2023, 6, 10, 1, 41), duration: 10181 },
    { start: Date.UTC(2026, 2, 4), duration: 10080 },
  ])('covers the published $duration minutes', ({ start, duration }) => {
    const span = baselineSpan(start)
    expect(span.duration).toBe(duration)
    expect(span.untilMs).toBe(start)
    expect(span.untilMs - span.fromMs).toBe(duration * 60_000)
  })

  it('begins at midnight UTC, seven days before the start day', () => {
    expect(baselineSpan(Date.UTC(2024, 2, 3, 16, 52)).fromMs).toBe(Date.UTC(2024, 1, 25))
  })

  it('refuses a start between two minutes', () => {
    expect(() => baselineSpan(Date.UTC(2024, 2, 3) + 1)).toThrow(/whole minute/)
  })
})

describe('rateOver', () => {
  it('keeps the span and the count beside the mean', () => {
    const fromMs = Date.UTC(2020, 6, 14)
    const untilMs = Date.UTC(2020, 6, 21, 20, 56)
    const rate = rateOver(1, fromMs, untilMs)
    expect(rate).toEqual({ fromMs, untilMs, duration: 11336, count: 1, average: 0.0000882145 })
  })

  it('refuses a span that does not run forward', () => {
    expect(() => rateOver(1, 60_000, 60_000)).toThrow(/whole minutes/)
  })
})
