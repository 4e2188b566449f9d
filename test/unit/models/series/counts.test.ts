import { describe, expect, it } from 'vitest'
import {
  cellsBefore,
  hourlyCounts,
  runningSums,
  spread,
  sumEvery,
} from '../../../../models/series/counts.ts'
import { Scratch } from '../../../../models/series/scratch.ts'
import { countsAt } from '../../../support/account-history.ts'

const counts = countsAt([3, 1], [7, 2], [8, 5])

describe('cellsBefore', () => {
  it.each([
    [0, 0],
    [3, 0],
    [4, 1],
    [8, 2],
    [9, 3],
  ])('has before window %i %i cells', (window, cells) => {
    expect(cellsBefore(counts, window)).toBe(cells)
  })
})

describe('spread', () => {
  it('fills quiet windows with 0 and leaves out what lies outside', () => {
    expect([...spread(counts, { from: 4, until: 8 })]).toEqual([0, 0, 0, 2])
  })
})

describe('hourlyCounts', () => {
  it('adds up what each hour counted, as the windows of the hours do', () => {
    const span = { firstHour: 1, untilHour: 4, windowsPerHour: 2 }
    const windows = spread(counts, { from: 2, until: 8 })
    expect([...hourlyCounts(counts, span, new Scratch())]).toEqual([1, 0, 2])
    expect(hourlyCounts(counts, span, new Scratch())).toEqual(sumEvery(windows, 2))
  })
})

describe('sumEvery', () => {
  it('adds neighbours up', () => {
    expect([...sumEvery(Float64Array.of(1, 2, 3, 4, 5, 6), 3)]).toEqual([6, 15])
  })
})

describe('runningSums', () => {
  it('gives the sum of any span as a difference', () => {
    const sums = runningSums(Float64Array.of(4, 1, 7))
    expect((sums[3] as number) - (sums[1] as number)).toBe(8)
  })
})
