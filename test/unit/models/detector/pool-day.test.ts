import { describe, expect, it } from 'vitest'
import { classify } from '../../../../models/baseline/class.ts'
import { eachPool, poolDays } from '../../../../models/detector/pool-day.ts'
import { subjectsOf } from '../../../../models/detector/subject.ts'
import type { SeriesHistory } from '../../../../models/index.ts'
import { countsAt, countsFrom, seriesOf } from '../../../support/account-history.ts'

const grid = { windowMinutes: 5 }
const day = 40
const midnight = day * 288

function poolsOn(series: readonly SeriesHistory[]) {
  const seen = subjectsOf(series, { fromDay: day, untilDay: day + 1 }, grid).map((subject) => ({
    ...subject,
    seriesClass: classify(subject.activity, day, subject.firstDay),
  }))
  return poolDays(seen, { day, ageDays: 28, grid })
}

const sparse = (key: string, rest: Partial<SeriesHistory> = {}): SeriesHistory =>
  seriesOf(countsAt([midnight - 900, 4], [midnight - 500, 9]), { key, ...rest })
const busy = seriesOf(countsFrom(new Float64Array(midnight).fill(2)), { key: 'busy' })

describe('poolDays', () => {
  it('tells dense series from sparse ones, whose bursts make the law', () => {
    const { calls, errors } = poolsOn([sparse('a'), busy, sparse('b')])
    expect(calls).toMatchObject({ denseKeys: ['busy'], sparseCount: 2 })
    expect(calls.bursts.whole.law.bursts).toBe(4)
    expect(errors).toMatchObject({ denseKeys: [], sparseCount: 0 })
    expect(errors.bursts.whole.law.bursts).toBe(0)
  })

  it('keeps pools apart, and those of aggregates where there are any', () => {
    const pools = poolsOn([sparse('a'), sparse('b', { pool: 'denials' })])
    expect(Object.keys(pools).sort()).toEqual(['calls', 'denials', 'errors'])
    expect(eachPool(pools, ({ sparseCount }) => sparseCount)).toEqual({
      ...{ calls: 1, errors: 0, denials: 1 },
    })
  })

  it('expects first sightings as often as they came after the first week of the account', () => {
    const late = sparse('late', { firstWindow: midnight - 900 })
    const old = sparse('old', { firstWindow: 0 })
    // 40 of one week are believed, beside what came in the three weeks after the first.
    expect(poolsOn([late, old]).calls.firstsPerWeek).toBe(41 / 4)
    expect(poolsOn([old]).calls.firstsPerWeek).toBe(40 / 4)
  })

  it('learns how often windows stand out, and services begin', () => {
    const large = sparse('large', { counts: countsAt([midnight - 900, 40], [midnight - 500, 9]) })
    expect(poolsOn([sparse('a'), large]).calls.windows).toEqual({
      doublings: (1 + 20) / (4 + 20 / 1.5),
      starts: 1 / (3 + 4),
    })
    const firstWindow = midnight - 900
    const days = [900, 600, 300].map((before) => [midnight - before, 20] as const)
    const begun = sparse('begun', { counts: countsAt(...days), firstWindow })
    expect(poolsOn([begun]).calls.windows.starts).toBe(2 / (3 + 4))
    expect(poolsOn([{ ...begun, firstWindow: 0 }]).calls.windows.starts).toBe(1 / (3 + 4))
  })
})
