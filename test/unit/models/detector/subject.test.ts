import { describe, expect, it } from 'vitest'
import { addBurst, NO_BURSTS } from '../../../../models/baseline/burst-law.ts'
import { bySeries, subjectsOf, sumBursts } from '../../../../models/detector/subject.ts'
import { countsAt, seriesOf } from '../../../support/account-history.ts'

const grid = { windowMinutes: 5 }
const span = { fromDay: 40, untilDay: 42 }

describe('bySeries', () => {
  it('orders by key, then metric', () => {
    const rows = [
      { key: 'b', metric: 'calls' },
      { key: 'a', metric: 'errors' },
      { key: 'a', metric: 'calls' },
      { key: 'a', metric: 'calls' },
    ] as const
    expect([...rows].sort(bySeries)).toEqual([rows[2], rows[3], rows[1], rows[0]])
  })
})

describe('subjectsOf', () => {
  it('comes in one order, with the day each was first seen', () => {
    const late = seriesOf(countsAt([41 * 288, 1]), { key: 'a' })
    const early = seriesOf(countsAt([39 * 288 - 1, 1]), { key: 'b' })
    const subjects = subjectsOf([early, late], span, grid)
    expect(subjects.map(({ series }) => series.key)).toEqual(['a', 'b'])
    expect(subjects.map(({ firstDay }) => firstDay)).toEqual([41, 38])
  })
})

describe('sumBursts', () => {
  it('adds the bursts of the 28 days before a day, cut at midnight', () => {
    const counts = countsAt(
      [12 * 288 - 1, 100],
      [12 * 288, 7],
      [20 * 288 - 1, 2],
      [20 * 288, 3],
      [40 * 288, 50],
    )
    const subjects = subjectsOf([seriesOf(counts)], span, grid)
    const expected = [7, 2, 3].reduce((sums, calls) => addBurst(sums, calls, 1), NO_BURSTS)
    expect(sumBursts(subjects, 40, grid)).toEqual(expected)
    expect(sumBursts(subjects, 41, grid).bursts).toBe(3)
  })
})
