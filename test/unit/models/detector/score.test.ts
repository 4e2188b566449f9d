import { expect, it } from 'vitest'
import {
  MOST_IN_SERIES,
  rarityInAccount,
  WEEKLY_IN_SERIES,
} from '../../../../models/detector/rarity.ts'
import { familyOf, LOOSEST, leastKept, termsOf } from '../../../../models/detector/score.ts'
import { rarityNeeded, sensitivity } from '../../../../models/detector/sensitivity.ts'

it('keeps what alarms, or lingers, at eight incidents a week', () => {
  expect(rarityInAccount(LOOSEST + 2)).toBeLessThan(rarityNeeded(sensitivity(8), 'pool-calls'))
})

it('keeps by the series what comes less than once a week in one, and all that an account keeps', () => {
  expect(leastKept('account', 2000)).toBe(LOOSEST)
  expect(leastKept('series', 2000)).toBe(WEEKLY_IN_SERIES - MOST_IN_SERIES - Math.log(2000))
  expect(leastKept('series', 7)).toBe(LOOSEST)
})

it('splits the budget by pool, and by class where there is one', () => {
  expect([
    familyOf('calls', true),
    familyOf('errors', false),
    familyOf('denials', true),
    familyOf('distinct', false),
  ]).toEqual(['dense-calls', 'pool-errors', 'aggregates', 'aggregates'])
})

it('names the surprise among the terms, as the laws have it', () => {
  expect(termsOf({ surprise: 7.5, terms: { law: 'a law', mean: 3 } })).toEqual({
    ...{ law: 'a law', mean: 3 },
    uncalibrated: 7.5,
  })
})
