import { describe, expect, it } from 'vitest'
import { activityOf, classify, isBusy, isDense } from '../../../../models/baseline/class.ts'
import type { Activity } from '../../../../models/index.ts'
import { countsAt } from '../../../support/account-history.ts'

const grid = { windowMinutes: 60 }

/** Calls in these hours of each of the days. */
const dailyActivity = (
  days: readonly number[],
  hours: readonly number[],
  calls: number,
): Activity =>
  activityOf(
    countsAt(
      ...days.flatMap((day) => hours.map((hour): [number, number] => [day * 24 + hour, calls])),
    ),
    { fromDay: 0, untilDay: 60 },
    grid,
  )
const range = (from: number, until: number): readonly number[] =>
  Array.from({ length: until - from }, (_, at) => from + at)

describe('activityOf', () => {
  it('keeps calls per day and per hour, and nothing from outside', () => {
    const counts = countsAt([5, 1], [24, 2], [47, 3], [48, 9])
    const activity = activityOf(counts, { fromDay: 1, untilDay: 2 }, grid)
    expect([...activity.calls]).toEqual([5])
    expect([...activity.hourly]).toEqual([2, ...new Array(22).fill(0), 3])
  })

  it('holds no hour above what 32 bits hold, and each day whole', () => {
    const most = 2 ** 31 - 1
    const counts = countsAt([288, most], [289, most], [290, most])
    const { calls, hourly } = activityOf(counts, { fromDay: 1, untilDay: 2 }, { windowMinutes: 5 })
    expect(hourly[0]).toBe(2 ** 32 - 1)
    expect(calls[0]).toBe(3 * most)
  })
})

describe('isBusy', () => {
  it('wants a hundred calls', () => {
    expect(isBusy(dailyActivity(range(10, 30), [9, 12, 15, 18, 21], 1), 30)).toBe(true)
    expect(isBusy(dailyActivity(range(10, 29), [9, 12, 15, 18, 21], 1), 30)).toBe(false)
  })

  it('wants them on ten days', () => {
    expect(isBusy(dailyActivity(range(20, 30), range(8, 18), 1), 30)).toBe(true)
    expect(isBusy(dailyActivity(range(21, 30), range(8, 20), 1), 30)).toBe(false)
  })

  it('wants a tenth of the hours active, or a job that keeps to three hours', () => {
    expect(isBusy(dailyActivity(range(10, 30), [3, 9, 15], 10), 30)).toBe(false)
    expect(isBusy(dailyActivity(range(10, 30), [3, 9, 15, 21], 10), 30)).toBe(true)
    expect(isBusy(dailyActivity(range(10, 30), [23, 0, 1], 10), 30)).toBe(true)
  })

  it('sees a job in its calls, whatever is called by hand at other times', () => {
    const nightly = range(10, 30).map((day): [number, number] => [day * 24 + 2, 24])
    const byHand = range(10, 30).map((day): [number, number] => [day * 24 + 5 + (day % 15), 2])
    const cells = [...nightly, ...byHand].sort(([one], [other]) => one - other)
    expect(isBusy(activityOf(countsAt(...cells), { fromDay: 0, untilDay: 60 }, grid), 30)).toBe(
      true,
    )
  })

  it('takes one burst, however large, for no job', () => {
    const cells = range(10, 30).map((day): [number, number] => [day * 24 + (day % 15), 1])
    const burst: [number, number] = [30 * 24 + 3, 1000]
    const activity = activityOf(countsAt(...cells, burst), { fromDay: 0, untilDay: 60 }, grid)
    expect(isBusy(activity, 31)).toBe(false)
  })

  it('forgets what is older than 28 days', () => {
    const activity = dailyActivity(range(0, 20), range(8, 18), 1)
    expect(isBusy(activity, 38)).toBe(true)
    expect(isBusy(activity, 39)).toBe(false)
  })
})

describe('isDense', () => {
  it('takes two looks in a row that agree', () => {
    const activity = dailyActivity(range(20, 30), range(8, 18), 1)
    expect(isBusy(activity, 30)).toBe(true)
    expect(isDense(activity, 30)).toBe(false)
    expect(isDense(activity, 31)).toBe(true)
  })
})

describe('classify', () => {
  it('calls a series new for two weeks, then sparse, and dense as soon as it is', () => {
    const quiet = dailyActivity([20], [3], 1)
    expect(classify(quiet, 33, 20)).toBe('learning')
    expect(classify(quiet, 34, 20)).toBe('sparse')
    expect(classify(dailyActivity(range(20, 31), range(8, 18), 1), 31, 20)).toBe('dense')
  })
})
