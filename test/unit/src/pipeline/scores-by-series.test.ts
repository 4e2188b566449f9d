import { expect, it } from 'vitest'
import type { Score } from '../../../../models/index.ts'
import { inOrderOfFirst, scoresBySeries } from '../../../../src/pipeline/scores-by-series.ts'
import type { StoredScore, StoreReader } from '../../../../src/store/store.ts'

function scoreOf(key: string, untilWindow: number, direction: 'up' | 'down' = 'up'): Score {
  return { key, direction, fromWindow: untilWindow - 1, untilWindow } as Score
}

function readerOf(scores: readonly StoredScore[]): StoreReader {
  return {
    scoredSeries: () => [1, 2, 3],
    seriesByRef: (ref: number) => (ref === 3 ? undefined : { ref }),
    scores: ({ series }: { readonly series?: number }) =>
      scores.filter((each) => each.series === series),
  } as unknown as StoreReader
}

it('tells scores apart by series, code and direction, and puts them in the order of the first of each', () => {
  const stored = (series: number, errorCode: string | null, score: Score): StoredScore => ({
    ...{ series, errorCode, score },
  })
  const reader = readerOf([
    stored(1, null, scoreOf('b', 10)),
    stored(1, 'E', scoreOf('b E', 12)),
    stored(1, null, scoreOf('b', 13, 'down')),
    stored(1, null, scoreOf('b', 20)),
    stored(2, null, scoreOf('a', 10)),
    stored(2, null, scoreOf('a', 11)),
    stored(3, null, scoreOf('gone', 1)),
  ])
  const all = [...scoresBySeries(reader, 'account')]
  const told = all.map((each) => ({ ...each, first: each.scores[0] }))
  expect(
    inOrderOfFirst(told).map(({ series, errorCode, scores }) => [
      series.ref,
      errorCode,
      scores.map(({ untilWindow }) => untilWindow),
    ]),
  ).toEqual([
    [2, null, [10, 11]],
    [1, null, [10, 20]],
    [1, 'E', [12]],
    [1, null, [13]],
  ])
})
