import { describe, expect, it } from 'vitest'
import { Random } from '../../../../src/simulate/random.ts'

const draw = (count: number, one: () => number): readonly number[] =>
  Array.from({ length: count }, one)

const meanOf = (draws: readonly number[]): number =>
  draws.reduce((sum, value) => sum + value, 0) / draws.length

const varianceOf = (draws: readonly number[]): number => {
  const mean = meanOf(draws)
  return meanOf(draws.map((value) => (value - mean) ** 2))
}

describe('Random', () => {
  it('gives the same draws for the same seed and stream', () => {
    const one = new Random(7, 'a')
    const other = new Random(7, 'a')
    expect(draw(50, () => one.next())).toEqual(draw(50, () => other.next()))
  })

  it.each([
    { seed: 8, stream: 'a' },
    { seed: 7, stream: 'b' },
    { seed: 7 + 2 ** 40, stream: 'a' },
  ])('gives other draws for seed $seed and stream $stream', ({ seed, stream }) => {
    const one = new Random(7, 'a')
    const other = new Random(seed, stream)
    expect(draw(5, () => one.next())).not.toEqual(draw(5, () => other.next()))
  })

  it('spreads uniform draws evenly over ten cells', () => {
    const random = new Random(1, 'uniform')
    const cells = new Array<number>(10).fill(0)
    for (let made = 0; made < 20_000; made += 1) {
      const cell = random.below(10)
      cells[cell] = (cells[cell] ?? 0) + 1
    }
    const chiSquare = cells.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0)
    // The 99.9 % quantile of chi-square with nine degrees of freedom.
    expect(chiSquare).toBeLessThan(27.88)
  })

  it.each([0.3, 4, 75])('draws Poisson counts whose mean and variance are %d', (mean) => {
    const random = new Random(2, `poisson/${mean}`)
    const draws = draw(8000, () => random.poisson(mean))
    expect(meanOf(draws) / mean).toBeCloseTo(1, 1)
    expect(Math.abs(varianceOf(draws) / mean - 1)).toBeLessThan(0.1)
  })

  it('draws negative-binomial counts with variance mean + mean²/shape', () => {
    const random = new Random(3, 'negative-binomial')
    const draws = draw(20_000, () => random.negativeBinomial({ mean: 6, shape: 3 }))
    expect(Math.abs(meanOf(draws) / 6 - 1)).toBeLessThan(0.05)
    expect(Math.abs(varianceOf(draws) / 18 - 1)).toBeLessThan(0.1)
    expect(random.negativeBinomial({ mean: 0, shape: 3 })).toBe(0)
  })

  it('draws log-normal values around their median', () => {
    const random = new Random(4, 'log-normal')
    const draws = draw(8000, () => random.logNormal({ median: 5, spread: 0.8 }))
    expect(draws.filter((value) => value < 5).length / 8000).toBeCloseTo(0.5, 1)
    expect(varianceOf(draws.map(Math.log))).toBeCloseTo(0.64, 1)
  })

  it('writes version 4 GUIDs that differ', () => {
    const random = new Random(5, 'guid')
    const guids = Array.from({ length: 1000 }, () => random.guid())
    for (const guid of guids) {
      expect(guid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    }
    expect(new Set(guids).size).toBe(1000)
  })

  it('keeps every item when it shuffles', () => {
    const items = Array.from({ length: 100 }, (_, place) => place)
    const shuffled = new Random(6, 'shuffle').shuffle([...items])
    expect(shuffled).not.toEqual(items)
    expect(shuffled.toSorted((a, b) => a - b)).toEqual(items)
  })
})
