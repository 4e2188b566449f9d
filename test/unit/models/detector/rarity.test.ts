import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LAW } from '../../../../models/detector/law.ts'
import {
  MOST_IN_SERIES,
  rarityInAccount,
  rarityInSeries,
  surpriseInAccount,
  WEEKLY_IN_SERIES,
} from '../../../../models/detector/rarity.ts'

const rise = { family: 'dense-calls', direction: 'up', terms: {} } as const
const inSeries = (surprise: number): number => rarityInSeries({ ...rise, surprise, peers: 1 })

describe.each([
  ['in an account', rarityInAccount],
  ['in a series', inSeries],
])('rarity %s', (_, rarityOf) => {
  it('never falls as surprise grows, and grows with it', () => {
    const surprise = fc.double({ min: -20, max: 800, noNaN: true })
    fc.assert(
      fc.property(surprise, fc.double({ min: 0, max: 50, noNaN: true }), (less, more) => {
        expect(rarityOf(less + more)).toBeGreaterThanOrEqual(rarityOf(less))
        expect(rarityOf(less + more + 0.01)).toBeGreaterThan(rarityOf(less))
      }),
      { seed: 1 },
    )
  })

  it('claims less than the laws of what is rare, and more of what comes often', () => {
    expect(rarityOf(5)).toBeLessThan(5)
    expect(rarityOf(-3)).toBeGreaterThan(-3)
  })

  it('has no jumps, and no end', () => {
    for (let surprise = -10; surprise < 30; surprise += 0.01) {
      expect(rarityOf(surprise + 1e-9) - rarityOf(surprise)).toBeLessThan(1e-8)
    }
    expect(rarityOf(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY)
  })
})

it('knows of one series what it knows of each of its peers', () => {
  expect(rarityInSeries({ ...rise, surprise: 2, peers: 20 })).toBe(inSeries(2 + Math.log(20)))
  expect(
    rarityInSeries({ ...rise, surprise: WEEKLY_IN_SERIES - Math.log(20), peers: 20 }),
  ).toBeCloseTo(0)
})

it('believes some laws more than others, and falls less than rises', () => {
  const said = { ...rise, surprise: 2, peers: 1 }
  const by = (law: string, family = 'pool-calls') =>
    rarityInSeries({ ...said, family, terms: { law } })
  expect(by(LAW.again)).toBe(inSeries(2))
  expect(by(LAW.own)).toBe(inSeries(1.5))
  expect(by(LAW.bursts)).toBe(inSeries(3))
  expect(by(LAW.bursts, 'pool-errors')).toBe(inSeries(2 + MOST_IN_SERIES))
  expect(by(LAW.windows)).toBe(inSeries(0.5))
  expect(by(LAW.share, 'pool-errors')).toBe(inSeries(1))
  expect(by(LAW.climb)).toBe(inSeries(-1))
  expect(rarityInSeries({ ...said, direction: 'down' })).toBe(inSeries(-0.5))
  const bounded = { law: LAW.own, boundBy: 'bursts beside its own work' }
  expect(rarityInSeries({ ...said, terms: bounded })).toBe(inSeries(3))
})

it('is undone by the surprise that is as rare', () => {
  for (const rarity of [-30, -0.81, -0.5, 0.26, 1, 2.75, 4, 5.2, 5.3, 200]) {
    expect(rarityInAccount(surpriseInAccount(rarity))).toBeCloseTo(rarity, 9)
  }
  expect(surpriseInAccount(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY)
})
