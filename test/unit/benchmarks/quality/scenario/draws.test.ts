import { describe, expect, it } from 'vitest'
import {
  binomial,
  gamma,
  normal,
  overdispersed,
  poisson,
} from '../../../../../benchmarks/quality/scenario/draws.ts'
import { randomOf } from '../../../../../benchmarks/quality/scenario/random.ts'

const random = randomOf(1, 'draws')
const SIZE = 20_000

function moments(draw: () => number): { mean: number; variance: number } {
  const values = Array.from({ length: SIZE }, draw)
  const mean = values.reduce((sum, value) => sum + value, 0) / SIZE
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / SIZE
  return { mean, variance }
}

describe('draws', () => {
  it.each([
    { name: 'normal', draw: () => normal(random), mean: 0, variance: 1 },
    { name: 'gamma(0.3)', draw: () => gamma(random, 0.3), mean: 0.3, variance: 0.3 },
    { name: 'gamma(8)', draw: () => gamma(random, 8), mean: 8, variance: 8 },
    { name: 'poisson(0.4)', draw: () => poisson(random, 0.4), mean: 0.4, variance: 0.4 },
    { name: 'poisson(75)', draw: () => poisson(random, 75), mean: 75, variance: 75 },
    { name: 'poisson(900)', draw: () => poisson(random, 900), mean: 900, variance: 900 },
    { name: 'binomial(40, 0.1)', draw: () => binomial(random, 40, 0.1), mean: 4, variance: 3.6 },
    { name: 'binomial(9, 0.8)', draw: () => binomial(random, 9, 0.8), mean: 7.2, variance: 1.44 },
    {
      name: 'binomial(5000, 0.3)',
      draw: () => binomial(random, 5000, 0.3),
      mean: 1500,
      variance: 1050,
    },
    {
      name: 'overdispersed(6, 20)',
      draw: () => overdispersed(random, 6, 20),
      mean: 6,
      variance: 20,
    },
  ])('$name has its mean and variance', ({ draw, mean, variance }) => {
    const found = moments(draw)
    expect(Math.abs(found.mean - mean)).toBeLessThan(5 * Math.sqrt(variance / SIZE))
    expect(found.variance / variance).toBeGreaterThan(0.9)
    expect(found.variance / variance).toBeLessThan(1.1)
  })

  it('never draws more successes than trials', () => {
    for (let draw = 0; draw < 500; draw++) {
      expect(binomial(random, 3, 0.45)).toBeLessThanOrEqual(3)
    }
    expect(binomial(random, 5, 0)).toBe(0)
    expect(binomial(random, 5, 1)).toBe(5)
  })
})
