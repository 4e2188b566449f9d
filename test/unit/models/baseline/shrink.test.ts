import { describe, expect, it } from 'vitest'
import { type Slots, shrink as shrinkIn } from '../../../../models/baseline/shrink.ts'
import { Scratch } from '../../../../models/series/scratch.ts'

const parents = Float64Array.of(10, 10, 10)
const exposures = Float64Array.of(1, 1, 1)
const shrink = (slots: Slots) => shrinkIn(slots, new Scratch())

describe('shrink', () => {
  it('draws slots fully to their parents where sampling explains them', () => {
    const variances = Float64Array.of(4, 4, 4)
    const { means, weights } = shrink({
      means: Float64Array.of(9, 10, 11.5),
      parents,
      variances,
      exposures,
    })
    expect([...means]).toEqual([10, 10, 10])
    expect([...weights]).toEqual([0, 0, 0])
  })

  it('hardly draws slots that differ by far more than sampling explains', () => {
    const variances = Float64Array.of(0.01, 0.01, 0.01)
    const { means } = shrink({ means: Float64Array.of(0, 10, 20), parents, variances, exposures })
    expect(means[2]).toBeCloseTo(20, 1)
  })

  it('weighs by the moments: between 200 - 3 of 300 squared parents, within 1', () => {
    const variances = Float64Array.of(1, 1, 1)
    const { weights } = shrink({ means: Float64Array.of(0, 10, 20), parents, variances, exposures })
    const between = (197 / 300) * 100
    expect(weights[0]).toBeCloseTo(between / (between + 1), 14)
  })

  it('leaves a slot that was never observed with its parent', () => {
    const { means, weights } = shrink({
      means: Float64Array.of(0, 10, 20),
      parents,
      variances: Float64Array.of(0.01, 0.01, 0.01),
      exposures: Float64Array.of(1, 1, 0),
    })
    expect(means[2]).toBe(10)
    expect(weights[2]).toBe(0)
  })
})
