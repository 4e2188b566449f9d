import cephes from 'cephes'
import { ppois } from 'lib-r-math.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { lowerOf, upperOf } from '../../../../models/distribution/near-tail.ts'
import { poissonTail } from '../../../../models/distribution/poisson.ts'

const cases = [
  { mean: 0.01, counts: [1, 2, 5] },
  { mean: 0.7, counts: [1, 2, 5, 30] },
  { mean: 3, counts: [1, 2, 3, 4, 30] },
  { mean: 40, counts: [5, 30, 40, 41, 60] },
  { mean: 900, counts: [850, 899, 900, 1000] },
].flatMap(({ mean, counts }) => counts.map((count) => ({ count, mean })))

beforeAll(() => cephes.compiled)

describe('poissonTail', () => {
  it.each(cases)('agrees with a port of R at $count calls for mean $mean', ({ count, mean }) => {
    const near = poissonTail(count, mean, 1)
    const upper = ppois(count - 1, mean, false, true)
    const lower = ppois(count - 1, mean, true, true)
    expect(Math.abs(upperOf(near) - upper)).toBeLessThan(1e-9 * Math.max(1, -upper))
    expect(Math.abs(lowerOf(near) - lower)).toBeLessThan(1e-9 * Math.max(1, -lower))
  })

  it.each(cases)('agrees with Cephes at $count calls for mean $mean', ({ count, mean }) => {
    const below = Math.exp(lowerOf(poissonTail(count, mean, 1)))
    expect(Math.abs(below - cephes.igamc(count, mean))).toBeLessThan(1e-12)
  })

  it('gives no calls at all the whole of their probability', () => {
    expect(upperOf(poissonTail(0, 3, 1))).toBeCloseTo(0, 15)
    expect(lowerOf(poissonTail(0, 3, 0))).toBe(-3)
    expect(lowerOf(poissonTail(0, 3, 0.5))).toBeCloseTo(-3 - Math.LN2, 15)
  })
})
