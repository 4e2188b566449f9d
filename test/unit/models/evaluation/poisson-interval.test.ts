import { describe, expect, it } from 'vitest'
import { poissonInterval } from '../../../../models/evaluation/poisson-interval.ts'

describe('poissonInterval', () => {
  // Garwood's table: Ulm, K. (1990), American Journal of Epidemiology 131:373.
  it.each([
    { count: 0, low: 0, high: 3.689 },
    { count: 1, low: 0.0253, high: 5.572 },
    { count: 10, low: 4.795, high: 18.39 },
    { count: 100, low: 81.36, high: 121.6 },
  ])('is $low to $high around $count', ({ count, low, high }) => {
    const interval = poissonInterval(count)
    expect(interval.low).toBeCloseTo(low, 2)
    expect(interval.high / high).toBeCloseTo(1, 3)
  })
})
