import { describe, expect, it } from 'vitest'
import { windowsPerDay } from '../../../../models/series/grid.ts'
import { scalesOf, stepOf } from '../../../../models/series/scales.ts'

it.each([
  [1, [1, 30, 180, 480, 1440]],
  [5, [1, 6, 36, 96, 288]],
  [15, [1, 2, 12, 32, 96]],
  [30, [1, 6, 16, 48]],
  [60, [1, 3, 8, 24]],
])('judges a grid of %i minutes in windows of %j', (windowMinutes, scales) => {
  expect(scalesOf({ windowMinutes })).toEqual(scales)
})

describe('stepOf', () => {
  it.each([
    [1, [1, 10, 60, 120, 120]],
    [5, [1, 2, 12, 24, 24]],
    [15, [1, 1, 4, 8, 8]],
    [30, [1, 2, 4, 4]],
    [60, [1, 1, 2, 2]],
  ])('steps the lengths of a grid of %i minutes by %j windows', (windowMinutes, steps) => {
    const grid = { windowMinutes }
    expect(scalesOf(grid).map((windows) => stepOf(windows, grid))).toEqual(steps)
  })

  it('takes the next smaller divisor of the day where a third of the length is none', () => {
    expect(stepOf(22, { windowMinutes: 15 })).toBe(6)
    expect(stepOf(33, { windowMinutes: 5 })).toBe(9)
  })

  it.each([1, 5, 15, 30, 60])(
    'keeps the clock on a grid of %i minutes: counted from any midnight, windows begin and end on steps alone',
    (windowMinutes) => {
      const grid = { windowMinutes }
      for (const windows of scalesOf(grid)) {
        const step = stepOf(windows, grid)
        expect([windowsPerDay(grid) % step, windows % step]).toEqual([0, 0])
      }
    },
  )
})
