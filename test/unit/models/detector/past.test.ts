import { describe, expect, it } from 'vitest'
import {
  habitualFall,
  habitualRise,
  type Past,
  pastOf,
  recordDays,
} from '../../../../models/detector/past.ts'
import { runningSums } from '../../../../models/series/counts.ts'
import { Scratch } from '../../../../models/series/scratch.ts'
import { denseDayOf } from '../../../support/dense-day.ts'

const grid = { windowMinutes: 5 }
const perDay = 288
const today = 40
const origin = (today - 28) * perDay
/** Three hours of the day itself, and one window of them. */
const noon = today * perDay + 144
const threeHours = { from: noon - 36, until: noon }
const single = { from: noon - 1, until: noon }

/** The 28 days before, of which the same is expected and came in every window, but for what is told. */
function pastWith(
  each: number,
  change: (counts: Float64Array, means: Float64Array) => void = () => {},
): Past {
  const counts = new Float64Array(28 * perDay).fill(each)
  const means = Float64Array.from(counts)
  change(counts, means)
  return { origin, countSums: runningSums(counts), meanSums: runningSums(means) }
}
/** Index in the past of a window so many days earlier. */
const ago = (window: number, days: number): number => window - days * perDay - origin
const onDays =
  (days: readonly number[], count: number, late = 0) =>
  (counts: Float64Array): void => {
    for (const each of days) counts[ago(single.from, each) + late] = count
  }

describe('pastOf', () => {
  it('lays the counts of the 28 days before beside what the baseline expects of them', () => {
    const windows = new Float64Array((today + 1) * perDay).fill(4)
    windows[origin - 1] = 1000
    windows[origin] = 10
    windows[today * perDay] = 1000
    const { series, baseline } = denseDayOf(windows)
    const past = pastOf(series, baseline, { grid, scratch: new Scratch() })
    expect(past.origin).toBe(origin)
    expect([...past.countSums.subarray(0, 3)]).toEqual([0, 10, 14])
    expect(past.countSums.at(-1)).toBe(28 * perDay * 4 + 6)
    expect(past.meanSums).toHaveLength(28 * perDay + 1)
    expect((past.meanSums.at(-1) as number) / (28 * perDay)).toBeCloseTo(4, 1)
  })

  it('expects of each day of the week what its baseline does', () => {
    const windows = new Float64Array((today + 1) * perDay).map((_, at) =>
      Math.floor(at / perDay) % 7 === 0 ? 40 : 4,
    )
    const { series, baseline } = denseDayOf(windows)
    const { meanSums } = pastOf(series, baseline, { grid, scratch: new Scratch() })
    const expectedOn = (day: number): number =>
      (meanSums[(day + 1) * perDay - origin] as number) -
      (meanSums[day * perDay - origin] as number)
    expect(expectedOn(35)).toBeGreaterThan(3 * expectedOn(36))
  })
})

describe('habitualRise', () => {
  const habit = (past: Past): number => habitualRise(past, single, { count: 200, mean: 0 }, grid)

  it('is the second largest of the same time of earlier days: once is no habit', () => {
    for (const once of [1, 2, 3, 7, 14, 21]) expect(habit(pastWith(0, onDays([once], 50)))).toBe(0)
    for (const days of [
      [1, 2],
      [3, 14],
      [7, 21],
    ])
      expect(habit(pastWith(0, onDays(days, 50)))).toBe(50)
    const twice = pastWith(0, (counts) => {
      onDays([2], 90)(counts)
      onDays([3], 40)(counts)
      onDays([14], 60)(counts)
    })
    expect(habit(twice)).toBe(60)
  })

  it('is what came yesterday or a week ago, where that was about as much', () => {
    const held = (day: number, count: number): number =>
      habitualRise(pastWith(0, onDays([day], 50)), single, { count, mean: 0 }, grid)
    for (const once of [1, 7]) expect([75, 76].map((count) => held(once, count))).toEqual([50, 0])
    for (const once of [2, 3, 14, 21]) expect(held(once, 50)).toBe(0)
  })

  it('takes no usual count for about as much: what is beyond the mean is compared', () => {
    const held = (count: number): number =>
      habitualRise(pastWith(40, onDays([1], 50)), single, { count, mean: 40 }, grid)
    expect([55, 56].map(held)).toEqual([50, 40])
  })

  it('knows no other days', () => {
    expect(habit(pastWith(0, onDays([4, 5, 6, 8, 27], 50)))).toBe(0)
  })

  it('may come up to a quarter of an hour early or late', () => {
    for (const late of [-3, 3]) expect(habit(pastWith(0, onDays([1, 7], 50, late)))).toBe(50)
    for (const late of [-4, 4]) expect(habit(pastWith(0, onDays([1, 7], 50, late)))).toBe(0)
  })

  it('may come one window early or late where windows are long', () => {
    const hours = new Float64Array(28 * 24)
    for (const days of [1, 2]) hours[27 * 24 + 12 - 24 * (days - 1) + 1] = 50
    const sums = runningSums(hours)
    const past = { origin: (today - 28) * 24, countSums: sums, meanSums: sums }
    const at = (hour: number): number =>
      habitualRise(
        past,
        { from: today * 24 + hour, until: today * 24 + hour + 1 },
        { count: 200, mean: 0 },
        { windowMinutes: 60 },
      )
    expect([11, 12, 13, 14, 15].map(at)).toEqual([0, 50, 50, 50, 0])
  })

  it('never holds a window against calls of its own', () => {
    const across = { from: today * perDay - 144, until: today * perDay + 144 }
    const past = pastWith(0, (counts) => {
      counts[across.from + 1 - origin] = 1000
      counts[ago(across.from + 144, 2)] = 40
    })
    expect(habitualRise(past, across, { count: 2000, mean: 0 }, grid)).toBe(0)
  })
})

