import { describe, expect, it } from 'vitest'
import { scoreRows, seriesScore } from '../../../../../src/pipeline/counts/score-rows.ts'
import { scoreOf } from '../../../../support/scores.ts'

const owner = { place: 0, key: 'a', metric: 'errors' } as const
const BUCKET_MS = 300_000

describe('scoreRows', () => {
  it('gives the bucket that ends a window the highest score of all that were judged there', () => {
    const scores = [
      scoreOf({ key: 'one code', untilWindow: 10, fromWindow: 4, surprise: 2, peers: 1 }),
      scoreOf({ key: 'other code', untilWindow: 10, surprise: 1, peers: 20 }),
      scoreOf({ direction: 'down', untilWindow: 11, surprise: -1, peers: 20 }),
    ]
    expect(scoreRows({ owner, scores }, BUCKET_MS)).toEqual([
      { key: 'a', metric: 'errors', bucketStartMs: 9 * BUCKET_MS, score: 1 + Math.log(20) },
      { key: 'a', metric: 'errors', bucketStartMs: 10 * BUCKET_MS, score: Math.log(20) - 1 },
    ])
  })

  it('leaves out what comes once a week in one series, or more often', () => {
    const scores = [scoreOf({ surprise: 0, peers: 1 }), scoreOf({ surprise: -4, peers: 10 })]
    expect(scoreRows({ owner, scores }, BUCKET_MS)).toEqual([])
  })
})

describe('seriesScore', () => {
  it('stays finite', () => {
    expect(seriesScore(scoreOf({ surprise: Number.POSITIVE_INFINITY }))).toBe(1e6)
  })
})
