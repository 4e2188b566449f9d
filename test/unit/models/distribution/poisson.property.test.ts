import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { upperOf } from '../../../../models/distribution/near-tail.ts'
import { negativeBinomialTail } from '../../../../models/distribution/negative-binomial.ts'
import { poissonTail } from '../../../../models/distribution/poisson.ts'
import { relativeError } from '../../../support/count-tail-references.ts'

describe('poissonTail', () => {
  it('is where the negative binomial law ends as its variance falls to the mean', () => {
    const mean = fc.double({ min: 0.05, max: 3000, noNaN: true })
    fc.assert(
      fc.property(fc.nat(4000), mean, (count, m) => {
        const limit = negativeBinomialTail(count, { mean: m, variance: m * (1 + 1e-15) }, 0.5)
        const error = relativeError(upperOf(poissonTail(count, m, 0.5)), upperOf(limit))
        expect(error).toBeLessThan(1e-8)
      }),
      { seed: 7, numRuns: 1000 },
    )
  })
})
