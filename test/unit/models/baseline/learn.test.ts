import { describe, expect, it } from 'vitest'
import { exposureOf, learnBaseline } from '../../../../models/baseline/learn.ts'
import {
  countsAt,
  countsFrom,
  seasonalWindows,
  seriesOf,
} from '../../../support/account-history.ts'
import { seededRandom } from '../../../support/seeded-random.ts'

const grid = { windowMinutes: 5 }
const windows = seasonalWindows(seededRandom(8), { days: 40, perHour: 60 })
const series = seriesOf(countsFrom(windows))
const thinned = windows.map((count) => Math.floor(count / 4))
const errors = seriesOf(countsFrom(thinned), { metric: 'errors', exposure: series.counts })

describe('learnBaseline', () => {
  it('knows the hours of the week', () => {
    const { hourOfWeek, observedDays, calls, share } = learnBaseline(series, 40, grid)
    expect(hourOfWeek).toHaveLength(168)
    expect(hourOfWeek[14]).toBeGreaterThan(4 * (hourOfWeek[2] as number))
    expect(hourOfWeek[14]).toBeGreaterThan(1.8 * (hourOfWeek[5 * 24 + 14] as number))
    expect(observedDays).toBe(28)
    expect(calls).toBe(windows.slice(12 * 288).reduce((sum, count) => sum + count, 0))
    expect(share).toBeNull()
  })

  it('learns nothing from the day itself or from before 28 days', () => {
    const other = Float64Array.from(windows)
    other.fill(777, 40 * 288 - 288)
    other.fill(777, 0, 11 * 288)
    const changed = seriesOf(countsFrom(other))
    expect(learnBaseline(changed, 39, grid)).toEqual(learnBaseline(series, 39, grid))
  })

  it('tells how many days it saw', () => {
    expect([3, 8, 40].map((day) => learnBaseline(series, day, grid).observedDays)).toEqual([
      ...[3, 8, 28],
    ])
  })

  it('begins with the hour of the first call', () => {
    const late = seriesOf(countsAt([3 * 288 + 30, 5], [3 * 288 + 200, 5]))
    const baseline = learnBaseline(late, 5, grid)
    expect(baseline.observedDays).toBe(2)
    expect(baseline.calls).toBe(10)
  })

  it('knows the shape of the hour of busy series alone', () => {
    const onTheHour = windows.map((count, at) => (at % 12 === 0 ? count : 0))
    const shaped = learnBaseline(seriesOf(countsFrom(onTheHour)), 40, grid).withinHour
    expect(shaped[0]).toBeGreaterThan(8)
    const rare = windows.map((count, at) => (at % 288 === 0 ? count : 0))
    expect(learnBaseline(seriesOf(countsFrom(rare)), 40, grid).withinHour).toEqual(
      new Array(12).fill(1),
    )
  })

  it('has one window an hour on the hourly grid', () => {
    const hourly = seriesOf(countsFrom(new Float64Array(960).fill(90)))
    const { withinHour, hourOfWeek } = learnBaseline(hourly, 40, { windowMinutes: 60 })
    expect(withinHour).toEqual([1])
    expect(hourOfWeek[0]).toBeCloseTo(90, 6)
  })

  it('knows of errors also what share of the calls they are', () => {
    const { share, hourOfWeek } = learnBaseline(errors, 40, grid)
    const failing = thinned.reduce((sum, count) => sum + count, 0)
    const all = windows.reduce((sum, count) => sum + count, 0)
    expect(share?.hourOfDay).toHaveLength(24)
    expect(share?.hourOfDay[14]).toBeGreaterThan(0.5 * (failing / all))
    expect(share?.hourOfDay[14]).toBeLessThan(0.25)
    expect(hourOfWeek[14]).toBeGreaterThan(2)
  })

  it('refuses to learn from nothing', () => {
    expect(() => learnBaseline(series, 0, grid)).toThrow('series has none before 0')
  })
})

describe('the hour of the first call', () => {
  it('does not miss calls in the part of the hour before the first one', () => {
    const steady = (first: number) =>
      seriesOf(countsFrom(Float64Array.from({ length: 24 * 288 }, (_, at) => (at < first ? 0 : 2))))
    // The last five minutes of a day: the first day is no quiet one.
    const { dispersion, hourOfWeek } = learnBaseline(steady(287), 24, grid)
    const whole = learnBaseline(steady(288), 24, grid)
    expect(dispersion.map(({ phi }) => phi)).toEqual(whole.dispersion.map(({ phi }) => phi))
    expect(hourOfWeek[3 * 24 + 23]).toBeCloseTo(24, 1)
  })

  it('misses no window twice that is skipped and lies before the first call', () => {
    const first = 287 - 6
    const counts = countsFrom(
      Float64Array.from({ length: 24 * 288 }, (_, at) => (at < first ? 0 : 2)),
    )
    const skips = [{ from: 276, until: first }]
    expect(learnBaseline(seriesOf(counts, { skips }), 24, grid).hourOfWeek).toEqual(
      learnBaseline(seriesOf(counts), 24, grid).hourOfWeek,
    )
  })
})

describe('exposureOf', () => {
  it('refuses errors that come without their calls', () => {
    expect(() => exposureOf({ ...errors, exposure: null })).toThrow('series does not')
  })
})
