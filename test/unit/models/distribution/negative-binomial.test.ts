import { pnbinom } from 'lib-r-math.js'
import { describe, expect, it } from 'vitest'
import { lowerOf, upperOf } from '../../../../models/distribution/near-tail.ts'
import { negativeBinomialTail } from '../../../../models/distribution/negative-binomial.ts'
import { relativeError } from '../../../support/count-tail-references.ts'

const cases = [
  { mean: 0.05, counts: [1, 3, 20] },
  { mean: 1, counts: [1, 3, 20, 150] },
  { mean: 12, counts: [1, 3, 20, 150] },
  { mean: 400, counts: [1, 3, 20, 150] },
].flatMap(({ mean, counts }) =>
  [0.2, 1, 6, 150].flatMap((size) => counts.map((count) => ({ count, mean, size }))),
)
/** The port of R loses this much itself; the exact grid is in count-tails.test.ts. */
const portError = 2e-7

describe('negativeBinomialTail', () => {
  it.each(cases)('agrees with a port of R at $count calls for mean $mean and size $size', (at) => {
    const { count, mean, size } = at
    const near = negativeBinomialTail(count, { mean, variance: mean + mean ** 2 / size }, 1)
    const upper = pnbinom(count - 1, size, undefined, mean, false, true)
    const lower = pnbinom(count - 1, size, undefined, mean, true, true)
    expect(Math.abs(upperOf(near) - upper)).toBeLessThan(portError * Math.max(1, -upper))
    expect(Math.abs(lowerOf(near) - lower)).toBeLessThan(portError * Math.max(1, -lower))
  })

  it('is the geometric law where the variance is mean + mean squared', () => {
    const near = negativeBinomialTail(2000, { mean: 1, variance: 2 }, 1)
    expect(relativeError(upperOf(near), 2000 * Math.log(0.5))).toBeLessThan(1e-14)
  })

  it('gives no calls at all the whole of their probability', () => {
    const near = negativeBinomialTail(0, { mean: 1, variance: 2 }, 0.5)
    expect(lowerOf(near)).toBeCloseTo(Math.log(0.25), 15)
  })

  it('answers for a mean whose square is under every double', () => {
    const { log } = negativeBinomialTail(1, { mean: 1e-200, variance: 1 }, 0.5)
    expect(log).toBeLessThan(-600)
    expect(log).toBeGreaterThan(-Infinity)
  })
})
