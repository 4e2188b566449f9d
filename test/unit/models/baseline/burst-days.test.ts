import { describe, expect, it } from 'vitest'
import {
  type BurstLesson,
  burstDays,
  dayOfBursts,
  sumsOf,
} from '../../../../models/baseline/burst-days.ts'
import { addBurst, NO_BURSTS } from '../../../../models/baseline/burst-law.ts'
import type { Counts, Grid } from '../../../../models/index.ts'
import { countsAt } from '../../../support/account-history.ts'

const grid = { windowMinutes: 5 }
const day = 40
const sizesOf = (lesson: BurstLesson): readonly (readonly number[])[] =>
  lesson.map(({ runs }) => runs.map(({ count }) => count))
const wholeDays = (counts: Counts, { windowMinutes }: Grid) =>
  burstDays(counts, { windowMinutes }).whole
const lessonWith = (...sizes: readonly number[]): BurstLesson =>
  sizes.map((count) => dayOfBursts([{ fromWindow: 0, untilWindow: 1, count, peak: count }]))

describe('burstDays', () => {
  it('cuts bursts at midnight', () => {
    const days = wholeDays(countsAt([day * 288 - 1, 4], [day * 288, 9], [day * 288 + 50, 2]), grid)
    expect(days.on(day - 1).runs.map(({ count }) => count)).toEqual([4])
    expect(days.on(day).runs.map(({ count }) => count)).toEqual([9, 2])
    expect(days.on(day + 1).runs).toEqual([])
  })

  it('has the most of each burst in one window beside all of it', () => {
    const counts = countsAt([day * 288, 4], [day * 288 + 3, 9], [day * 288 + 50, 2])
    const { whole, window } = burstDays(counts, grid)
    expect(whole.on(day).runs.map(({ count }) => count)).toEqual([13, 2])
    expect(window.on(day).runs.map(({ count }) => count)).toEqual([9, 2])
  })

  it('has none where nothing teaches', () => {
    expect(wholeDays(countsAt(), grid).before(day)).toEqual([])
  })

  it('makes each day once', () => {
    const days = wholeDays(countsAt([day * 288, 9]), grid)
    expect(days.on(day)).toBe(days.on(day))
  })

  it('keeps no day twice whose bursts are of one window each', () => {
    const { whole, window } = burstDays(countsAt([day * 288, 9], [day * 288 + 50, 2]), grid)
    expect(window.on(day)).toBe(whole.on(day))
  })
})

describe('a lesson', () => {
  it('is the 28 days before, last first, without those that hold no burst', () => {
    const counts = countsAt(
      [11 * 288 + 9, 99],
      [12 * 288, 1],
      [30 * 288, 2],
      [30 * 288 + 100, 3],
      [39 * 288, 4],
      [40 * 288, 99],
    )
    expect(sizesOf(wholeDays(counts, grid).before(day))).toEqual([[4], [2, 3], [1]])
  })

  it('is the same after a later day gave its days up', () => {
    const { whole } = burstDays(countsAt([12 * 288, 1], [30 * 288, 2], [45 * 288, 7]), grid)
    const first = whole.before(day)
    const kept = whole.on(30)
    expect(sizesOf(whole.before(60))).toEqual([[7]])
    expect(whole.before(day)).toEqual(first)
    expect(whole.on(30)).not.toBe(kept)
  })
})

describe('sumsOf', () => {
  it('adds every burst of a lesson', () => {
    expect(sumsOf(lessonWith(5, 70))).toEqual([5, 70].reduce(addBurst, NO_BURSTS))
    expect(sumsOf([])).toEqual(NO_BURSTS)
  })

  it('counts none as more than asked', () => {
    expect(sumsOf(lessonWith(5, 70), 20)).toEqual([5, 20].reduce(addBurst, NO_BURSTS))
  })
})
