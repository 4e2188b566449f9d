import { describe, expect, it } from 'vitest'
import { deviance, digamma, stirlingError } from '../../../../models/distribution/special.ts'
import { references, relativeError } from '../../../support/count-tail-references.ts'

describe('stirlingError', () => {
  it.each(references.stirlingError)('agrees with 70-digit arithmetic at %d', (x, expected) => {
    expect(Math.abs(stirlingError(x) - expected)).toBeLessThan(2e-15 * Math.max(1, expected))
  })
})

describe('digamma', () => {
  it.each(references.digamma)('agrees with 70-digit arithmetic at %d', (x, expected) => {
    expect(Math.abs(digamma(x) - expected)).toBeLessThan(2e-14 * Math.max(1, -expected))
  })
})

describe('deviance', () => {
  it.each([
    { x: 1, expected: 1e-6, value: 12.815511557963774 },
    { x: 100, expected: 200, value: 30.685281944005467 },
    { x: 100, expected: 110, value: 0.46898202 },
    { x: 1e6, expected: 1e6 + 1, value: 4.999996666669167e-7 },
  ])('is $value for $x where $expected are expected', ({ x, expected, value }) => {
    expect(relativeError(deviance(x, { expected, excess: x - expected }), value)).toBeLessThan(1e-8)
  })

  it('passes from its series to the logarithm without a step', () => {
    const at = (expected: number): number => deviance(1000, { expected, excess: 1000 - expected })
    expect(relativeError(at(818.18181818), at(818.18181819))).toBeLessThan(1e-9)
    expect(relativeError(at(1222.2222222), at(1222.2222223))).toBeLessThan(2e-9)
  })
})
