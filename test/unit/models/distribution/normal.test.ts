import { pnorm } from 'lib-r-math.js'
import { describe, expect, it } from 'vitest'
import { lowerOf, upperOf } from '../../../../models/distribution/near-tail.ts'
import { logNormalSurvival, roundedNormalTail } from '../../../../models/distribution/normal.ts'
import { references, relativeError } from '../../../support/count-tail-references.ts'

describe('logNormalSurvival', () => {
  it.each(references.logNormalSurvival)('agrees with 70-digit arithmetic at %d', (z, expected) => {
    expect(relativeError(logNormalSurvival(z), expected)).toBeLessThan(1e-12)
  })

  it.each([-20, -2.2, -0.4, 0.1, 1.7, 2.6, 7, 36, 500])('agrees with R at %d', (z) => {
    expect(relativeError(logNormalSurvival(z), pnorm(z, 0, 1, false, true))).toBeLessThan(1e-12)
  })

  it('knows the ends of the line', () => {
    expect(logNormalSurvival(Infinity)).toBe(-Infinity)
    expect(logNormalSurvival(-Infinity)).toBeCloseTo(0, 15)
  })
})

describe('roundedNormalTail', () => {
  const law = { mean: 12.25, variance: 0.5 }

  it('puts half the probability of a count into each tail', () => {
    const atLeast = Math.exp(upperOf(roundedNormalTail(13, law, 1)))
    const above = Math.exp(upperOf(roundedNormalTail(14, law, 1)))
    const middle = Math.exp(upperOf(roundedNormalTail(13, law, 0.5)))
    expect(middle).toBeCloseTo((atLeast + above) / 2, 14)
  })

  it('counts all that a normal law has below one half as no calls', () => {
    const near = roundedNormalTail(0, { mean: 1, variance: 0.5 }, 1)
    expect(upperOf(near)).toBeCloseTo(0, 15)
    expect(lowerOf(near)).toBe(-Infinity)
  })

  it('keeps the digits far below and far above', () => {
    const far = { mean: 1000, variance: 100 }
    expect(lowerOf(roundedNormalTail(600, far, 0.5))).toBeCloseTo(
      upperOf(roundedNormalTail(1400, far, 0.5)),
      9,
    )
  })
})
