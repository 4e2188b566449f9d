import { expect, it } from 'vitest'
import { gridHistories } from '../../../../../src/pipeline/counts/histories.ts'
import type { CountedSeries } from '../../../../../src/source/counts/count-table.ts'

const DAY_S = 86_400

function series(parts: Partial<CountedSeries> & { readonly firstS: number }): CountedSeries {
  const { key = 'a', bucketS = 300, errors = [], firstS } = parts
  return { key, bucketS, errors, calls: cell(firstS / bucketS) }
}

const cell = (window: number) => ({ at: Int32Array.of(window), count: Int32Array.of(3) })
const NOTHING = { at: new Int32Array(0), count: new Int32Array(0) }

it('makes one account of the keys of each grid, as old as the oldest key of all', () => {
  const table = {
    ...{ startMs: 0, endMs: 40 * DAY_S * 1000 + 1_800_000 },
    series: [
      series({ key: 'hourly', bucketS: 3600, firstS: 20 * DAY_S }),
      series({ key: 'fine', firstS: 10 * DAY_S + 300 }),
      series({ key: 'fine, too', firstS: 11 * DAY_S }),
      { ...series({ key: 'silent', firstS: 0 }), calls: NOTHING },
    ],
  }
  const [fine, hourly, ...others] = gridHistories(table)
  expect(others).toEqual([])
  expect(fine).toMatchObject({ grid: { windowMinutes: 5 }, share: 2 / 3 })
  expect(fine?.history.firstWindow).toBe(10 * 288 + 1)
  expect(fine?.history.series.map(({ key }) => key)).toEqual(['fine', 'fine, too'])
  expect(hourly?.history).toMatchObject({
    firstWindow: 240,
    series: [{ key: 'hourly', firstWindow: 480, untilWindow: 960 }],
  })
})

it('knows whose errors a code counts, even where a key looks like a key with a code', () => {
  const errors = [{ code: 'X', counts: cell(7) }]
  const table = {
    ...{ startMs: 0, endMs: DAY_S * 1000 },
    series: [
      series({ key: 'a', firstS: 0, errors }),
      series({ key: '["a","X"]', firstS: 0, errors: [{ code: null, counts: cell(8) }] }),
    ],
  }
  const [{ history, owners } = expect.fail()] = gridHistories(table)
  expect([...owners.values()]).toEqual([
    { place: 0, key: 'a', metric: 'calls' },
    { place: 0, key: 'a', metric: 'errors' },
    { place: 1, key: '["a","X"]', metric: 'calls' },
    { place: 1, key: '["a","X"]', metric: 'errors' },
  ])
  expect(history.series[1]).toMatchObject({ metric: 'errors', firstWindow: 7, exposure: cell(0) })
})

it('has nothing for a table without counts', () => {
  expect(gridHistories({ startMs: 0, endMs: 1, series: [] })).toEqual([])
})
