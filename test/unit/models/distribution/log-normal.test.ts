import { plnorm } from 'lib-r-math.js'
import { describe, expect, it } from 'vitest'
import { logNormalTail } from '../../../../models/distribution/log-normal.ts'
import { relativeError } from '../../../support/count-tail-references.ts'

describe('logNormalTail', () => {
  it.each([1, 2, 14, 566, 1e6])('agrees with R, cut half a call below %d', (value) => {
    const expected = plnorm(value - 0.5, 0.9, 1.265, false, true)
    expect(
      relativeError(logNormalTail(value, { location: 0.9, spread: 1.265 }), expected),
    ).toBeLessThan(1e-12)
  })

  it('is never less surprised by a larger burst', () => {
    const tails = [1, 2, 3, 10, 100, 1e9].map((value) =>
      logNormalTail(value, { location: 1, spread: 1 }),
    )
    expect(tails).toEqual([...tails].sort((a, b) => b - a))
  })

  it('refuses a burst of no calls and a law without spread', () => {
    expect(() => logNormalTail(0, { location: 1, spread: 1 })).toThrow('at least one call')
    expect(() => logNormalTail(1, { location: 1, spread: 0 })).toThrow('spread')
  })
})
