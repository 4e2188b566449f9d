import { expect, it } from 'vitest'
import { perWeek } from '../../../../models/evaluation/per-week.ts'

it('divides a count and its interval by the weeks', () => {
  const { got, low, high } = perWeek(10, 4)
  expect(got).toBe(2.5)
  // Garwood's interval of 10 is 4.795 to 18.390.
  expect(low).toBeCloseTo(4.795 / 4, 3)
  expect(high).toBeCloseTo(18.39 / 4, 3)
  expect(perWeek(0, 0)).toEqual({ got: 0, low: 0, high: 0 })
})
