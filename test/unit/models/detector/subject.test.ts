import { describe, expect, it } from 'vitest'
import {
  addBurst,
  addSeries,
  EMPTY_POOL,
  NO_BURSTS,
} from '../../../../models/baseline/burst-law.ts'
import {
  bySeries,
  isSeen,
  type Subject,
  subjectsOf,
  sumBursts,
} from '../../../../models/detector/subject.ts'
import { LOOKBACK_DAYS } from '../../../../models/series/grid.ts'
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
    // In the order of the days, last first.
    const own = [3, 2, 7].reduce(addBurst, NO_BURSTS)
    expect(sumBursts(subjects, 40, 'whole')).toEqual(addSeries(EMPTY_POOL, own, 1))
    expect(sumBursts(subjects, 41, 'whole').bursts).toBe(3)
  })
})

describe('isSeen', () => {
  const long = { fromDay: 40, untilDay: 40 + 2 * LOOKBACK_DAYS }
  const subjectWith = (...days: readonly number[]): Subject => {
    const counts = countsAt(...days.map((day) => [day * 288 + 9, 1] as const))
    return subjectsOf([seriesOf(counts)], long, grid)[0] as Subject
  }

  it('is so from the first call on, as long as days look back on a call', () => {
    const subject = subjectWith(41)
    const days = [40, 41, 42, 41 + LOOKBACK_DAYS, 42 + LOOKBACK_DAYS]
    expect(days.map((day) => isSeen(subject, day))).toEqual([false, true, true, true, false])
  })

  it('is so again with the next call, and knows nothing of it before', () => {
    const last = 44 + LOOKBACK_DAYS
    const subject = subjectWith(41, last)
    expect([last - 1, last].map((day) => isSeen(subject, day))).toEqual([false, true])
  })
})
