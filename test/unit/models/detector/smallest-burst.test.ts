import { describe, expect, it } from 'vitest'
import { burstLaw, EMPTY_POOL, NO_BURSTS, ownLaw } from '../../../../models/baseline/burst-law.ts'
import { sensitivity, surpriseNeeded } from '../../../../models/detector/sensitivity.ts'
import { smallestBurst } from '../../../../models/detector/smallest-burst.ts'
import { logNormalTail } from '../../../../models/distribution/log-normal.ts'

const law = { ...burstLaw(EMPTY_POOL, 28), perWeek: 20 }
/** Of an API that was quiet for 28 days. */
const own = ownLaw(law, NO_BURSTS, { ageDays: 28, peers: 1 })
const surprise = (count: number): number => -Math.log(own.perWeek) - logNormalTail(count, own)

describe('smallestBurst', () => {
  it('is the first size that alarms', () => {
    const smallest = smallestBurst(law, sensitivity(2), 'calls')
    const needed = surpriseNeeded(sensitivity(2), 'pool-calls')
    expect(surprise(smallest)).toBeGreaterThanOrEqual(needed)
    expect(surprise(smallest - 1)).toBeLessThan(needed)
  })

  it('shrinks as the budget grows, down to the floor', () => {
    const sizes = [0.1, 1, 5].map((budget) => smallestBurst(law, sensitivity(budget), 'calls'))
    expect(sizes).toEqual([...sizes].sort((one, other) => other - one))
    expect(smallestBurst(law, sensitivity(200), 'calls')).toBe(10)
    expect(smallestBurst(law, sensitivity(200), 'errors')).toBe(5)
  })

  it('ends where no burst would be noticed', () => {
    expect(smallestBurst({ ...law, within: 2500 }, sensitivity(2), 'calls')).toBe(2 ** 40)
  })
})
