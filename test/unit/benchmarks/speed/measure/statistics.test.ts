import { describe, expect, it } from 'vitest'
import { median, medians, percentile } from '../../../../../benchmarks/speed/measure/statistics.ts'

describe('median', () => {
  it.each([
    { values: [3], middle: 3 },
    { values: [9, 1, 5], middle: 5 },
    { values: [10, 9, 1, 2], middle: 5.5 },
  ])('of $values is $middle', ({ values, middle }) => {
    expect(median(values)).toBe(middle)
  })

  it('of nothing is no number', () => {
    expect(median([])).toBeNaN()
  })

  it('leaves its values in their order', () => {
    const values = [3, 1, 2]
    median(values)
    expect(values).toEqual([3, 1, 2])
  })
})

describe('medians', () => {
  it('takes each name on its own, and leaves out what a sample lacks', () => {
    const samples = [
      { a: 1, b: 10 },
      { a: 5, b: 30, c: 1 },
      { a: 3, b: 20 },
    ]
    expect(medians(samples)).toEqual({ a: 3, b: 20 })
  })
})

describe('percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, at) => 100 - at)

  it.each([
    { share: 0.5, value: 50 },
    { share: 0.99, value: 99 },
    { share: 1, value: 100 },
    { share: 0, value: 1 },
  ])('of 1 to 100 at $share is $value', ({ share, value }) => {
    expect(percentile(hundred, share)).toBe(value)
  })

  it('of few is one of them, and of nothing no number', () => {
    expect(percentile([7, 3], 0.99)).toBe(7)
    expect(percentile([], 0.99)).toBeNaN()
  })
})
