import { describe, expect, it } from 'vitest'
import { logSplits } from '../../../../../src/web/series/scale.ts'

describe('logSplits', () => {
  it.each([
    [0.5, [0]],
    [1, [0, 1]],
    [12, [0, 1, 2, 5, 10]],
    [30_000, [0, 1, 10, 100, 1_000, 10_000]],
  ])('has a place for none at all, and each decade up to %d', (most, splits) => {
    expect(logSplits(most)).toEqual(splits)
  })
})
