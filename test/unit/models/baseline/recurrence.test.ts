import { describe, expect, it } from 'vitest'
import { recurringCalls } from '../../../../models/baseline/recurrence.ts'
import { countsAt } from '../../../support/account-history.ts'

const grid = { windowMinutes: 5 }
const noon = 40 * 288 + 144
const span = { from: noon, until: noon + 3 }
/** Calls so many days before the span, by how many; `late` windows later, and those of the span. */
const recurring = (days: Readonly<Record<number, number>>, late = 0, own = 9000): number => {
  const cells = Object.entries(days)
    .map(([before, calls]): [number, number] => [noon - 288 * Number(before) + late, calls])
    .sort(([one], [other]) => one - other)
  return recurringCalls(countsAt(...cells, [noon, own]), { ...span, count: own }, grid)
}

describe('recurringCalls', () => {
  it('is nothing where nothing came before, or once', () => {
    expect(recurring({})).toBe(0)
    for (const once of [1, 2, 3, 7, 14, 21]) expect(recurring({ [once]: 500 })).toBe(0)
  })

  it('is the second largest of what came at the same time before', () => {
    expect(recurring({ 2: 500, 14: 80 })).toBe(80)
    expect(recurring({ 1: 20, 2: 500, 3: 300, 14: 90 })).toBe(300)
    expect(recurring({ 3: 60, 14: 60 })).toBe(60)
  })

  it('is what came yesterday or a week ago, where that was about as much', () => {
    for (const once of [1, 7]) {
      expect(recurring({ [once]: 500 }, 0, 750)).toBe(500)
      expect(recurring({ [once]: 500 }, 0, 751)).toBe(0)
    }
    for (const once of [2, 3, 14, 21]) expect(recurring({ [once]: 500 }, 0, 500)).toBe(0)
    expect(recurring({ 1: 500, 7: 80 }, 0, 500)).toBe(500)
  })

  it('takes the calls of one day for no habit, however long the span is', () => {
    const counts = countsAt([noon - 2 * 288 + 5, 500], [noon, 9000])
    for (const windows of [12, 144, 264, 288])
      expect(recurringCalls(counts, { from: noon, until: noon + windows, count: 9000 }, grid)).toBe(
        0,
      )
  })

  it('leaves out the calls of the span itself, however long it is', () => {
    const before: [number, number] = [noon - 2 * 288 + 100, 500]
    const long = { from: noon, until: noon + 288, count: 70 }
    expect(recurringCalls(countsAt(before, [noon + 3, 70]), long, grid)).toBe(0)
  })

  it('looks at yesterday, the two days before it, and three weeks', () => {
    for (const before of [1, 2, 7, 14, 21]) expect(recurring({ [before]: 50, 3: 60 })).toBe(50)
    for (const before of [4, 5, 6, 8, 13, 28]) expect(recurring({ [before]: 50, 3: 60 })).toBe(0)
  })

  it('allows an hour before and after', () => {
    expect(recurring({ 3: 50, 2: 60 }, -12)).toBe(50)
    expect(recurring({ 3: 50, 2: 60 }, -13)).toBe(0)
    expect(recurring({ 3: 50, 2: 60 }, 14)).toBe(50)
    expect(recurring({ 3: 50, 2: 60 }, 15)).toBe(0)
  })
})
