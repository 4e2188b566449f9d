import { describe, expect, it } from 'vitest'
import { sweep } from '../../../../../benchmarks/quality/measure/sweep.ts'
import { labelAt, quietSeries, tracksScored } from './builders.ts'

describe('sweep', () => {
  it('goes from the strictest threshold to the loosest', () => {
    const series = quietSeries({ labels: [labelAt(400, 404), labelAt(600, 604)] })
    const { points, labels } = sweep(tracksScored(series, { calls: { 400: 5, 500: 4, 600: 3 } }))
    expect(labels).toBe(2)
    expect(points.map(({ hits, falseEvents }) => [hits, falseEvents])).toEqual([
      [1, 0],
      [1, 1],
      [2, 1],
    ])
  })

  it('counts the scored weeks of a series once for both metrics', () => {
    expect(sweep(tracksScored(quietSeries(), {})).seriesWeeks).toBe(3)
    expect(sweep(tracksScored(quietSeries({ firstBucket: 168 }), {})).seriesWeeks).toBe(4)
  })

  it('has no points where nothing scores above 0', () => {
    expect(sweep(tracksScored(quietSeries(), { calls: { 400: 0, 500: -1 } })).points).toEqual([])
  })
})
