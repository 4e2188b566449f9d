import { describe, expect, it } from 'vitest'
import {
  addBurst,
  type BurstSums,
  burstLaw,
  joinBursts,
  NO_BURSTS,
} from '../../../../models/baseline/burst-law.ts'

const sumsOf = (sizes: readonly number[]): BurstSums =>
  sizes.reduce((sums, calls) => addBurst(sums, calls, 1), NO_BURSTS)

describe('burstLaw', () => {
  it('is its prior where nothing was seen', () => {
    const law = burstLaw(NO_BURSTS, 100)
    expect(law.location).toBeCloseTo(0.9, 12)
    expect(law.spread).toBeCloseTo(1.15 * 1.1, 12)
    expect(law.perWeek).toBe(15 / 5)
  })

  it('is what was seen where much was', () => {
    const sizes = Array.from({ length: 4000 }, (_, at) => (at % 2 === 0 ? 2 : 50))
    const law = burstLaw(sumsOf(sizes), 28)
    expect(law.location).toBeCloseTo((Math.log(2) + Math.log(50)) / 2, 1)
    expect(law.spread).toBeCloseTo((1.15 * Math.log(25)) / 2, 1)
    expect(law.perWeek).toBe(4015 / 5)
  })

  it('weighs forty bursts of its prior, as worked out by hand', () => {
    const { location, spread } = burstLaw(sumsOf(new Array(10).fill(20)), 28)
    const middle = (36 + 10 * Math.log(20)) / 50
    const squares = 40 * (1.21 + (0.9 - middle) ** 2) + 10 * (Math.log(20) - middle) ** 2
    expect(location).toBeCloseTo(middle, 12)
    expect(spread).toBeCloseTo(1.15 * Math.sqrt(squares / 50 + 9 * 2 ** -28), 12)
  })

  it('is wide while the account is young: a variance of nine more at first, halved every day', () => {
    const spreads = [0, 1, 5, 7].map((ageDays) => burstLaw(NO_BURSTS, ageDays).spread)
    expect(spreads[0]).toBeCloseTo(1.15 * Math.sqrt(1.21 + 9), 12)
    expect(spreads[1]).toBeCloseTo(1.15 * Math.sqrt(1.21 + 4.5), 12)
    expect(spreads[2]).toBeCloseTo(1.15 * Math.sqrt(1.21 + 9 / 32), 12)
    expect(spreads[3]).toBeLessThan(1.4)
  })

  it('survives rounding where all bursts are alike', () => {
    expect(burstLaw(sumsOf(new Array(100_000).fill(3)), 28).spread).toBeGreaterThan(0)
  })
})

describe('joinBursts', () => {
  it('is the same as adding one by one', () => {
    const joined = joinBursts(sumsOf([2, 8]), sumsOf([32]))
    expect(joined).toEqual(sumsOf([2, 8, 32]))
    expect(addBurst(joined, 32, -1).bursts).toBe(2)
  })
})
