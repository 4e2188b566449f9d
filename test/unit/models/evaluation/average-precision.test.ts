import { describe, expect, it } from 'vitest'
import { averagePrecision } from '../../../../models/index.ts'

describe('averagePrecision', () => {
  it.each([
    ['everything first', [[0], [1], []], 2, 1],
    ['nothing found', [[], []], 2, 0],
    ['nothing reported', [], 2, 0],
    ['one late', [[], [0]], 1, 0.5],
    ['one found twice', [[0], [0], [1]], 2, 1],
    ['two by one', [[0, 1]], 2, 1],
    ['half of the labels', [[0]], 2, 0.5],
    [
      'textbook: ranks 1, 3 and 6 of three',
      [[0], [], [1], [], [], [2]],
      3,
      (1 + 2 / 3 + 3 / 6) / 3,
    ],
  ] as const)('of %s', (_, ranked, labelled, area) => {
    expect(averagePrecision(ranked, labelled)).toBeCloseTo(area, 12)
  })

  it('is nothing where nothing is labelled', () => {
    expect(averagePrecision([[], []], 0)).toBeNull()
  })
})
