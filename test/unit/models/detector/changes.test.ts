import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amongChanges, changeShare, changesPerWeek } from '../../../../models/detector/changes.ts'

const level = { rise: 1, fall: 1, before: 1, settled: true }
const baselines = (settled: number, changed: number) => [
  ...new Array(settled).fill({ level }),
  ...new Array(changed).fill({ level: { ...level, settled: false } }),
]

describe('changesPerWeek', () => {
  it('believes that one series changes every 20 weeks, up as often as down, before any was seen for long', () => {
    expect(2 * changesPerWeek(baselines(1, 0))).toBeCloseTo(1 / 22, 10)
  })

  it('expects less of an account whose series keep their level, and a quarter of a change a week at most', () => {
    expect(changesPerWeek(baselines(1000, 0))).toBeCloseTo(0.2475, 3)
    expect(changesPerWeek(baselines(1000, 0)) / 1000).toBeLessThan(0.001)
  })

  it('expects half of what was seen in the last 14 days to go on in each direction', () => {
    expect(2 * changesPerWeek(baselines(80, 20))).toBeCloseTo((100 * 21) / 220, 10)
  })
})

describe('changeShare', () => {
  const change = fc.record({
    count: fc.nat(5000),
    mean: fc.double({ min: 0, max: 500, noNaN: true }),
  })

  it('is a share, and never more for a larger rise', () => {
    fc.assert(
      fc.property(change, fc.nat(100), ({ count, mean }, more) => {
        const share = changeShare({ direction: 'up', count, mean })
        expect(share).toBeGreaterThan(0)
        expect(share).toBeLessThanOrEqual(1)
        expect(changeShare({ direction: 'up', count: count + more, mean })).toBeLessThanOrEqual(
          share,
        )
      }),
      { seed: 7 },
    )
  })

  it('is one in five of rises and of falls threefold', () => {
    expect(changeShare({ direction: 'up', count: 300, mean: 100 })).toBeCloseTo(0.193, 3)
    expect(changeShare({ direction: 'down', count: 100, mean: 300 })).toBeCloseTo(0.193, 3)
    expect(changeShare({ direction: 'down', count: 0, mean: 0 })).toBe(1)
  })
})

describe('amongChanges', () => {
  it('leaves what is expected more often than changes as it was', () => {
    expect(amongChanges(-3, 0.0001)).toBeCloseTo(-3, 4)
    expect(amongChanges(40, 0)).toBe(40)
  })

  it('makes nothing rarer than the changes that do as much', () => {
    expect(amongChanges(700, 0.02)).toBeCloseTo(-Math.log(0.02), 10)
    expect(amongChanges(Number.POSITIVE_INFINITY, 0.02)).toBe(-Math.log(0.02))
  })
})
