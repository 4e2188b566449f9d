import { describe, expect, it } from 'vitest'
import { keptBaseline } from '../../../../models/baseline/baseline.ts'
import { burstDays } from '../../../../models/baseline/burst-days.ts'
import { activityOf } from '../../../../models/baseline/class.ts'
import { settled } from '../../../../models/baseline/learn.ts'
import {
  learnDense,
  learner,
  recallingLearner,
  rememberingLearner,
} from '../../../../models/detector/learned.ts'
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
    const { hours } = learnDense([steady, sparse], DAYS, learn)
    expect([...hours.keys()]).toEqual([steady])
    expect(hours.get(steady)?.baseline().hourOfWeek[0]).toBeCloseTo(40, 5)
  })

  it('counts the series whose level changed in the last days', () => {
    expect(learnDense([steady, doubled], DAYS, learn).changesIn('calls')).toBeCloseTo(2 / 24, 10)
    expect(learnDense([steady, steady], DAYS, learn).changesIn('calls')).toBeCloseTo(1 / 44, 10)
  })

  it('is told by a learner that remembers what it learned before, day by day', () => {
    const hours = learn(steady.series, DAYS)
    expect(learn(steady.series, DAYS)).toBe(hours)
    expect(hours.baseline()).toBe(hours.baseline())
    expect(learn(steady.series, DAYS - 1).baseline().day).toBe(DAYS - 1)
  })

  it('learns the same whether it remembers or not', () => {
    const forgetful = learner(grid)(steady.series, DAYS)
    expect(settled(forgetful.baseline())).toEqual(learn(steady.series, DAYS).baseline())
  })

  it('learns a series whose baseline is known only for its tails, and once', () => {
    const baseline = learn(steady.series, DAYS).baseline()
    let learned = 0
    const counted = recallingLearner(
      (series, day) => {
        learned += 1
        return learn(series, day)
      },
      new Map([[steady.series, keptBaseline(baseline)]]),
    )
    const hours = counted(steady.series, DAYS)
    expect(hours.level).toEqual(baseline.level)
    expect(hours.baseline().hourOfWeek).toBe(baseline.hourOfWeek)
    expect(learned).toBe(0)
    expect(settled(hours.baseline())).toEqual(baseline)
    expect(learned).toBe(1)
    counted(steady.series, DAYS - 1)
    counted(doubled.series, DAYS)
    expect(learned).toBe(3)
  })

  it('lets no tail be read that was not asked for before the next series is learned', () => {
    const learnNext = learner(grid)
    const { dispersion } = learnNext(steady.series, DAYS).baseline()
    const read = dispersion[0]?.rise
    learnNext(doubled.series, DAYS)
    expect(dispersion[0]?.rise).toBe(read)
    expect(() => dispersion[0]?.fall).toThrow('while they are lent')
  })

  it('expects no changes where nothing is dense', () => {
    expect(learnDense([sparse], DAYS, learn).changesIn('calls')).toBe(0)
  })
})
