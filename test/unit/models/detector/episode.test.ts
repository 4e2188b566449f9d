import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide, type Verdict } from '../../../../models/detector/decide.ts'
import { type Episode, episodesOf } from '../../../../models/detector/episode.ts'
import type { Score } from '../../../../models/detector/score.ts'
import { rarityNeeded, sensitivity } from '../../../../models/detector/sensitivity.ts'
import { scoreOf, surpriseOf } from '../../../support/scores.ts'

const asked = sensitivity(2)
const verdictOf = (score: Score): Verdict => decide(score, asked)
const needed = surpriseOf(rarityNeeded(asked, 'dense-calls'))
const alarm = (untilWindow: number, rest: Partial<Score> = {}): Score =>
  scoreOf({ untilWindow, surprise: needed + 1, ...rest })
const linger = (untilWindow: number): Score => scoreOf({ untilWindow, surprise: needed - 1 })
const episodes = (scores: readonly Score[], untilWindow = 9000): readonly Episode[] =>
  episodesOf(scores, verdictOf, { windowMinutes: 5, untilWindow })
const spans = (found: readonly Episode[]): readonly (readonly (number | null)[])[] =>
  found.map(({ startWindow, endWindow }) => [startWindow, endWindow])

describe('the decision episodesOf is given', () => {
  it('alone makes alarms, however surprising a score is', () => {
    const loud = [alarm(1000), alarm(1040)]
    const second = (score: Score): Verdict => (score.untilWindow === 1040 ? 'alarm' : 'quiet')
    const grid = { windowMinutes: 5, untilWindow: 9000 }
    expect(spans(episodesOf(loud, second, grid))).toEqual([[1039, 1040]])
    expect(episodesOf(loud, () => 'quiet', grid)).toEqual([])
    expect(episodesOf(loud, () => 'lingering', grid)).toEqual([])
  })
})

describe('an anomaly that a level nobody confirmed follows', () => {
  it('goes on to the end of a day that only a level nobody confirmed is unusual beside', () => {
    const level = alarm(1020, { unconfirmed: true, standsUntil: 1050 })
    expect(episodes([level])).toEqual([])
    const [begun] = episodes([alarm(1000)])
    expect(begun).toMatchObject({ endWindow: 1000, unconfirmed: false })
    const [going] = episodes([alarm(1015), level])
    expect(going).toMatchObject({ startWindow: 1014, endWindow: 1020, unconfirmed: true })
    const [confirmed] = episodes([alarm(1015), level, alarm(1051)])
    expect(confirmed).toMatchObject({ endWindow: 1051, unconfirmed: false })
  })
})

describe('episodesOf', () => {
  it('makes one alarm an episode of its window', () => {
    const [episode] = episodes([alarm(1000, { fromWindow: 964 })])
    expect(episode).toMatchObject({ key: 'series', metric: 'calls', direction: 'up' })
    expect(episode).toMatchObject({ startWindow: 964, endWindow: 1000, family: 'dense-calls' })
  })

  it('makes nothing of lingering scores that no alarm came before', () => {
    expect(episodes([linger(1000), linger(1001)])).toEqual([])
  })

  it('stays warm through lingering scores, so a later alarm continues it', () => {
    const warm = Array.from({ length: 20 }, (_, at) => linger(1006 + 6 * at))
    expect(spans(episodes([alarm(1000), ...warm, alarm(1140)]))).toEqual([[999, 1140]])
    expect(spans(episodes([alarm(1000), alarm(1140)]))).toHaveLength(2)
  })

  it('takes in an alarm up to three hours after it went quiet, and none later', () => {
    expect(spans(episodes([alarm(1000), alarm(1042)]))).toEqual([[999, 1042]])
    expect(spans(episodes([alarm(1000), alarm(1043)]))).toEqual([
      [999, 1000],
      [1042, 1043],
    ])
  })

  it('is not warmed again by lingering after the quiet spell', () => {
    expect(spans(episodes([alarm(1000), linger(1007), alarm(1043)]))).toHaveLength(2)
  })

  it('goes quiet after two windows where they are long', () => {
    const hourly = { windowMinutes: 60, untilWindow: 9000 }
    expect(episodesOf([alarm(1000), alarm(1005)], verdictOf, hourly)).toHaveLength(1)
    expect(episodesOf([alarm(1000), alarm(1006)], verdictOf, hourly)).toHaveLength(2)
  })

  it('is open as long as an alarm could still continue it', () => {
    expect(episodes([alarm(1000)], 1041)[0]?.endWindow).toBeNull()
    expect(episodes([alarm(1000)], 1042)[0]?.endWindow).toBe(1000)
  })

  it('ends with the last unusual window of its alarms, however long their windows reach', () => {
    const tail = alarm(1030, { fromWindow: 742, hotFromWindow: 998, hotUntilWindow: 1004 })
    expect(spans(episodes([alarm(1000), tail]))).toEqual([[999, 1004]])
  })

  it('begins no earlier than the one before it ended', () => {
    const long = alarm(1100, { fromWindow: 812 })
    expect(spans(episodes([alarm(1000), long]))).toEqual([
      [999, 1000],
      [1000, 1100],
    ])
  })

  it('keeps its first alarm and its worst', () => {
    const worst = alarm(1002, { surprise: 9 })
    const [episode] = episodes([alarm(1000), worst, alarm(1003, { surprise: 9 })])
    expect(episode?.trigger.untilWindow).toBe(1000)
    expect(episode?.peak).toBe(worst)
  })

  it('never overlaps with itself, and finds no fewer alarms in a longer history', () => {
    const score = fc.record({
      step: fc.integer({ min: 1, max: 60 }),
      reach: fc.integer({ min: 1, max: 288 }),
      surprise: fc.double({ min: needed - 4, max: needed + 4, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(score, { maxLength: 40 }), (steps) => {
        let untilWindow = 1000
        const scores = steps.map(({ step, reach, surprise }) => {
          untilWindow += step
          return alarm(untilWindow, { fromWindow: untilWindow - reach, surprise })
        })
        const found = episodes(scores)
        for (const [at, { startWindow, endWindow }] of found.entries()) {
          expect(startWindow).toBeLessThan(endWindow as number)
          const former = found[at - 1]?.endWindow ?? startWindow
          expect(startWindow).toBeGreaterThanOrEqual(former)
        }
        const part = episodes(scores.slice(0, -1), untilWindow - 1)
        const closed = part.filter(({ endWindow }) => endWindow !== null)
        expect(found.slice(0, closed.length)).toEqual(closed)
      }),
      { seed: 7, numRuns: 300 },
    )
  })
})
