import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type SentenceParts, sentenceOf } from '../../../../src/insight/explain-sentence.ts'

const parts: SentenceParts = {
  count: 412,
  minutes: 5,
  errorCode: null,
  direction: 'up',
  normal: { low: 40, high: 95 },
  slot: 'on Mondays at 10:00 UTC',
  score: Math.log(140),
  firstSeen: false,
  principal: {
    value: 'arn:aws:sts::123456789012:assumed-role/ci-runner',
    share: 0.97,
    isNew: true,
  },
}
const bare = { ...parts, slot: null, principal: null }
const clausesOf = (differences: Partial<SentenceParts>) =>
  sentenceOf({ ...bare, ...differences }).split('; ')

describe('sentenceOf', () => {
  it('says how much, what is normal, how rare and who', () => {
    expect(sentenceOf(parts)).toBe(
      '412 calls in 5 minutes; between 40 and 95 are normal on Mondays at 10:00 UTC; once in 140 weeks; 97 % by role/ci-runner, new on this API',
    )
  })

  it.each([
    [{ count: 1, minutes: 1 }, '1 call in 1 minute'],
    [{ count: 0, minutes: 60 }, 'no calls in 1 hour'],
    [{ count: 2, minutes: 1440 }, '2 calls in 24 hours'],
    [{ count: 7, minutes: 90 }, '7 calls in 90 minutes'],
    [{ count: 96, errorCode: 'AccessDenied' }, '96 AccessDenied errors in 5 minutes'],
    [{ count: 1, errorCode: 'AccessDenied' }, '1 AccessDenied error in 5 minutes'],
  ])('counts %o as %s', (differences, clause) => {
    expect(clausesOf(differences)[0]).toBe(clause)
  })

  it.each([
    [{ fewerThan: 15 }, 'fewer than 15 are normal'],
    [{ fewerThan: 1 }, 'none is normal'],
    [{ low: 0, high: 4 }, 'at most 4 are normal'],
    [{ low: 0, high: 1 }, 'at most 1 is normal'],
    [{ low: 0, high: 0 }, 'none is normal'],
    [{ low: 1, high: 1 }, '1 is normal'],
    [{ low: 12, high: 12 }, '12 are normal'],
    [{ low: 2.4, high: 7.2 }, 'between 2 and 8 are normal'],
  ])('says of the range %o that %s', (normal, clause) => {
    expect(clausesOf({ normal })[1]).toBe(clause)
  })

  it.each([
    [Math.log(0.4), '3 times a week'],
    [0, 'once a week'],
    [Math.log(1.9), 'once a week'],
    [Math.log(2), 'once in 2 weeks'],
    [Math.log(521.7), 'once in 521 weeks'],
    [Math.log(522), 'rarer than once in 10 years'],
    [900, 'rarer than once in 10 years'],
  ])('words the score %d as %s', (score, clause) => {
    expect(clausesOf({ score })[2]).toBe(clause)
  })

  it('names first calls, and does not call their author new besides', () => {
    expect(clausesOf({ firstSeen: true, principal: parts.principal }).slice(3)).toEqual([
      'first calls of this API in this account',
      '97 % by role/ci-runner',
    ])
  })

  it('says whose calls are missing in a fall', () => {
    const missing = { ...parts, direction: 'down', count: 3 } as const
    expect(sentenceOf(missing)).toMatch(/; 97 % of what is missing is by role\/ci-runner$/)
  })

  it.each([
    [1, '100 %'],
    [0.999, '99 %'],
    [0.504, '50 %'],
  ])('prints a share of %d as %s', (share, percent) => {
    expect(clausesOf({ principal: { value: 'root', share, isNew: false } })[3]).toBe(
      `${percent} by root`,
    )
  })

  it('never claims more weeks than the score does, nor more than ten years', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 800, noNaN: true }), (score) => {
        const weeks = Number(/once in (\d+) weeks/.exec(sentenceOf({ ...bare, score }))?.[1] ?? 0)
        expect(weeks).toBeLessThanOrEqual(Math.exp(score) * (1 + 1e-8))
        expect(weeks).toBeLessThan(522)
      }),
    )
  })
})
