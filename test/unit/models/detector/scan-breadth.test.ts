import { describe, expect, it } from 'vitest'
import { recordLaw, recordSurprise } from '../../../../models/baseline/record-law.ts'
import { type BreadthDay, scanBreadth } from '../../../../models/detector/scan-breadth.ts'
import { countsAt, seriesOf } from '../../../support/account-history.ts'

const grid = { windowMinutes: 5 }
const day = 40
const midnight = day * 288
const breadthDay = (
  cells: readonly (readonly [number, number])[],
  rest: Partial<BreadthDay> = {},
  untilWindow = midnight + 288,
): BreadthDay => ({
  series: seriesOf(countsAt(...cells), { pool: 'breadth', untilWindow }),
  ...{ day, grid, bornWindow: (day - 28) * 288, peers: 5, keep: 'account', ...rest },
})
const before = [
  [midnight - 600, 20],
  [midnight - 300, 20],
] as const

describe('scanBreadth', () => {
  it('holds a half hour against the record of the days before', () => {
    const input = breadthDay([...before, [midnight + 10, 25], [midnight + 13, 35]])
    const law = recordLaw(input.series.counts, { day, ageDays: 28, peers: 5, grid })
    expect(scanBreadth(input)).toMatchObject([
      { count: 25, fromWindow: midnight + 10, untilWindow: midnight + 11, expected: 20 },
      {
        ...{ count: 60, fromWindow: midnight + 10, untilWindow: midnight + 14, expected: 20 },
        ...{ family: 'aggregates', direction: 'up', peers: 5, surprise: recordSurprise(law, 60) },
        ...{ low: 0, high: 27, hotFromWindow: midnight + 10, hotUntilWindow: midnight + 14 },
        terms: {
          record: 20,
          recordScale: expect.closeTo(5),
          recordsPerWeek: 2,
          callers: 5,
        },
      },
    ])
  })

  it('sees a half hour across midnight once, on the day it ends', () => {
    const cells = [...before, [midnight - 2, 30], [midnight + 3, 30]] as const
    expect(scanBreadth(breadthDay([...cells])).map(({ count }) => count)).toEqual([60])
    const yesterday = breadthDay([...cells], { day: day - 1 }, midnight)
    expect(scanBreadth(yesterday).map(({ count }) => count)).toEqual([30])
  })

  it('is silent on days without a call, under the record, and before a window is complete', () => {
    expect(scanBreadth(breadthDay([...before]))).toEqual([])
    expect(scanBreadth(breadthDay([...before, [midnight + 10, 20]]))).toEqual([])
    expect(scanBreadth(breadthDay([...before, [midnight + 10, 60]], {}, midnight + 10))).toEqual([])
  })

  it('keeps what could matter', () => {
    const quiet = breadthDay([...before, [midnight + 10, 21]], { peers: 10_000 })
    expect(scanBreadth(quiet)).toEqual([])
    expect(scanBreadth({ ...quiet, keep: 'series' })).toHaveLength(1)
  })
})
