import { describe, expect, it } from 'vitest'
import { activityOf } from '../../../../models/baseline/class.ts'
import { burstDays } from '../../../../models/baseline/own-bursts.ts'
import { learnDense, rememberingLearner } from '../../../../models/detector/learned.ts'
import type { Classed } from '../../../../models/detector/pool-day.ts'
import { countsFrom, seriesOf } from '../../../support/account-history.ts'

const grid = { windowMinutes: 60 }
const DAYS = 20
const learn = rememberingLearner(grid)

function classed(hourly: (day: number) => number, seriesClass: Classed['seriesClass']): Classed {
  const windows = Float64Array.from({ length: DAYS * 24 }, (_, at) => hourly(Math.floor(at / 24)))
  const series = seriesOf(countsFrom(windows), { untilWindow: windows.length })
  const activity = activityOf(series.counts, { fromDay: 0, untilDay: DAYS }, grid)
  return {
    ...{ series, seriesClass, firstDay: 0, bursts: burstDays(series.counts, grid) },
    ...{ activity, dailyCalls: activity.calls },
  }
}

describe('learnDense', () => {
  const steady = classed(() => 40, 'dense')
  const doubled = classed((day) => (day < 15 ? 40 : 120), 'dense')
  const sparse = classed(() => 40, 'sparse')

  it('learns dense series and no others', () => {
    const { baselines } = learnDense([steady, sparse], DAYS, learn)
    expect([...baselines.keys()]).toEqual([steady])
    expect(baselines.get(steady)?.hourOfWeek[0]).toBeCloseTo(40, 5)
  })

  it('counts the series whose level changed in the last days', () => {
    expect(learnDense([steady, doubled], DAYS, learn).changesIn('calls')).toBeCloseTo(4 / 24, 10)
    expect(learnDense([steady, steady], DAYS, learn).changesIn('calls')).toBeCloseTo(1 / 22, 10)
  })

  it('is told by a learner that remembers what it learned before, day by day', () => {
    expect(learn(steady.series, DAYS)).toBe(learn(steady.series, DAYS))
    expect(learn(steady.series, DAYS - 1).day).toBe(DAYS - 1)
  })

  it('expects no changes where nothing is dense', () => {
    expect(learnDense([sparse], DAYS, learn).changesIn('calls')).toBe(0)
  })
})
