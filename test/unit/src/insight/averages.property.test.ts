import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { baselineSpan, ratePerMinute } from '../../../../src/insight/averages.ts'

/** Means below 100 000 a minute: with ten decimals they fit the 15 digits a double keeps. */
const count = fc.oneof(fc.nat(1_000), fc.nat(99_999))
const minutes = fc.integer({ min: 1, max: 12_000 })

/** The printed number as a whole count of 1e-10. */
function scaled(average: number): bigint {
  const [whole = '', decimals = ''] = average.toFixed(10).split('.')
  return BigInt(whole + decimals)
}

describe('ratePerMinute', () => {
  it('lies within half a unit of the tenth decimal of the exact quotient, halves rounded up', () => {
    fc.assert(
      fc.property(count, minutes, (calls, span) => {
        // -1/2 < average * 1e10 - calls * 1e10 / span <= 1/2, in whole numbers.
        const distance =
          2n * (scaled(ratePerMinute(calls, span)) * BigInt(span) - BigInt(calls) * 10n ** 10n)
        expect(distance > -BigInt(span) && distance <= BigInt(span)).toBe(true)
      }),
    )
  })

  it('never falls as the count rises', () => {
    fc.assert(
      fc.property(count, minutes, (calls, span) => {
        expect(ratePerMinute(calls + 1, span)).toBeGreaterThan(ratePerMinute(calls, span))
      }),
    )
  })
})

describe('baselineSpan', () => {
  it('lasts from seven days to a minute less than eight', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20_000_000, max: 68_000_000 }), (minute) => {
        const { duration, fromMs } = baselineSpan(minute * 60_000)
        expect(duration).toBe(10_080 + (minute % 1_440))
        expect(fromMs % 86_400_000).toBe(0)
      }),
    )
  })
})
