import { expect, it } from 'vitest'
import { familyOf, LOOSEST, leastKept } from '../../../../models/detector/score.ts'
import { sensitivity, surpriseNeeded } from '../../../../models/detector/sensitivity.ts'

it('keeps what alarms, or lingers, at a hundred incidents a week', () => {
  expect(LOOSEST).toBeLessThan(surpriseNeeded(sensitivity(100), 'dense-calls') - 2)
})

it('keeps for one series what it expects less than once a week', () => {
  expect([leastKept('account', 7), leastKept('series', 7)]).toEqual([LOOSEST, -Math.log(7)])
})

it('splits the budget by pool, and by class where there is one', () => {
  expect([
    familyOf('calls', true),
    familyOf('errors', false),
    familyOf('denials', true),
    familyOf('volume', false),
  ]).toEqual(['dense-calls', 'pool-errors', 'aggregates', 'aggregates'])
})
