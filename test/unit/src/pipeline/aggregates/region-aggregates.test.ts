import { expect, it } from 'vitest'
import type { SeriesHistory } from '../../../../../models/index.ts'
import { regionAggregates } from '../../../../../src/pipeline/aggregates/region-aggregates.ts'
import type { SeriesRow } from '../../../../../src/store/store.ts'

const grid = { firstMinute: 0, windowMinutes: 5 }
/** Windows of the eighth day on may hold what is new. */
const WEEK = 7 * 288

function seriesOf(
  key: string,
  windows: readonly (readonly [at: number, count: number])[],
  rest: Partial<SeriesHistory> = {},
): SeriesHistory {
  return {
    ...{ key, metric: 'calls', pool: 'calls', group: 'eu-west-1', exposure: null, of: null },
    counts: {
      at: Int32Array.from(windows, ([at]) => at),
      count: Int32Array.from(windows, ([, count]) => count),
    },
    ...{ firstWindow: windows[0]?.[0] ?? 0, untilWindow: 1e6, ...rest },
  }
}

/** What the aggregates of one Region count, by window. */
function sumsOf(region: string, ...series: readonly SeriesHistory[]) {
  const names = new Map(
    series.map(({ key }) => [
      key,
      { series: {} as SeriesRow, errorCode: key.split(' ')[1] ?? null },
    ]),
  )
  const found = regionAggregates({ history: { series, firstWindow: 0 }, names }, grid)
  return Object.fromEntries(
    found
      .filter(({ subject }) => subject.region === region)
      .map(({ subject, counts }) => [
        subject.aggregate,
        [...counts.at].map((at, cell) => [at, counts.count[cell]]),
      ]),
  )
}

it('counts an API once in a clock hour, where its first call of the hour lies', () => {
  const a = seriesOf('a', [
    [10, 4],
    [11, 1],
    [12, 2],
    [30, 1],
  ])
  const b = seriesOf('b', [[11, 7]])
  expect(sumsOf('eu-west-1', a, b)).toMatchObject({
    distinct: [
      [10, 1],
      [11, 1],
      [12, 1],
      [30, 1],
    ],
  })
})

it('counts an API as first seen once ever, and not in the first week of an account', () => {
  const early = seriesOf('a', [
    [WEEK - 1, 1],
    [WEEK + 5, 1],
  ])
  const late = seriesOf('b', [
    [WEEK + 5, 3],
    [WEEK + 9, 3],
  ])
  const older = seriesOf('c', [[WEEK + 5, 1]], { firstWindow: WEEK })
  expect(sumsOf('eu-west-1', early, late, older)['newcomers']).toEqual([[WEEK + 5, 1]])
})

it('counts what was refused, whatever the code, and keeps Regions apart', () => {
  const errors = { metric: 'errors', pool: 'errors' } as const
  const series = [
    seriesOf('a AccessDenied', [[3, 2]], errors),
    seriesOf('b Client.UnauthorizedOperation', [[3, 1]], errors),
    seriesOf('c Throttling', [[3, 9]], errors),
    seriesOf('d AccessDenied', [[3, 5]], { ...errors, group: 'us-east-1' }),
  ]
  expect(sumsOf('eu-west-1', ...series)).toMatchObject({ denials: [[3, 3]], distinct: [] })
  expect(sumsOf('us-east-1', ...series)['denials']).toEqual([[3, 5]])
})
