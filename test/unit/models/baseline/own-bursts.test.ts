import { describe, expect, it } from 'vitest'
import { type BurstLesson, dayOfBursts } from '../../../../models/baseline/burst-days.ts'
import { burstLaw, EMPTY_POOL } from '../../../../models/baseline/burst-law.ts'
import { mostTaught, offSchedule, poolTail } from '../../../../models/baseline/own-bursts.ts'
import type { Run } from '../../../../models/index.ts'

const grid = { windowMinutes: 5 }
const day = 40
const lessonWith = (...sizes: readonly number[]): BurstLesson =>
  sizes.map((count) => dayOfBursts([{ fromWindow: 0, untilWindow: 1, count, peak: count }]))

describe('mostTaught', () => {
  const law = burstLaw(EMPTY_POOL, 28)
  const ordinary = Math.exp(law.location + 2.3263478740408408 * law.spread)

  it('is what one in a hundred bursts of the pool exceeds', () => {
    expect(mostTaught([], law)).toBeCloseTo(ordinary, 8)
    expect(mostTaught(lessonWith(...new Array(28).fill(3)), law)).toBeCloseTo(ordinary, 8)
  })

  it('is what the series reached on seven days, not on six', () => {
    expect(mostTaught(lessonWith(...new Array(6).fill(5000)), law)).toBeCloseTo(ordinary, 8)
    expect(mostTaught(lessonWith(...new Array(6).fill(5000), 2), law)).toBeCloseTo(ordinary, 8)
    expect(mostTaught(lessonWith(9000, ...new Array(7).fill(5000), 2), law)).toBe(5000)
  })
})

describe('offSchedule', () => {
  it('has the runs that touch no hour that expects a call, and no days without', () => {
    const run = (fromWindow: number): Run => ({
      fromWindow,
      untilWindow: fromWindow + 13,
      count: 9,
      peak: 3,
    })
    // Day 40 is a Tuesday: its first hour is the 24th of the week.
    const expected = new Array(168).fill(0.99)
    expected[24] = 1
    const [before, into, inHour, after] = [-13, -12, 11, 12].map((at) => run(day * 288 + at))
    const weekBefore = run((day - 7) * 288)
    const lesson = [[before, into, inHour, after] as Run[], [weekBefore]].map(dayOfBursts)
    expect(offSchedule(lesson, expected, grid)).toEqual([dayOfBursts([before, after] as Run[])])
    expect(offSchedule(lesson, new Array(168).fill(0), grid)).toEqual(lesson)
  })
})

describe('poolTail', () => {
  const law = burstLaw(EMPTY_POOL, 28)
  const past = { ageDays: 28, peers: 10 }
  const poolOf = (...sizes: readonly number[]) =>
    Array.from({ length: 10 }, () => ({ lesson: lessonWith(...sizes), past }))
  const usual = [2, 3, 2, 4, 3, 2, 5, 3, 2, 3]

  it('is little over the law where the bursts of its series are as usual', () => {
    expect(poolTail(poolOf(...usual), law).scale).toBeLessThan(1.1)
  })

  it('is heavier the further single bursts stand out from the others of their series', () => {
    const [some, more] = [300, 30_000].map(
      (largest) =>
        poolTail([...poolOf(...usual), ...poolOf(...usual, largest).slice(0, 8)], law).scale,
    )
    expect(some).toBeGreaterThan(1.1)
    expect(more).toBeGreaterThan(some as number)
  })

  it('holds no burst against itself: what a series does but once is as rare as in its pool', () => {
    const alone = Array.from({ length: 30 }, () => ({ lesson: lessonWith(60), past }))
    const often = Array.from({ length: 3 }, () => ({
      lesson: lessonWith(...new Array(10).fill(60)),
      past,
    }))
    expect(poolTail(alone, law).from).toBeGreaterThan(poolTail(often, law).from)
  })

  it('is believed to be a little heavier where hardly a burst is known', () => {
    expect(poolTail([], law)).toEqual({ from: Math.LN10, scale: 1.1 })
  })
})
