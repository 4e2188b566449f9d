import { describe, expect, it } from 'vitest'
import { lawOf, riseLaw, varianceOf } from '../../../../models/baseline/baseline.ts'

it('adds bursts, in proportion to the mean, to noise, in proportion to its square', () => {
  expect(varianceOf({ phi: 2, alpha: 0 }, 3)).toBe(6)
  expect(varianceOf({ phi: 0, alpha: 0.5 }, 4)).toBe(8)
})

describe('lawOf', () => {
  it('has the variance of its length', () => {
    expect(lawOf({ phi: 2, alpha: 0.1 }, 10)).toEqual({ mean: 10, variance: 30 })
  })

  it('is never steadier than chance, however steady the series was', () => {
    expect(lawOf({ phi: 0.03, alpha: 0 }, 10)).toEqual({ mean: 10, variance: 10 })
    expect(lawOf({ phi: 0.5, alpha: 0.04 }, 10)).toEqual({ mean: 10, variance: 10 })
    expect(lawOf({ phi: 0.5, alpha: 0.06 }, 10).variance).toBeCloseTo(11, 12)
  })
})

describe('riseLaw', () => {
  it('is steadier than chance by all but one call', () => {
    expect(riseLaw({ phi: 0.1, alpha: 0 }, 20)).toEqual({ mean: 20, variance: 3 })
    expect(riseLaw({ phi: 0.9, alpha: 0 }, 2)).toEqual({ mean: 2, variance: 2 })
    expect(riseLaw({ phi: 2, alpha: 0.1 }, 10)).toEqual({ mean: 10, variance: 30 })
  })
})
