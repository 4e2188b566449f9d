import { describe, expect, it } from 'vitest'
import {
  burstLaw,
  burstLogTail,
  EMPTY_POOL,
  NO_BURSTS,
  ownLaw,
} from '../../../../models/baseline/burst-law.ts'
import { rarityInAccount } from '../../../../models/detector/rarity.ts'
import { rarityNeeded, sensitivity } from '../../../../models/detector/sensitivity.ts'
import { smallestBurst } from '../../../../models/detector/smallest-burst.ts'

const law = { ...burstLaw(EMPTY_POOL, 28), perWeek: 20, series: 20 }
/** Of an API that was quiet for 28 days. */
const own = ownLaw(law, NO_BURSTS, { ageDays: 28, peers: 20 })
/** In both sizes a burst is looked at in. */
const rarity = (count: number): number =>
  rarityInAccount(-Math.log(2 * 20 * own.perWeek) - burstLogTail(count, own, law))

describe('smallestBurst', () => {
  it('is the first size that alarms', () => {
    const smallest = smallestBurst(law, sensitivity(0.5), 'calls')
    const needed = rarityNeeded(sensitivity(0.5), 'pool-calls')
    expect(rarity(smallest)).toBeGreaterThanOrEqual(needed)
    expect(rarity(smallest - 1)).toBeLessThan(needed)
  })

  it('shrinks as the budget grows, down to the floor', () => {
    const sizes = [0.1, 1, 2].map((budget) => smallestBurst(law, sensitivity(budget), 'calls'))
    expect(sizes).toEqual([...sizes].sort((one, other) => other - one))
    expect(smallestBurst(law, sensitivity(200), 'calls')).toBe(10)
    expect(smallestBurst(law, sensitivity(200), 'errors')).toBe(5)
  })

  it('takes a law of an older store, that says not how many share it, for one of busy series', () => {
    const { series: _, ...older } = law
    const newer = { ...older, series: older.perWeek }
    const sizeOf = (each: typeof older) => smallestBurst(each, sensitivity(0.5), 'calls')
    expect(sizeOf(older)).toBe(sizeOf(newer))
    expect(smallestBurst({ ...older, perWeek: 0.5 }, sensitivity(0.5), 'calls')).toBe(
      smallestBurst({ ...older, perWeek: 0.5, series: 1 }, sensitivity(0.5), 'calls'),
    )
  })

  it('is larger where tails are heavy', () => {
    const sizeOf = (scale: number) =>
      smallestBurst({ ...law, tail: { from: 4, scale } }, sensitivity(0.5), 'calls')
    expect(sizeOf(2)).toBeGreaterThan(sizeOf(1))
  })

  it('ends where no burst would be noticed', () => {
    expect(smallestBurst({ ...law, spread: 80, within: 6400 }, sensitivity(0.1), 'calls')).toBe(
      2 ** 40,
    )
  })
})
