import { describe, expect, it } from 'vitest'
import {
  type BaselineState,
  fromState,
  toState,
} from '../../../../models/baseline/baseline-state.ts'
import { learnBaseline } from '../../../../models/baseline/learn.ts'
import { countsFrom, seasonalWindows, seriesOf } from '../../../support/account-history.ts'
import { seededRandom } from '../../../support/seeded-random.ts'

const windows = seasonalWindows(seededRandom(2), { days: 30, perHour: 20 })
const series = seriesOf(countsFrom(windows), {
  metric: 'errors',
  exposure: countsFrom(windows.map((count) => 2 * count)),
})
const baseline = learnBaseline(series, 30, { windowMinutes: 5 })

describe('fromState', () => {
  it('gives back exactly what went to JSON', () => {
    const kept: BaselineState = JSON.parse(JSON.stringify(toState(baseline)))
    expect(kept.version).toBe(1)
    expect(fromState(kept)).toEqual(baseline)
  })

  it('refuses a version it does not know', () => {
    const odd: BaselineState = JSON.parse(JSON.stringify({ ...toState(baseline), version: 2 }))
    expect(() => fromState(odd)).toThrow('invariant: baseline version 2 is unknown')
  })
})
