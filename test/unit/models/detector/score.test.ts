import { expect, it } from 'vitest'
import { LOOSEST } from '../../../../models/detector/score.ts'
import { sensitivity, surpriseNeeded } from '../../../../models/detector/sensitivity.ts'

it('keeps what alarms, or lingers, at a hundred incidents a week', () => {
  expect(LOOSEST).toBeLessThan(surpriseNeeded(sensitivity(100), 'dense-calls') - 2)
})
