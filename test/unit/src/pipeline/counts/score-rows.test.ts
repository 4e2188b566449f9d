import { describe, expect, it } from 'vitest'
import { rarityInSeries, type Score, sensitivity } from '../../../../../models/index.ts'
import { scoreRows, seriesScore } from '../../../../../src/pipeline/counts/score-rows.ts'
import { scoreOf } from '../../../../support/scores.ts'

const owner = { place: 0, key: 'a', metric: 'errors' } as const
const BUCKET_MS = 300_000
const rules = {
  grid: { windowMinutes: 5 },
  sensitivity: sensitivity(2),
  endMs: 100 * BUCKET_MS,
}

describe('scoreRows', () => {
  it('gives the bucket that ends a window the highest score of all that were judged there', () => {
    const scores = [
      scoreOf({ key: 'one code', untilWindow: 10, fromWindow: 4, surprise: 2, peers: 1 }),
      scoreOf({ key: 'other code', untilWindow: 10, surprise: 1, peers: 20 }),
      scoreOf({ direction: 'down', untilWindow: 11, surprise: -1, peers: 20 }),
    ]
    expect(scoreRows({ owner, scores }, rules)).toEqual([
      {
        key: 'a',
        metric: 'errors',
        bucketStartMs: 9 * BUCKET_MS,
        score: rarityInSeries(scoreOf({ surprise: 1, peers: 20 })),
      },
      {
        key: 'a',
        metric: 'errors',
        bucketStartMs: 10 * BUCKET_MS,
        score: rarityInSeries(scoreOf({ direction: 'down', surprise: -1, peers: 20 })),
      },
    ])
  })

  it('lets the word of a long window stand until the next one, and no longer than the counts go', () => {
    const bucketsOf = (standsUntil: number): readonly number[] =>
      scoreRows({ owner, scores: [scoreOf({ untilWindow: 98, standsUntil })] }, rules).map(
        ({ bucketStartMs }) => bucketStartMs / BUCKET_MS,
      )
    expect(bucketsOf(98)).toEqual([97])
    expect(bucketsOf(99)).toEqual([97, 98])
    expect(bucketsOf(300)).toEqual([97, 98, 99])
  })

  it('lets the rarer of two words that stand be heard', () => {
    const scores = [
      scoreOf({ untilWindow: 10, standsUntil: 13, surprise: 2 }),
      scoreOf({ untilWindow: 11, surprise: 3 }),
      scoreOf({ untilWindow: 12, surprise: 1 }),
    ]
    expect(scoreRows({ owner, scores }, rules).map(({ score }) => score)).toEqual(
      [2, 3, 2, 2].map((surprise) => rarityInSeries(scoreOf({ surprise, peers: 1 }))),
    )
  })

  it('leaves out what is unusual only beside a level that nobody confirmed yet', () => {
    expect(scoreRows({ owner, scores: [scoreOf({ unconfirmed: true })] }, rules)).toEqual([])
  })

  it('leaves out what is under a floor: it is no alarm at any budget', () => {
    const [few, enough] = [4, 5].map((count) => scoreOf({ untilWindow: 9, count, expected: 0 }))
    const ofErrors = { metric: 'errors', family: 'pool-errors' } as const
    const rowsOf = (score: typeof few) =>
      scoreRows({ owner, scores: [{ ...(score as Score), ...ofErrors }] }, rules)
    expect(rowsOf(few)).toEqual([])
    expect(rowsOf(enough)).toHaveLength(1)
  })

  it('leaves out what comes once a week in one series, or more often', () => {
    const scores = [scoreOf({ surprise: -1.3, peers: 1 }), scoreOf({ surprise: -4, peers: 10 })]
    expect(scoreRows({ owner, scores }, rules)).toEqual([])
  })
})

describe('seriesScore', () => {
  it('stays finite', () => {
    expect(seriesScore(scoreOf({ surprise: Number.POSITIVE_INFINITY }))).toBe(1e6)
  })
})
