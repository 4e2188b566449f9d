import { describe, expect, it } from 'vitest'
import { sensitivity, surpriseNeeded } from '../../../../models/detector/sensitivity.ts'

describe('sensitivity', () => {
  it('splits the whole budget', () => {
    const shares = Object.values(sensitivity(2).shares)
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
  })

  it('refuses a budget of nothing', () => {
    expect(() => sensitivity(0)).toThrow('invariant: an alarm budget is above 0, not 0')
  })
})

describe('surpriseNeeded', () => {
  it.each([
    ['dense-calls', 0.6],
    ['pool-calls', 0.9],
    ['dense-errors', 0.1],
    ['pool-errors', 0.1],
    ['aggregates', 0.3],
  ] as const)('asks of %s what comes %d times a week at a budget of 2', (family, perWeek) => {
    expect(surpriseNeeded(sensitivity(2), family)).toBeCloseTo(-Math.log(perWeek), 12)
  })
})
