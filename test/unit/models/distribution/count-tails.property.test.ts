import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type CountLaw,
  countQuantile,
  countTails,
  lowerTail,
  upperTail,
} from '../../../../models/distribution/count-tails.ts'

const runs = { seed: 20_240_229, numRuns: 2000 }
const count = fc.oneof(fc.nat(30), fc.nat(2000), fc.nat(200_000))
const mean = fc.double({ min: -14, max: 11, noNaN: true }).map(Math.exp)
const factors = fc.record({
  burst: fc.oneof(fc.constant(1), fc.double({ min: 1, max: 60, noNaN: true })),
  noise: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 4, noNaN: true })),
})
const steadiness = fc.double({ min: 0, max: 0.97, noNaN: true })
const lawOf = (mean: number, { burst, noise }: { burst: number; noise: number }): CountLaw => ({
  mean,
  variance: burst * mean + noise * mean * mean,
})
const anyLaw = fc.oneof(
  fc.tuple(mean, factors).map(([m, f]) => lawOf(m, f)),
  fc.tuple(mean, steadiness).map(([m, share]) => ({ mean: m, variance: share * m })),
)

/** Room for rounding, in units of ln p. */
const slack = (logTail: number): number => 1e-10 * Math.max(1, -logTail)

describe('countTails', () => {
  it('is never less surprised by more calls, nor by fewer', () => {
    fc.assert(
      fc.property(count, fc.integer({ min: 1, max: 50 }), anyLaw, (y, step, law) => {
        const here = countTails(y, law)
        const there = countTails(y + step, law)
        expect(there.logUpper).toBeLessThanOrEqual(here.logUpper + slack(here.logUpper))
        expect(there.logLower).toBeGreaterThanOrEqual(here.logLower - slack(here.logLower))
      }),
      runs,
    )
  })

  it('is less surprised by a count where more are expected with the same dispersion', () => {
    const growth = fc.double({ min: 1, max: 3, noNaN: true })
    fc.assert(
      fc.property(count, mean, growth, factors, (y, small, by, dispersion) => {
        const here = upperTail(y, lawOf(small, dispersion))
        const there = upperTail(y, lawOf(small * by, dispersion))
        expect(there).toBeGreaterThanOrEqual(here - slack(here))
      }),
      runs,
    )
  })

  it('keeps that order for steady counts of one call and more', () => {
    const large = fc.double({ min: 0, max: 11, noNaN: true }).map(Math.exp)
    const growth = fc.double({ min: 1, max: 3, noNaN: true })
    const apart = fc.integer({ min: -300, max: 300 })
    fc.assert(
      fc.property(apart, large, growth, steadiness, (offset, small, by, share) => {
        const y = Math.max(0, Math.round(small) + offset)
        const here = upperTail(y, { mean: small, variance: share * small })
        const there = upperTail(y, { mean: small * by, variance: share * small * by })
        expect(there).toBeGreaterThanOrEqual(here - slack(here))
      }),
      runs,
    )
  })

  it('gives two tails that are probabilities and add up to 1', () => {
    fc.assert(
      fc.property(count, anyLaw, (y, law) => {
        const { logUpper, logLower } = countTails(y, law)
        expect(Math.max(logUpper, logLower)).toBeLessThanOrEqual(0)
        expect(Math.exp(logUpper) + Math.exp(logLower)).toBeCloseTo(1, 12)
      }),
      runs,
    )
  })
})

describe('countQuantile', () => {
  it('is a count whose tails lie around the share', () => {
    const share = fc.double({ min: 0.001, max: 0.999, noNaN: true })
    fc.assert(
      fc.property(share, anyLaw, (wanted, law) => {
        const edge = countQuantile(wanted, law)
        expect(lowerTail(edge + 1, law)).toBeGreaterThanOrEqual(Math.log(wanted) - 1e-9)
        if (edge > 0) expect(lowerTail(edge - 1, law)).toBeLessThan(Math.log(wanted) + 1e-9)
      }),
      { ...runs, numRuns: 500 },
    )
  })
})
