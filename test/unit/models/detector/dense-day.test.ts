import { describe, expect, it } from 'vitest'
import { learnBaseline } from '../../../../models/baseline/learn.ts'
import { penaltyOf, planOf, testsPerWeek } from '../../../../models/detector/dense-day.ts'
import { Scratch } from '../../../../models/series/scratch.ts'
import { countsFrom, seriesOf } from '../../../support/account-history.ts'
import { believedBursts, denseDayOf } from '../../../support/dense-day.ts'

const grid = { windowMinutes: 5 }

describe('testsPerWeek', () => {
  it('counts the windows of a length that end on its steps, and no others', () => {
    expect(testsPerWeek(1, grid)).toBe(2016)
    expect(testsPerWeek(6, grid)).toBe(1008)
    expect(testsPerWeek(36, grid)).toBe(168)
    expect(testsPerWeek(96, grid)).toBe(84)
    expect(testsPerWeek(288, grid)).toBe(84)
    expect(testsPerWeek(32, { windowMinutes: 15 })).toBe(84)
    expect(testsPerWeek(24, { windowMinutes: 60 })).toBe(84)
  })
})

describe('penaltyOf', () => {
  it('pays for windows, lengths, sides and series', () => {
    const plan = planOf(
      denseDayOf(new Float64Array(15 * 288).fill(3), { denseCount: 7, keep: 'account' }),
    )
    expect(plan.looks).toBe(10)
    expect(penaltyOf(plan, 1)).toBeCloseTo(Math.log(2016 * 10 * 7), 10)
    expect(penaltyOf(plan, 288)).toBeCloseTo(Math.log(84 * 10 * 7), 10)
  })
})

describe('planOf', () => {
  it('holds errors against their season and against the calls, and looks for no falls', () => {
    const windows = new Float64Array(15 * 288).fill(8)
    const series = seriesOf(countsFrom(windows.map((count) => count / 4)), {
      metric: 'errors',
      exposure: countsFrom(windows),
    })
    const baseline = learnBaseline(series, 14, grid)
    const plan = planOf({
      ...{ series, baseline, grid, denseCount: 1, changes: 0, keep: 'account' },
      ...{ bursts: () => believedBursts, proof: null, scratch: new Scratch() },
    })
    expect(plan.given()?.test).toBe('share')
    expect(plan.given()?.means[300]).toBeCloseTo(2, 1)
    expect(plan.looks).toBe(5)
  })
})
