import { describe, expect, it } from 'vitest'
import {
  addBurst,
  addSeries,
  type BurstSums,
  burstLaw,
  EMPTY_POOL,
  NO_BURSTS,
  ownLaw,
  type PoolSums,
} from '../../../../models/baseline/burst-law.ts'

const sumsOf = (sizes: readonly number[]): BurstSums => sizes.reduce(addBurst, NO_BURSTS)
const poolOf = (...series: readonly (readonly number[])[]): PoolSums =>
  series.reduce((pool, sizes) => addSeries(pool, sumsOf(sizes), 1), EMPTY_POOL)

describe('burstLaw', () => {
  it('is its prior where nothing was seen', () => {
    const law = burstLaw(EMPTY_POOL, 100)
    expect(law.location).toBeCloseTo(0.9, 12)
    expect(law.spread).toBeCloseTo(1.15 * 1.1, 12)
    expect(law.within).toBeCloseTo(0.7, 12)
    expect(law.between).toBeCloseTo(1.21 - 0.7, 12)
    expect(law.perWeek).toBe(15 / 5)
  })

  it('is what was seen where much was', () => {
    const sizes = Array.from({ length: 4000 }, (_, at) => (at % 2 === 0 ? 2 : 50))
    const law = burstLaw(poolOf(sizes), 28)
    expect(law.location).toBeCloseTo((Math.log(2) + Math.log(50)) / 2, 1)
    expect(law.spread).toBeCloseTo((1.15 * Math.log(25)) / 2, 1)
    expect(law.perWeek).toBe(4015 / 5)
  })

  it('weighs forty bursts of its prior, as worked out by hand', () => {
    const { location, spread } = burstLaw(poolOf(new Array(10).fill(20)), 28)
    const middle = (36 + 10 * Math.log(20)) / 50
    const squares = 40 * (1.21 + (0.9 - middle) ** 2) + 10 * (Math.log(20) - middle) ** 2
    expect(location).toBeCloseTo(middle, 12)
    expect(spread).toBeCloseTo(1.15 * Math.sqrt(squares / 50 + 9 * 2 ** -28), 12)
  })

  it('is wide while the account is young: a variance of nine more at first, halved every day', () => {
    const spreads = [0, 1, 5, 7].map((ageDays) => burstLaw(EMPTY_POOL, ageDays).spread)
    expect(spreads[0]).toBeCloseTo(1.15 * Math.sqrt(1.21 + 9), 12)
    expect(spreads[1]).toBeCloseTo(1.15 * Math.sqrt(1.21 + 4.5), 12)
    expect(spreads[2]).toBeCloseTo(1.15 * Math.sqrt(1.21 + 9 / 32), 12)
    expect(spreads[3]).toBeLessThan(1.4)
  })

  it('survives rounding where all bursts are alike', () => {
    const { spread, within, between } = burstLaw(poolOf(new Array(100_000).fill(3)), 28)
    for (const each of [spread, within, between]) expect(each).toBeGreaterThan(0)
  })

  it('tells series that differ from bursts that differ', () => {
    const small = new Array(50).fill(2)
    const large = new Array(50).fill(400)
    const apart = burstLaw(poolOf(small, large), 28)
    const mixed = burstLaw(poolOf([...small, ...large]), 28)
    expect(apart.location).toBeCloseTo(mixed.location, 12)
    expect(apart.within).toBeLessThan(0.5)
    expect(apart.between).toBeGreaterThan(mixed.between)
    expect(mixed.within).toBeGreaterThan(3)
  })
})

describe('addSeries', () => {
  it('takes out what it added', () => {
    const pool = poolOf([2, 8], [32, 5, 9])
    const without = addSeries(pool, sumsOf([32, 5, 9]), -1)
    expect(without.bursts).toBe(2)
    expect(without.degrees).toBe(1)
    expect(without.logs).toBeCloseTo(Math.log(16), 12)
    expect(without.within).toBeCloseTo(poolOf([2, 8]).within, 12)
  })

  it('is as it was after a series without bursts', () => {
    const pool = poolOf([2, 8])
    expect(addSeries(pool, NO_BURSTS, 1)).toBe(pool)
  })

  it('counts how far the bursts of a series lie from their own mean', () => {
    expect(poolOf([7, 7, 7]).within).toBeCloseTo(0, 12)
    expect(poolOf([1], [100])).toMatchObject({ bursts: 2, within: 0, degrees: 0 })
    expect(poolOf([1, 100]).within).toBeCloseTo(Math.log(100) ** 2 / 2, 12)
  })
})

describe('ownLaw', () => {
  const law = burstLaw(poolOf([3, 5, 2, 9], [4, 4], [1, 60]), 28)
  const past = { ageDays: 28, peers: 10 }

  it("is the pool's where the series has no bursts yet", () => {
    const own = ownLaw(law, NO_BURSTS, past)
    expect(own.location).toBe(law.location)
    expect(own.spread).toBeCloseTo(1.15 * Math.sqrt(law.within + law.between), 12)
    expect(own.perWeek).toBeCloseTo(0.3 / (0.3 / (law.perWeek / 10) + 4), 12)
  })

  it('is drawn towards its own bursts the more of them there are, and never beyond', () => {
    const locations = [0, 1, 3, 10, 100].map(
      (bursts) => ownLaw(law, sumsOf(new Array(bursts).fill(500)), past).location,
    )
    expect(locations).toEqual([...locations].sort((one, other) => one - other))
    expect(new Set(locations).size).toBe(5)
    expect(locations[4]).toBeLessThan(Math.log(500))
    expect(locations[4]).toBeGreaterThan(0.9 * Math.log(500))
  })

  it('is narrow where its own bursts are alike, and wide where they are not', () => {
    const alike = ownLaw(law, sumsOf(new Array(40).fill(12)), past)
    const unlike = ownLaw(
      law,
      sumsOf(Array.from({ length: 40 }, (_, at) => (at % 2 ? 1 : 144))),
      past,
    )
    expect(alike.spread).toBeLessThan(unlike.spread)
    expect(alike.spread).toBeGreaterThan(0)
    expect(alike.location).toBeCloseTo(Math.log(12), 0)
  })

  it("comes as often as it did, the pool's rate for each series worth a third of a burst", () => {
    const own = ownLaw(law, sumsOf([2, 2, 2, 2, 2, 2]), { ageDays: 14, peers: 3 })
    expect(own.perWeek).toBeCloseTo((6 + 0.3) / (0.3 / (law.perWeek / 3) + 2), 12)
    const none = ownLaw(law, NO_BURSTS, { ageDays: 0, peers: 3 })
    expect(none.perWeek).toBeCloseTo(law.perWeek / 3, 12)
    expect(own.bursts).toBe(6)
  })
})
