import { expect, it } from 'vitest'
import { LateBaseline } from '../../../../models/baseline/late-baseline.ts'
import { learnBaseline, learnHours } from '../../../../models/baseline/learn.ts'
import { Scratch } from '../../../../models/series/scratch.ts'
import { countsFrom, seriesOf } from '../../../support/account-history.ts'

const grid = { windowMinutes: 5 }
const calls = countsFrom(new Float64Array(15 * 288).fill(8))
const errors = seriesOf(countsFrom(new Float64Array(15 * 288).fill(2)), {
  metric: 'errors',
  exposure: calls,
})

it('works out the share of the calls once, and only when it is asked for', () => {
  let asked = 0
  const share = { hourOfDay: [], dispersion: [] }
  const baseline = new LateBaseline(learnBaseline(seriesOf(calls), 14, grid), () => {
    asked += 1
    return share
  })
  expect([baseline.calls, baseline.observedDays, asked]).toEqual([8 * 14 * 288, 14, 0])
  expect([baseline.share, baseline.share, asked]).toEqual([share, share, 1])
})

it('refuses to work it out where the arrays it was learned in serve another series', () => {
  const place = { grid, scratch: new Scratch() }
  const learned = learnHours(errors, 14, place).baseline()
  expect(learned.share?.hourOfDay[3]).toBeCloseTo(0.25, 2)
  const late = learnHours(errors, 14, place).baseline()
  learnHours(seriesOf(calls), 14, place)
  expect(() => late.share).toThrow('while they are lent, not after')
  expect(learnHours(seriesOf(calls), 14, place).baseline().share).toBeNull()
})
