import { describe, expect, it } from 'vitest'
import { rarityInSeries, type Score, sensitivity, severityOf } from '../../../../../models/index.ts'
import { countEvents } from '../../../../../src/pipeline/counts/count-events.ts'
import { scoreOf } from '../../../../support/scores.ts'

const owner = { place: 0, key: 'a', metric: 'errors' } as const
const BUCKET_MS = 300_000
const rules = {
  grid: { windowMinutes: 5 },
  sensitivity: sensitivity(2),
  endMs: 2000 * BUCKET_MS,
}
const rarityOf = (surprise: number) => rarityInSeries(scoreOf({ surprise, peers: 1 }))
const eventsOf = (scores: readonly Score[]) => countEvents({ owner, scores }, rules)

describe('countEvents', () => {
  it('starts an event with the bucket that raised the alarm, not with the window it ends', () => {
    const alarm = scoreOf({ fromWindow: 980, hotFromWindow: 985, surprise: 6, peers: 10 })
    expect(eventsOf([alarm])).toEqual([
      {
        ...{ key: 'a', metric: 'errors', direction: 'up', severity: severityOf(6) },
        ...{
          startMs: 999 * BUCKET_MS,
          endMs: 1000 * BUCKET_MS,
          score: rarityInSeries(scoreOf({ surprise: 6, peers: 10 })),
        },
      },
    ])
  })

  it('makes one event of codes that fail together, as bad as the worst of them', () => {
    const scores = [
      scoreOf({ key: 'one', untilWindow: 1000, surprise: 5 }),
      scoreOf({ key: 'other', untilWindow: 1001, surprise: 9 }),
      scoreOf({ key: 'one', untilWindow: 1002, surprise: 5 }),
      scoreOf({ key: 'other', untilWindow: 1500, surprise: 7 }),
    ]
    expect(eventsOf(scores)).toMatchObject([
      {
        startMs: 999 * BUCKET_MS,
        endMs: 1002 * BUCKET_MS,
        score: rarityOf(9),
        severity: severityOf(9),
      },
      { startMs: 1499 * BUCKET_MS, endMs: 1500 * BUCKET_MS, score: rarityOf(7) },
    ])
  })

  it('keeps rises and falls apart, in order of time', () => {
    const scores = [
      scoreOf({ direction: 'down', untilWindow: 1000 }),
      scoreOf({ direction: 'up', untilWindow: 1001 }),
    ]
    expect(eventsOf(scores).map(({ direction }) => direction)).toEqual(['down', 'up'])
  })

  it('ends what may still go on with the end of the counts', () => {
    expect(eventsOf([scoreOf({ untilWindow: 1998 })])).toMatchObject([{ endMs: rules.endMs }])
  })

  it('raises nothing where nothing is an alarm', () => {
    expect(eventsOf([scoreOf({ surprise: -3 })])).toEqual([])
  })
})
