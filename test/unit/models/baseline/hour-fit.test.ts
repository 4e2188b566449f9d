import { describe, expect, it } from 'vitest'
import { fitHours } from '../../../../models/baseline/hour-fit.ts'
import { hourOfWeekOf } from '../../../../models/baseline/hour-slots.ts'
import type { Hours } from '../../../../models/baseline/profile.ts'
import { Scratch } from '../../../../models/series/scratch.ts'
import { poisson } from '../../../support/account-history.ts'
import { seededRandom } from '../../../support/seeded-random.ts'

const firstHour = 19_000 * 24
const hoursOf = (counts: Float64Array): Hours => ({
  firstHour,
  counts,
  exposure: new Float64Array(counts.length).fill(1),
  weights: new Float64Array(counts.length).fill(1),
})
const steady = (mean: number, length = 672): Float64Array => {
  const random = seededRandom(5)
  return new Float64Array(length).map(() => poisson(random, mean))
}

const whole = { dayOnly: false, scratch: new Scratch() }
const daily = { ...whole, dayOnly: true }

describe('fitHours', () => {
  it('does not learn from an isolated outlier', () => {
    const counts = steady(20)
    const clean = fitHours(hoursOf(counts), whole)
    const spiked = Float64Array.from(counts)
    spiked[400] = 5000
    const dirty = fitHours(hoursOf(spiked), whole)
    const hour = hourOfWeekOf(firstHour + 400)
    expect(dirty.rates[hour]).toBeLessThan(1.3 * (clean.rates[hour] as number))
  })

  it('learns more from a pattern seen on two days than from an outlier', () => {
    const hour = hourOfWeekOf(firstHour + 400)
    const learned = (...spikes: readonly number[]): number => {
      const counts = steady(20)
      for (const at of spikes) counts[at] = 500
      return fitHours(hoursOf(counts), whole).rates[hour] as number
    }
    expect(learned(400, 400 - 168)).toBeGreaterThan(1.15 * learned(400))
    expect(learned(400, 232, 64)).toBeGreaterThan(100)
  })

  it('leaves each hour out of what was expected of it', () => {
    const counts = steady(20).map((count, at) => (hourOfWeekOf(firstHour + at) % 24) * 3 + count)
    // A share of calls: where a level is followed, what was known of it on the day counts, too.
    const { leftOut, rates } = fitHours(hoursOf(counts), daily)
    const above = [...counts].map((count, at) => {
      const rate = rates[hourOfWeekOf(firstHour + at)] as number
      return count > rate ? (leftOut[at] as number) <= rate : (leftOut[at] as number) >= rate
    })
    expect(above.every(Boolean)).toBe(true)
  })

  it('forecasts a day by the level known before it', () => {
    const counts = steady(20).map((count, at) => (at < 336 ? count : 3 * count))
    const { leftOut, rates, level } = fitHours(hoursOf(counts), whole)
    const meanOfDay = (day: number): number =>
      leftOut.subarray(24 * day, 24 * day + 24).reduce((sum, rate) => sum + rate, 0) / 24
    expect(meanOfDay(14)).toBeLessThan(40)
    expect(meanOfDay(20)).toBeGreaterThan(45)
    expect(Math.min(...rates)).toBeGreaterThan(35)
    expect(level?.jump?.age).toBe(14)
  })

  it('follows no level of a share', () => {
    expect(fitHours(hoursOf(steady(20)), daily).level).toBeNull()
  })

  it('never expects exactly nothing', () => {
    const counts = new Float64Array(672).map((_, at) => (at % 24 === 9 ? 60 : 0))
    const { rates, leftOut } = fitHours(hoursOf(counts), whole)
    expect(Math.min(...rates)).toBeGreaterThan(0)
    expect(Math.min(...leftOut)).toBeGreaterThan(0)
    expect(Math.min(...rates)).toBeLessThan(0.01)
  })

  it('expects of an hour without exposure the rate of its slot', () => {
    const exposure = new Float64Array(672).fill(10)
    exposure[100] = 0
    const counts = steady(2).map((count, at) => (at === 100 ? 0 : count))
    const { leftOut, rates } = fitHours({ ...hoursOf(counts), exposure }, daily)
    expect(leftOut[100]).toBe(rates[hourOfWeekOf(firstHour + 100)])
  })

  it('fits no hours at all', () => {
    expect(fitHours(hoursOf(new Float64Array(0)), whole)).toMatchObject({
      leftOut: new Float64Array(0),
      level: { next: 0, jump: null },
    })
  })

  it('fits less than a day', () => {
    const { rates } = fitHours(hoursOf(Float64Array.of(3, 4, 2)), whole)
    expect(rates.every((rate) => rate > 0 && rate < 10)).toBe(true)
  })
})
