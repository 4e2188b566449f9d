import { describe, expect, it } from 'vitest'
import { band, dayExpectation, expectCount } from '../../../../models/baseline/expect.ts'
import { hoursOfDay } from '../../../../models/baseline/hour-slots.ts'
import { learnBaseline } from '../../../../models/baseline/learn.ts'
import { countsFrom, seasonalWindows, seriesOf } from '../../../support/account-history.ts'
import { seededRandom } from '../../../support/seeded-random.ts'

const expectation = {
  day: 2,
  windowMinutes: 30,
  hourly: Array.from({ length: 24 }, (_, hour) => hour),
  withinHour: [0.5, 1.5],
  dispersion: [
    { windows: 1, phi: 1, alpha: 0 },
    { windows: 6, phi: 2, alpha: 0.1 },
  ],
}
const midnight = 2 * 48

describe('expectCount', () => {
  it('adds the windows of a span up', () => {
    expect(expectCount(expectation, { from: midnight + 9, until: midnight + 11 }).mean).toBe(
      4 * 0.75 + 5 * 0.25,
    )
  })

  it('takes the dispersion of the nearest length', () => {
    const short = expectCount(expectation, { from: midnight + 20, until: midnight + 22 })
    expect(short.variance).toBe(short.mean)
    const long = expectCount(expectation, { from: midnight + 20, until: midnight + 24 })
    expect(long.variance).toBe(2 * long.mean + 0.1 * long.mean ** 2)
  })

  it.each([
    [midnight - 1, midnight],
    [midnight + 5, midnight + 5],
    [midnight + 47, midnight + 49],
  ])('refuses windows %i to %i, which are no span of the day', (from, until) => {
    expect(() => expectCount(expectation, { from, until })).toThrow('are not a span of day 2')
  })
})

describe('band', () => {
  it('holds most of the days it was learned from', () => {
    const windows = seasonalWindows(seededRandom(4), { days: 40, perHour: 60 })
    const baseline = learnBaseline(seriesOf(countsFrom(windows)), 39, { windowMinutes: 5 })
    const day = dayExpectation(baseline)
    const outside = [...windows.slice(39 * 288)].filter((count, at) => {
      const { low, high } = band(day, { from: 39 * 288 + at, until: 39 * 288 + at + 1 })
      return count < low || count > high
    })
    expect(outside.length).toBeLessThan(15)
    expect(day.hourly).toEqual(hoursOfDay(baseline.hourOfWeek, 39))
  })
})
