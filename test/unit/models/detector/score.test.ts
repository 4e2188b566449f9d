import { expect, it } from 'vitest'
import { familyOf, LOOSEST, leastKept } from '../../../../models/detector/score.ts'
import { sensitivity, surpriseNeeded } from '../../../../models/detector/sensitivity.ts'

it('keeps what alarms, or lingers, at a hundred incidents a week', () => {
  expect(LOOSEST).toBeLessThan(surpriseNeeded(sensitivity(100), 'dense-calls') - 2)
})

it('keeps by the series what one expects less than once a week, and all that an account keeps', () => {
  expect(leastKept('account', 2000)).toBe(LOOSEST)
  expect(leastKept('series', 2000)).toBe(-Math.log(2000))
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
