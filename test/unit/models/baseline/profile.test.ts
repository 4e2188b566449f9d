import { describe, expect, it } from 'vitest'
import { hourOfWeekOf } from '../../../../models/baseline/hour-slots.ts'
import { fitProfile, type Hours } from '../../../../models/baseline/profile.ts'
import { Scratch } from '../../../../models/series/scratch.ts'
import { poisson } from '../../../support/account-history.ts'
import { seededRandom } from '../../../support/seeded-random.ts'

const noise = { phi: 1, alpha: 0, dayAlpha: 0.01 }
const firstHour = 19_000 * 24
const whole = { dayOnly: false, scratch: new Scratch() }
const daily = { ...whole, dayOnly: true }

/** Four weeks whose expected rate is a function of the hour of the week. */
function weeks(rateAt: (hourOfWeek: number) => number, length = 672): Hours {
  const random = seededRandom(11)
  return {
    firstHour,
    counts: new Float64Array(length).map((_, at) =>
      poisson(random, rateAt(hourOfWeekOf(firstHour + at))),
    ),
    exposure: new Float64Array(length).fill(1),
    weights: new Float64Array(length).fill(1),
  }
}

/** Mean squared distance of the fitted week from the true one, relative to the mean rate squared. */
function errorOf(rates: Float64Array, rateAt: (hourOfWeek: number) => number): number {
  const squares = rates.map((rate, hour) => (rate - rateAt(hour)) ** 2)
  return squares.reduce((sum, square) => sum + square, 0) / 168
}

describe('fitProfile', () => {
  it('shrinks a flat series to one rate', () => {
    const { rates } = fitProfile(
      weeks(() => 20),
      noise,
      whole,
    )
    expect(errorOf(rates, () => 20)).toBeLessThan(1)
  })

  it('finds hours of the day, days of the week and single hours of the week', () => {
    const rateAt = (hour: number): number =>
      (hour % 24 < 12 ? 5 : 40) * (hour >= 120 ? 0.2 : 1) + (hour === 50 ? 300 : 0)
    const { rates } = fitProfile(weeks(rateAt), noise, whole)
    expect(rates[50]).toBeGreaterThan(200)
    expect(rates[20]).toBeCloseTo(40, -1)
    expect(rates[130]).toBeLessThan(3)
    expect(rates[140]).toBeLessThan(12)
  })

  it('stops at the hour of the day when asked to', () => {
    const { rates, pulls } = fitProfile(
      weeks((hour) => (hour % 24) * 2),
      noise,
      daily,
    )
    expect(rates.slice(0, 24)).toEqual(rates.slice(24, 48))
    // All hours weigh alike, and no slot has more than 28 of them.
    expect(Math.min(...pulls)).toBeGreaterThan(0)
    expect(Math.max(...pulls)).toBeLessThanOrEqual(1 / 28)
  })

  it('lets the young weigh more', () => {
    const hours = weeks(() => 10)
    const counts = hours.counts.map((_, at) => (at < 336 ? 10 : 30))
    const old = fitProfile({ ...hours, counts }, noise, whole).rates
    const weights = hours.weights.map((_, at) => 2 ** (at / 168))
    const young = fitProfile({ ...hours, counts, weights }, noise, whole).rates
    expect(young[40]).toBeGreaterThan(old[40] as number)
  })

  it('gives hours without exposure no say, and expects of unseen slots what their parents do', () => {
    const hours = weeks(() => 10, 200)
    const exposure = hours.exposure.map((_, at) =>
      hourOfWeekOf(firstHour + at) % 24 === 5 ? 0 : 1,
    )
    const counts = hours.counts.map((count, at) => count * (exposure[at] as number))
    const { rates } = fitProfile({ ...hours, counts, exposure }, noise, whole)
    expect(rates[5]).toBeCloseTo(10, 0)
    const uneven = weeks((hour) => 2 * (hour % 24), 200).counts
    const { pulls } = fitProfile({ ...hours, counts: uneven, exposure }, noise, whole)
    expect(pulls[5]).toBe(0)
    expect(pulls[6]).toBeGreaterThan(0)
  })
})
