import { describe, expect, it } from 'vitest'
import type { LevelHold } from '../../../../models/baseline/baseline.ts'
import { type DensePlan, planOf } from '../../../../models/detector/dense-day.ts'
import { scanLevel } from '../../../../models/detector/scan-level.ts'
import type { SeriesHistory } from '../../../../models/index.ts'
import { countsFrom } from '../../../support/account-history.ts'
import { denseDayOf, errorDayOf } from '../../../support/dense-day.ts'

const until = 29 * 288
/** Three weeks at one pace and a week at another, ending with the day scored. */
const paced = (earlier: number, recent: number): Float64Array => {
  const windows = new Float64Array(until).fill(earlier)
  return windows.fill(recent, until - 7 * 288)
}
const planWith = (
  windows: Float64Array,
  level: Partial<LevelHold> = {},
  of: Partial<SeriesHistory> = {},
): DensePlan => {
  const day = denseDayOf(windows, { of })
  const settled = { rise: 1, fall: 1, before: 1, settled: true }
  return planOf({ ...day, baseline: { ...day.baseline, level: { ...settled, ...level } } })
}

describe('a series that climbed so slowly that its baseline went along', () => {
  it('is told at the end of the day, beside the three weeks before', () => {
    const [score, ...others] = scanLevel(planWith(paced(1, 6)))
    expect(others).toEqual([])
    expect(score).toMatchObject({
      family: 'dense-calls',
      direction: 'up',
      fromWindow: until - 7 * 288,
      untilWindow: until,
      standsUntil: until + 288,
      unconfirmed: false,
      count: 6 * 7 * 288,
      expected: 7 * 288,
      hourly: 12,
      peers: 10,
      terms: { law: 'the three weeks before', windows: 7 * 288 },
    })
    const { logTail, penalty, changesPerWeek, changeShare } = score?.terms ?? {}
    expect(changesPerWeek).toBe(0)
    expect(changeShare).toBeCloseTo((6.5 / 1.5) ** -1.5, 1)
    expect(score?.surprise).toBeCloseTo(-(logTail as number) - (penalty as number), 10)
  })

  it('surprises more the higher it climbed', () => {
    const plan = planWith(paced(1, 4))
    const climbed = (pace: number): DensePlan => ({
      ...plan,
      series: { ...plan.series, counts: countsFrom(paced(1, pace)) },
    })
    const surprises = [4, 5, 6, 8].map((pace) => scanLevel(climbed(pace))[0]?.surprise)
    expect(surprises).toEqual([...surprises].sort((one, other) => Number(one) - Number(other)))
  })

  it('is nothing under twice the weeks before, or under twenty calls a day', () => {
    expect(scanLevel(planWith(paced(10, 19)))).toEqual([])
    const rare = new Float64Array(until)
    for (let day = 0; day < 29; day++) rare[day * 288 + 9] = day < 22 ? 1 : 19
    expect(scanLevel(planWith(rare))).toEqual([])
  })

  it('is nothing where one day alone made the week so busy', () => {
    const windows = paced(10, 10)
    windows[until - 500] = 1e6
    expect(scanLevel(planWith(windows))).toEqual([])
  })

  it('is nothing where there were no calls before, or not all of the weeks were seen', () => {
    expect(scanLevel(planWith(paced(0, 6), {}, { firstWindow: 0 }))).toEqual([])
    expect(scanLevel(planWith(paced(1, 6), {}, { firstWindow: 289 }))).toEqual([])
  })

  it('is nothing soon after a jump, which was told itself', () => {
    expect(scanLevel(planWith(paced(1, 6), { settled: false }))).toEqual([])
  })

  it('is asked of complete days of calls alone', () => {
    expect(scanLevel(planWith(paced(1, 6), {}, { untilWindow: until - 1 }))).toEqual([])
    expect(scanLevel(planWith(paced(1, 6), {}, { pool: 'distinct' }))).toEqual([])
    expect(scanLevel(planOf(errorDayOf(paced(1, 6), paced(40, 40))))).toEqual([])
  })

  it('is left out where it would surprise nobody', () => {
    const wild = { phi: 1, alpha: 50 }
    const plan = planWith(paced(1, 6))
    const dispersion = plan.baseline.dispersion.map((scale) => ({ ...scale, ...wild }))
    const dull = { ...plan, baseline: { ...plan.baseline, dispersion } }
    expect(scanLevel({ ...dull, denseCount: 1000, keep: 'account' })).toEqual([])
    expect(scanLevel(dull)).toHaveLength(1)
  })
})

describe('a rise that nobody confirmed yet', () => {
  const level = { before: 0.1, fall: 0.1, settled: false }

  it('still stands where the day is nearer to the new level than to the one before', () => {
    const [score] = scanLevel(planWith(paced(10, 10), level))
    expect(score).toMatchObject({
      unconfirmed: true,
      fromWindow: until - 288,
      untilWindow: until,
      standsUntil: until + 288,
      count: 2880,
      terms: { law: 'the level before the rise', windows: 288 },
    })
    expect(score?.expected).toBeCloseTo(288, -1)
  })

  it('is over where the day went back', () => {
    const windows = paced(10, 10)
    windows.fill(2, until - 288)
    expect(scanLevel(planWith(windows, level))).toEqual([])
  })
})