describe('habitualFall', () => {
  const mean = 36 * 10
  const fall = (past: Past): number => habitualFall(past, threeHours, mean, grid)
  const silentOn = (days: readonly number[]) => (counts: Float64Array) => {
    for (const each of days) {
      counts.fill(0, ago(threeHours.from, each), ago(threeHours.until, each))
    }
  }

  it('is the second smallest of the same time of earlier days: once is no habit', () => {
    expect(fall(pastWith(10))).toBe(mean)
    expect(fall(pastWith(10, silentOn([7])))).toBe(mean)
    expect(fall(pastWith(10, silentOn([2, 7])))).toBe(0)
  })

  it('leaves out days of which less than half as much was expected', () => {
    const expecting = (share: number): Past =>
      pastWith(10, (counts, means) => {
        silentOn([2, 7])(counts)
        for (const each of [2, 7]) {
          const from = ago(threeHours.from, each)
          means.fill(10 * share, from, from + 36)
        }
      })
    expect(fall(expecting(0.5))).toBe(0)
    expect(fall(expecting(0.4))).toBe(mean)
  })

  it('forbids no fall where fewer than two such days are known', () => {
    expect(fall(pastWith(0))).toBe(Number.POSITIVE_INFINITY)
    const young = pastWith(0, (counts, means) => {
      for (const each of [counts, means]) each.fill(10, ago(threeHours.from, 1))
    })
    expect(fall(young)).toBe(Number.POSITIVE_INFINITY)
  })
})

describe('recordDays', () => {
  /** An hour that held a hundred calls more than expected, on each of the last so many days. */
  const bursts =
    (days: number, expected = 1) =>
    (counts: Float64Array, means: Float64Array) => {
      for (let day = 0; day < days; day++) {
        const at = (27 - day) * perDay + 24 + 7 * day
        counts[at] = 101
        means.fill(expected, at - 24, at + 24)
      }
    }
  const record = (past: Past, count: number, windows = 12): number =>
    recordDays(past, { windows, count, mean: windows }, grid)

  it('counts the days on which a window as long held about as much, at any time', () => {
    expect([0, 1, 6, 28].map((days) => record(pastWith(1, bursts(days)), 112))).toEqual([
      0, 1, 6, 28,
    ])
    expect(record(pastWith(1, bursts(5)), 101, 1)).toBe(5)
  })

  it('takes two thirds beyond what was expected for about as much, and less for nothing', () => {
    expect(record(pastWith(1, bursts(5)), 162)).toBe(5)
    expect(record(pastWith(1, bursts(5)), 163)).toBe(0)
  })

  it('takes no usual count for about as much', () => {
    expect(recordDays(pastWith(4), { windows: 12, count: 60, mean: 48 }, grid)).toBe(0)
  })

  it('leaves out windows that were expected to hold more than half as much again', () => {
    expect(record(pastWith(1, bursts(5, 1.5)), 112)).toBe(5)
    expect(record(pastWith(1, bursts(5, 1.6)), 112)).toBe(0)
  })

  it('counts a day once, however often it was so', () => {
    expect(record(pastWith(1), 12)).toBe(28)
  })
})
