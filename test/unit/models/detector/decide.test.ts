import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide, leastTold, whyNot } from '../../../../models/detector/decide.ts'
import { rarityInAccount } from '../../../../models/detector/rarity.ts'
import { FAMILIES } from '../../../../models/detector/score.ts'
import { rarityNeeded, sensitivity } from '../../../../models/detector/sensitivity.ts'
import { scoreOf, surpriseOf } from '../../../support/scores.ts'

const asked = sensitivity(2)
const needed = surpriseOf(rarityNeeded(asked, 'dense-calls'))

describe('decide', () => {
  it.each([
    [needed, 'alarm'],
    [needed - 0.01, 'lingering'],
    [needed - 1.99, 'lingering'],
    [needed - 2.01, 'quiet'],
  ])('makes of a surprise of %d an %s', (surprise, verdict) => {
    expect(decide(scoreOf({ surprise }), asked)).toBe(verdict)
  })

  it('takes what is surprising but small for nothing, so that it keeps no anomaly going', () => {
    expect(decide(scoreOf({ count: 12, expected: 10 }), asked)).toBe('quiet')
  })

  it('begins no anomaly with a level that nobody confirmed, and keeps one going', () => {
    expect(decide(scoreOf({ surprise: needed, unconfirmed: true }), asked)).toBe('lingering')
    expect(decide(scoreOf({ surprise: needed - 5, unconfirmed: true }), asked)).toBe('lingering')
  })

  it('alarms more where more incidents are asked for', () => {
    const score = scoreOf({ surprise: needed - 1 })
    expect(decide(score, sensitivity(20))).toBe('alarm')
  })
})

describe('leastTold', () => {
  it('is a surprise under which nothing is told, and from which on something is', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1e4, noNaN: true }),
        fc.double({ min: 1e-5, max: 1, noNaN: true }),
        fc.constantFrom(...FAMILIES),
        (budget, under, family) => {
          const turned = sensitivity(budget)
          const least = leastTold(turned)
          expect(decide(scoreOf({ surprise: least - under, family }), turned)).toBe('quiet')
          const most = scoreOf({ surprise: least + 1e-5, family: 'pool-calls' })
          expect(decide(most, turned)).toBe('lingering')
        },
      ),
      { seed: 3 },
    )
  })

  it('has no end where nothing of the budget is left', () => {
    const none = { denseCalls: 0, poolCalls: 0, denseErrors: 0, poolErrors: 0, aggregates: 0 }
    expect(leastTold({ ...asked, shares: none })).toBe(Number.POSITIVE_INFINITY)
  })
})

describe('whyNot', () => {
  it('has nothing against an alarm', () => {
    expect(whyNot(scoreOf(), asked)).toBeNull()
  })

  it('knows a window without a score', () => {
    expect(whyNot(undefined, asked)).toEqual({ gate: 'no-score' })
  })

  it('names what is missing, and how much of it', () => {
    expect(whyNot(scoreOf({ surprise: 0 }), asked)).toEqual({
      gate: 'surprise',
      has: rarityInAccount(0),
      needs: rarityNeeded(asked, 'dense-calls'),
    })
  })

  it.each([
    ['a rise by two calls', { count: 12, expected: 10 }, 'difference'],
    ['a fall by two calls', { direction: 'down', count: 8, expected: 10 }, 'difference'],
    ['nine calls where one is rare', { count: 9, expected: 0.1, hourly: 0.2 }, 'count'],
    ['less than twice what is rare', { count: 19, expected: 10, hourly: 0.9 }, 'ratio'],
    ['a burst of nine', { family: 'pool-calls', count: 9, expected: 1 }, 'count'],
    ['a burst under twice the usual', { family: 'pool-calls', count: 19 }, 'ratio'],
    ['four errors in a burst', { family: 'pool-errors', count: 4, expected: 1 }, 'count'],
    ['one more error', { family: 'dense-errors', metric: 'errors', count: 11 }, 'difference'],
  ] as const)('holds back %s', (_, rest, gate) => {
    expect(whyNot(scoreOf(rest), asked)).toMatchObject({ gate })
  })

  it.each([
    ['a fall to nothing', { direction: 'down', count: 0, expected: 15, hourly: 0.5 }],
    ['ten calls where one is rare', { count: 10, expected: 0.1, hourly: 0.2 }],
    [
      'three errors where none is normal',
      { family: 'dense-errors', metric: 'errors', count: 3, expected: 0.2, hourly: 0.1 },
    ],
    ['five errors in a burst', { family: 'pool-errors', metric: 'errors', count: 5, expected: 2 }],
  ] as const)('lets %s pass', (_, rest) => {
    expect(whyNot(scoreOf(rest), asked)).toBeNull()
  })

  it.each([
    ['nine different APIs too many', 'distinct', { count: 19, expected: 10 }, 'difference'],
    ['four first-seen APIs', 'newcomers', { count: 4, expected: 1 }, 'count'],
    ['four denied calls', 'denials', { count: 4, expected: 1 }, 'count'],
    ['29 different APIs of one caller', 'breadth', { count: 29, expected: 2 }, 'count'],
    ['less than twice a burst', 'denials', { count: 19, expected: 10, low: 0 }, 'ratio'],
    ['less than twice what is rare', 'denials', { count: 19, expected: 10, hourly: 0.9 }, 'ratio'],
  ] as const)('holds back %s', (_, aggregate, rest, gate) => {
    const score = scoreOf({ family: 'aggregates', ...rest })
    expect(whyNot(score, asked, aggregate)).toMatchObject({ gate })
  })

  it.each([
    ['ten different APIs too many', 'distinct', { count: 20, expected: 10 }],
    ['five first-seen APIs', 'newcomers', { count: 5, expected: 2.5, low: 0 }],
    ['five denied calls', 'denials', { count: 5, expected: 2.5, low: 0 }],
    ['30 different APIs, its record 20', 'breadth', { count: 30, expected: 20, low: 0 }],
    ['a rise in a busy Region', 'denials', { count: 19, expected: 15 }],
  ] as const)('lets %s pass', (_, aggregate, rest) => {
    const score = scoreOf({ family: 'aggregates', ...rest })
    expect(whyNot(score, asked, aggregate)).toBeNull()
  })
})
