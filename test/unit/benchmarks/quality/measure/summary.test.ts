import { describe, expect, it } from 'vitest'
import { areaUnder, bestAt, podAt } from '../../../../../benchmarks/quality/measure/summary.ts'
import type { Curve } from '../../../../../benchmarks/quality/measure/sweep.ts'

const curve: Curve = {
  labels: 10,
  seriesWeeks: 100,
  points: [
    { threshold: 9, hits: 2, falseEvents: 0 },
    { threshold: 8, hits: 4, falseEvents: 4 },
    { threshold: 7, hits: 3, falseEvents: 9 },
    { threshold: 6, hits: 5, falseEvents: 10 },
    { threshold: 5, hits: 5, falseEvents: 3 },
  ],
}

describe('podAt', () => {
  it('is the best share of labels hit within the budget, whichever threshold brings it', () => {
    expect(podAt(curve, 0.01)).toBe(0.2)
    expect(podAt(curve, 0.03)).toBe(0.5)
    expect(podAt(curve, 0.1)).toBe(0.5)
  })

  it('is 0 where every threshold costs more', () => {
    expect(podAt({ ...curve, points: curve.points.slice(1) }, 0.01)).toBe(0)
    expect(podAt({ ...curve, points: [] }, 0.5)).toBe(0)
  })
})

describe('bestAt', () => {
  it('takes the strictest of several thresholds that hit the same', () => {
    expect(bestAt(curve, 0.1)?.threshold).toBe(6)
    expect(bestAt(curve, 0.09)?.threshold).toBe(5)
  })
})

describe('areaUnder', () => {
  it('adds precision times the share of labels newly reached, strictest threshold first', () => {
    expect(areaUnder(curve)).toBeCloseTo(0.2 * 1 + 0.2 * 0.5 + 0.1 * (5 / 15), 12)
  })

  it('is 0 where nothing is hit', () => {
    expect(areaUnder({ ...curve, points: [] })).toBe(0)
  })
})
