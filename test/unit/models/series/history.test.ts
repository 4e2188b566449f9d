import { expect, it } from 'vitest'
import { scoreAccount } from '../../../../models/detector/score-account.ts'
import {
  accountOf,
  countsFrom,
  seasonalWindows,
  seriesOf,
} from '../../../support/account-history.ts'
import { seededRandom } from '../../../support/seeded-random.ts'

it('is only read: scoring leaves every count as it was', () => {
  const counts = countsFrom(seasonalWindows(seededRandom(3), { days: 16, perHour: 20 }))
  const before = structuredClone(counts)
  scoreAccount(accountOf([seriesOf(counts)]), { fromDay: 14, untilDay: 16 }, { windowMinutes: 5 })
  expect(counts).toEqual(before)
})
