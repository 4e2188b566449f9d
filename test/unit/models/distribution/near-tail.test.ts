import { describe, expect, it } from 'vitest'
import { log1mExp, logSumExp, lowerOf, upperOf } from '../../../../models/distribution/near-tail.ts'
import { relativeError } from '../../../support/count-tail-references.ts'

describe('log1mExp', () => {
  it.each([
    { x: -1e-20, expected: -46.051701859880914 },
    { x: -0.5, expected: -0.9327521295671886 },
    { x: -1, expected: -0.4586751453870819 },
    { x: -50, expected: -1.9287498479639178e-22 },
  ])('is $expected at $x', ({ x, expected }) => {
    expect(relativeError(log1mExp(x), expected)).toBeLessThan(1e-15)
  })

  it('knows the certain and the impossible', () => {
    expect(log1mExp(0)).toBe(-Infinity)
    expect(log1mExp(-Infinity)).toBeCloseTo(0, 15)
  })
})

describe('logSumExp', () => {
  it('adds probabilities that no double can hold', () => {
    expect(logSumExp(-5000, -5001)).toBeCloseTo(-5000 + Math.log1p(Math.exp(-1)), 11)
    expect(logSumExp(-5001, -5000)).toBe(logSumExp(-5000, -5001))
  })

  it('adds the impossible without becoming no number', () => {
    expect(logSumExp(-Infinity, -Infinity)).toBe(-Infinity)
    expect(logSumExp(-Infinity, -2)).toBe(-2)
  })
})

describe('upperOf and lowerOf', () => {
  it('hand back the tail that was computed, and the complement of the other', () => {
    const log = Math.log(0.2)
    expect(upperOf({ side: 'upper', log })).toBe(log)
    expect(lowerOf({ side: 'lower', log })).toBe(log)
    expect(upperOf({ side: 'lower', log })).toBeCloseTo(Math.log(0.8), 15)
    expect(lowerOf({ side: 'upper', log })).toBeCloseTo(Math.log(0.8), 15)
  })
})
