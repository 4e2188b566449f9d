import { describe, expect, it } from 'vitest'
import type { SeriesHistory } from '../../../../models/index.ts'
import { errorTotal } from '../../../../models/series/total.ts'
import { countsAt, seriesOf } from '../../../support/account-history.ts'

const calls = countsAt([10, 100], [20, 100])
const errorsOf = (
  of: string | null,
  key: string,
  ...cells: readonly (readonly [number, number])[]
): SeriesHistory => seriesOf(countsAt(...cells), { key, metric: 'errors', exposure: calls, of })

describe('errorTotal', () => {
  it('adds up all the errors of an API under a key of its own', () => {
    const denied = errorsOf('GetItem', 'GetItem denied', [10, 2], [30, 5])
    const throttled = errorsOf('GetItem', 'GetItem throttled', [5, 1], [10, 3])
    const total = errorTotal([denied, throttled])
    expect(total.parts).toEqual([denied, throttled])
    expect(total.series).toMatchObject({
      key: 'GetItem *',
      metric: 'errors',
      pool: 'errors',
      exposure: calls,
    })
    expect(total.series.counts).toEqual(countsAt([5, 1], [10, 5], [30, 5]))
    expect(total.series.firstWindow).toBe(5)
  })
})
