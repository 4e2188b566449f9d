import { qnbinom, qpois } from 'lib-r-math.js'
import { describe, expect, it } from 'vitest'
import {
  countQuantile,
  countTails,
  lowerTail,
  upperTail,
} from '../../../../models/distribution/count-tails.ts'
import { references, relativeError } from '../../../support/count-tail-references.ts'

describe('countTails', () => {
  it('agrees with 70-digit arithmetic to 1e-8 of ln p on the whole grid', () => {
    const worst = references.tails.map(([count, mean, variance, logUpper, logLower]) => {
      const tails = countTails(count, { mean, variance })
      const upperError = relativeError(tails.logUpper, logUpper)
      return {
        count,
        mean,
        variance,
        error: Math.max(upperError, relativeError(tails.logLower, logLower)),
      }
    })
    expect(worst.filter(({ error }) => !(error < 1e-8))).toEqual([])
  })

  it('is compared where it is hardest', () => {
    const { tails } = references
    expect(tails.length).toBeGreaterThan(800)
    expect(tails.some(([count]) => count === 0)).toBe(true)
    expect(tails.some(([, mean]) => mean === 1e-6)).toBe(true)
    expect(tails.some(([, mean]) => mean === 50_000)).toBe(true)
    expect(tails.some(([, , , logUpper]) => logUpper < -10_000)).toBe(true)
    expect(tails.some(([, , , , logLower]) => logLower < -700)).toBe(true)
  })

  it('expects nothing at all where the mean is 0', () => {
    const law = { mean: 0, variance: 0 }
    expect(countTails(0, law)).toEqual({ logUpper: -Math.LN2, logLower: -Math.LN2 })
    expect(countTails(1, law).logUpper).toBe(-Infinity)
    expect(countTails(1, law).logLower).toBeCloseTo(0, 15)
  })

  it('takes nobody for steadier than rounding to whole calls', () => {
    expect(countTails(13, { mean: 12, variance: 0 })).toEqual(
      countTails(13, { mean: 12, variance: 1 / 12 }),
    )
  })

  it('takes a rare call for Poisson however steady it looks', () => {
    expect(upperTail(2, { mean: 0.1, variance: 0.05 })).toBe(
      upperTail(2, { mean: 0.1, variance: 0.1 }),
    )
  })

  it('refuses what no window can hold', () => {
    const law = { mean: 1, variance: 2 }
    for (const count of [-1, 0.5, Number.NaN])
      expect(() => countTails(count, law)).toThrow('invariant')
    expect(() => countTails(1, { mean: -1, variance: 1 })).toThrow('invariant')
    expect(() => countTails(1, { mean: 1, variance: -1 })).toThrow('invariant')
    expect(() => countTails(1, { mean: 1, variance: Number.NaN })).toThrow('invariant')
    expect(() => countTails(1, { mean: Infinity, variance: 1 })).toThrow('invariant')
  })
})

describe('upperTail and lowerTail', () => {
  it.each([0, 3, 9])('are the two tails, one at a time, at %d calls', (count) => {
    const law = { mean: 4, variance: 6 }
    expect({ logUpper: upperTail(count, law), logLower: lowerTail(count, law) }).toEqual(
      countTails(count, law),
    )
  })
})

describe('countQuantile', () => {
  const means = [0.003, 0.4, 3, 77, 2500]
  it.each(means)('agrees with R for a Poisson law of mean %d', (mean) => {
    for (const share of [0.01, 0.5, 0.99]) {
      expect(countQuantile(share, { mean, variance: mean })).toBe(Math.abs(qpois(share, mean)))
    }
  })

  it.each(means)('agrees with R for a negative binomial law of mean %d', (mean) => {
    for (const share of [0.01, 0.5, 0.99]) {
      const law = { mean, variance: mean + mean ** 2 / 2.5 }
      expect(countQuantile(share, law)).toBe(Math.abs(qnbinom(share, 2.5, undefined, mean)))
    }
  })

  it('draws a narrow band around a steady count', () => {
    const law = { mean: 12, variance: 0.1 }
    expect([countQuantile(0.01, law), countQuantile(0.99, law)]).toEqual([11, 13])
  })

  it('refuses the shares that no count reaches', () => {
    expect(() => countQuantile(1, { mean: 1, variance: 1 })).toThrow('between 0 and 1')
    expect(() => countQuantile(0, { mean: 1, variance: 1 })).toThrow('between 0 and 1')
  })
})
