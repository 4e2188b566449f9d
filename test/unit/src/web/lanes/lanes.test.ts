import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { insightView } from '../../../../../src/insight/view.ts'
import {
  GROUPINGS,
  groupingIn,
  isPicked,
  unpicked,
} from '../../../../../src/web/lanes/groupings.ts'
import { gridOver, lanesOf } from '../../../../../src/web/lanes/lanes.ts'
import { START } from '../../../../../src/web/state/view.ts'
import { anInsight, START_MS, stillOpen } from '../../../../support/insights.ts'

const DAY_MS = 86_400_000
const day = { fromMs: Date.UTC(2026, 2, 4), untilMs: Date.UTC(2026, 2, 5) }

describe('gridOver', () => {
  it('cuts a span into at most 64 buckets of the clock that hold all of it', () => {
    const span = fc.record({ fromMs: fc.nat(2e12), length: fc.integer({ min: 1, max: 9e11 }) })
    fc.assert(
      fc.property(span, ({ fromMs, length }) => {
        const untilMs = fromMs + length
        const grid = gridOver({ fromMs, untilMs })
        expect(grid.count).toBeLessThanOrEqual(64)
        expect(grid.fromMs).toBeLessThanOrEqual(fromMs)
        expect(grid.untilMs).toBeGreaterThanOrEqual(untilMs)
        expect(grid.fromMs % grid.bucketMs).toBe(0)
      }),
    )
  })

  it('takes half an hour for a day, and a day for two months', () => {
    expect(gridOver(day)).toMatchObject({ bucketMs: 1_800_000, count: 48 })
    const months = { fromMs: day.fromMs, untilMs: day.fromMs + 60 * DAY_MS }
    expect(gridOver(months)).toMatchObject({ bucketMs: DAY_MS, count: 60 })
  })
})

describe('lanesOf', () => {
  const grid = gridOver(day)
  const views = [
    anInsight({ severity: 50 }),
    anInsight({ eventName: 'StopInstances', severity: 95, startMs: START_MS + 3_600_000 }),
    anInsight({ eventSource: 's3.amazonaws.com', eventName: 'GetObject', ...stillOpen }),
    anInsight({ eventSource: 'kms.amazonaws.com', startMs: START_MS - DAY_MS }),
  ].map(insightView)

  const byService = groupingIn({ lanes: null })

  it('has a lane for each service that something was raised about in the span, the worst first', () => {
    const lanes = lanesOf(views, grid, byService, new Set())
    expect(lanes.map(({ name }) => name)).toEqual(['s3', 'ec2'])
    const [s3, ec2] = lanes
    expect([...(ec2?.cells ?? [])]).toEqual([
      [20, { count: 1, severity: 50 }],
      [22, { count: 1, severity: 95 }],
    ])
    // What is open lasts to the end.
    expect([...(s3?.cells.keys() ?? [])]).toEqual(Array.from({ length: 28 }, (_, at) => 20 + at))
  })

  it('shows the APIs of an open service below it', () => {
    const names = lanesOf(views, grid, byService, new Set(['ec2'])).map(({ part }) => part)
    expect(names).toEqual([null, null, 'StopInstances', 'RunInstances'])
  })
  it('has lanes for accounts and for callers, those without one together', () => {
    const named = (lanes: string, differences: Parameters<typeof anInsight>[0]) => {
      const by = groupingIn({ lanes })
      const rows = [...views.slice(0, 1), insightView(anInsight(differences))]
      const names = lanesOf(rows, grid, by, new Set()).map(({ name }) => by.labelOf(name))
      return names.sort()
    }
    expect(named('account', { account: '999999999999' })).toEqual(['123456789012', '999999999999'])
    expect(named('caller', { principal: null })).toEqual(['nobody alone', 'role/Deploy'])
  })

  it('is picked by what it filters by, and let go again', () => {
    for (const by of GROUPINGS) {
      const place = { name: 'x', part: 'y' }
      const picked = { ...START, ...by.filterFor(place) }
      expect(isPicked(by, place, picked)).toBe(true)
      expect(isPicked(by, { ...place, part: null }, picked)).toBe(false)
      expect({ ...picked, ...unpicked(by) }).toEqual(START)
    }
  })
})
