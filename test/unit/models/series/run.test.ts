import { describe, expect, it } from 'vitest'
import { runReach, runsOfDay } from '../../../../models/series/run.ts'
import { countsAt } from '../../../support/account-history.ts'

const grid = { windowMinutes: 5 }

describe('runReach', () => {
  it('is half an hour, and the next window where windows are longer', () => {
    expect([1, 5, 15, 30, 60].map((windowMinutes) => runReach({ windowMinutes }))).toEqual([
      30, 6, 2, 1, 1,
    ])
  })
})

describe('runsOfDay', () => {
  it('joins calls up to half an hour apart and parts those further apart', () => {
    const counts = countsAt([300, 2], [306, 1], [313, 4])
    expect(runsOfDay(counts, 1, grid)).toEqual([
      { fromWindow: 300, untilWindow: 307, count: 3, peak: 2 },
      { fromWindow: 313, untilWindow: 314, count: 4, peak: 4 },
    ])
  })

  it('cuts a run that crosses midnight', () => {
    const counts = countsAt([286, 2], [287, 3], [288, 4])
    expect(runsOfDay(counts, 0, grid)).toEqual([
      { fromWindow: 286, untilWindow: 288, count: 5, peak: 3 },
    ])
    expect(runsOfDay(counts, 1, grid)).toEqual([
      { fromWindow: 288, untilWindow: 289, count: 4, peak: 4 },
    ])
    expect(runsOfDay(counts, 2, grid)).toEqual([])
  })
})
