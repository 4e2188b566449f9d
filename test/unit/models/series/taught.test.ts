import { describe, expect, it } from 'vitest'
import {
  clearSkipped,
  skipMarks,
  skippedDays,
  skippedIn,
  taughtCounts,
  taughtDays,
} from '../../../../models/series/taught.ts'
import { countsAt } from '../../../support/account-history.ts'

const grid = { windowMinutes: 60 }
const skips = [
  { from: 10, until: 12 },
  { from: 20, until: 30 },
]

describe('a series that skips', () => {
  it('is taught by the rest of its counts, and by all where it skips none', () => {
    const counts = countsAt([3, 1], [10, 2], [12, 3], [29, 4], [30, 5])
    expect(taughtCounts({ counts, skips })).toEqual(countsAt([3, 1], [12, 3], [30, 5]))
    expect(taughtCounts({ counts })).toBe(counts)
    expect(taughtCounts({ counts, skips: [] })).toBe(counts)
  })

  it('knows how many windows of a span it skips, and which', () => {
    expect(skippedIn({ skips }, { from: 0, until: 100 })).toBe(12)
    expect(skippedIn({ skips }, { from: 11, until: 21 })).toBe(2)
    expect(skippedIn({ skips }, { from: 12, until: 20 })).toBe(0)
    expect(skippedIn({}, { from: 0, until: 100 })).toBe(0)
    expect([...(skipMarks({ skips }, { from: 9, until: 13 }) ?? [])]).toEqual([0, 1, 1, 0])
    expect([...(skipMarks({ skips }, { from: 28, until: 32 }) ?? [])]).toEqual([1, 1, 0, 0])
    expect(skipMarks({ skips }, { from: 12, until: 20 })).toBeNull()
    expect(skipMarks({}, { from: 12, until: 20 })).toBeNull()
  })

  it('clears values from where they begin', () => {
    const values = () => new Float64Array(4).fill(7)
    expect([...clearSkipped(values(), { skips }, 11)]).toEqual([0, 7, 7, 7])
    expect([...clearSkipped(values(), { skips }, 18)]).toEqual([7, 7, 0, 0])
    expect([...clearSkipped(values(), { skips }, 40)]).toEqual([7, 7, 7, 7])
    expect([...clearSkipped(values(), {}, 20)]).toEqual([7, 7, 7, 7])
  })

  it('counts the days that teach since it was first seen, of 28', () => {
    const long = [{ from: 24, until: 96 }]
    expect(skippedDays({ skips: long, firstWindow: 0 }, 20, grid)).toBe(3)
    expect(skippedDays({ skips: long, firstWindow: 84 }, 20, grid)).toBe(0.5)
    expect(skippedDays({ skips: long, firstWindow: 0 }, 30, grid)).toBe(2)
    expect(taughtDays({ skips: long, firstWindow: 0 }, 20, grid)).toBe(17)
    expect(taughtDays({ firstWindow: 0 }, 40, grid)).toBe(28)
  })
})
