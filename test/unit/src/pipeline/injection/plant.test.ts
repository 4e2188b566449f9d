import { describe, expect, it } from 'vitest'
import type { SeriesHistory } from '../../../../../models/index.ts'
import { planted } from '../../../../../src/pipeline/injection/plant.ts'
import { countsAt, seriesOf } from '../../../../support/account-history.ts'

const calls = seriesOf(countsAt([100, 7], [110, 4], [400, 9]), { key: 'api' })
const denied = seriesOf(countsAt([100, 2], [400, 4]), {
  ...{ key: 'api denied', metric: 'errors', of: 'api', exposure: calls.counts },
})
const none: SeriesHistory = {
  ...{ ...denied, key: 'api throttled', counts: countsAt() },
  firstWindow: Number.POSITIVE_INFINITY,
}
const api = {
  calls,
  errors: new Map([
    ['denied', denied],
    ['throttled', none],
  ]),
}
const how = { windowMinutes: 5, errorCode: 'throttled' }

/** The counts of each series by key, as pairs of window and count. */
const cellsIn = (series: readonly SeriesHistory[]) =>
  Object.fromEntries(
    series.map(({ key, counts }) => [
      key,
      Array.from(counts.at, (at, cell) => [at, counts.count[cell]]),
    ]),
  )

describe('an incident that is planted', () => {
  it('adds calls to a window that had some, and to one that had none', () => {
    const there = planted(api, { kind: 'burst', size: 5, fromWindow: 110 }, how)
    expect(cellsIn(there)).toEqual({
      api: [
        [100, 7],
        [110, 9],
        [400, 9],
      ],
      'api denied': [
        [100, 2],
        [400, 4],
      ],
    })
    const between = planted(api, { kind: 'burst', size: 5, fromWindow: 105 }, how)
    expect(cellsIn(between)['api']?.[1]).toEqual([105, 5])
    for (const { exposure } of between.slice(1)) expect(exposure).toBe(between[0]?.counts)
  })

  it('adds errors to their code and to the calls, from their first one on', () => {
    const series = planted(api, { kind: 'errors', size: 5, fromWindow: 110 }, how)
    expect(cellsIn(series)).toMatchObject({ 'api throttled': [[110, 5]] })
    expect(cellsIn(series)['api']?.[1]).toEqual([110, 9])
    expect(series.map(({ firstWindow }) => firstWindow)).toEqual([100, 100, 110])
  })

  it('takes away a share of the calls and of their errors, and nothing beyond its end', () => {
    const half = planted(api, { kind: 'drop', size: 50, fromWindow: 100 }, how)
    expect(cellsIn(half)).toEqual({
      api: [
        [100, 3],
        [110, 2],
        [400, 9],
      ],
      'api denied': [
        [100, 1],
        [400, 4],
      ],
    })
    const whole = planted(api, { kind: 'drop', size: 100, fromWindow: 100 }, how)
    expect(cellsIn(whole)).toEqual({ api: [[400, 9]], 'api denied': [[400, 4]] })
  })

  it('leaves what it is planted into as it was', () => {
    planted(api, { kind: 'drop', size: 100, fromWindow: 100 }, how)
    expect(cellsIn([calls])).toEqual({
      api: [
        [100, 7],
        [110, 4],
        [400, 9],
      ],
    })
  })
})
