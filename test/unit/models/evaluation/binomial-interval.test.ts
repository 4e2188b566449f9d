import { describe, expect, it } from 'vitest'
import { binomialInterval } from '../../../../models/evaluation/binomial-interval.ts'

describe('binomialInterval', () => {
  // Where nothing, or everything, succeeded the end is 1 - 0.025^(1/n); of the others the binomial's terms were summed one by one.
  it.each([
    { found: 0, of: 10, low: 0, high: 0.308_497 },
    { found: 10, of: 10, low: 0.691_503, high: 1 },
    { found: 1, of: 1, low: 0.025, high: 1 },
    { found: 9, of: 10, low: 0.554_984, high: 0.997_471 },
    { found: 18, of: 20, low: 0.683_017, high: 0.987_651 },
    { found: 5, of: 10, low: 0.187_086, high: 0.812_914 },
  ])('is $low to $high around $found of $of', ({ found, of, low, high }) => {
    const interval = binomialInterval(found, of)
    expect(interval.low).toBeCloseTo(low, 5)
    expect(interval.high).toBeCloseTo(high, 5)
  })

  it('refuses what is no share', () => {
    expect(() => binomialInterval(0, 0)).toThrow('0 of 0 is no share')
    expect(() => binomialInterval(3, 2)).toThrow('3 of 2 is no share')
  })
})
