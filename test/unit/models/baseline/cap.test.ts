import { describe, expect, it } from 'vitest'
import { capOutliers, daySlots, spanCap } from '../../../../models/baseline/cap.ts'
import { Scratch } from '../../../../models/series/scratch.ts'

const chance = { phi: 1, alpha: 0 }
const means = new Float64Array(72).fill(4)
/** The hours of days from an hour of the first on. */
const hourlyFrom = (firstSlot: number, counts: Float64Array) =>
  daySlots({ counts, slotAt: counts.map((_, at) => (firstSlot + at) % 24) }, 24, new Scratch())

describe('capOutliers', () => {
  it('caps an isolated outlier at five standard deviations and a call', () => {
    const counts = new Float64Array(72).fill(4)
    counts[30] = 900
    const capped = capOutliers(counts, means, chance, hourlyFrom(0, counts))
    expect(capped[30]).toBe(4 + 5 * 2 + 1)
    expect(capped[31]).toBe(4)
  })

  it('keeps what the same hour reached on two days', () => {
    const counts = new Float64Array(72).fill(4)
    counts[30] = 900
    counts[54] = 800
    const capped = capOutliers(counts, means, chance, hourlyFrom(0, counts))
    expect([capped[30], capped[54]]).toEqual([800, 800])
  })

  it('knows the hour of the day where counts begin in mid-day', () => {
    const counts = new Float64Array(30).fill(4)
    counts[3] = 900
    counts[27] = 900
    const capped = capOutliers(counts, means, chance, hourlyFrom(20, counts))
    expect(capped[27]).toBe(900)
  })
})

describe('spanCap', () => {
  it('is a whole number, so that counts stay counts', () => {
    expect(spanCap(0.3, { phi: 1.2, alpha: 0.1 })).toBe(Math.ceil(0.3 + 4 * Math.sqrt(0.369) + 1))
  })
})
