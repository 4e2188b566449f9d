import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Coverage, type Score, scoreAccount } from '../../../../models/index.ts'
import {
  accountOf,
  countsFrom,
  seasonalWindows,
  seriesOf,
} from '../../../support/account-history.ts'
import { seededRandom } from '../../../support/seeded-random.ts'

const grid = { windowMinutes: 5 }
const days = 42
const silent = { from: 40 * 288 + 96, until: 40 * 288 + 216 }

/** An account with a busy series that falls silent for ten hours, and another that does, too, or does not. */
function scoresWith(seed: number, isOtherAlive: boolean, coverage?: Coverage) {
  const busy = seasonalWindows(seededRandom(seed), { days, perHour: 120 })
  const other = new Float64Array(days * 288).fill(3)
  busy.fill(0, silent.from, silent.until)
  if (!isOtherAlive) other.fill(0, silent.from, silent.until)
  const series = [busy, other].map((windows, at) => ({
    ...seriesOf(countsFrom(windows), { key: `series ${at}` }),
    ...{ firstWindow: 0, untilWindow: days * 288 },
    ...(coverage === undefined ? {} : { coverage, skips: coverage.lost }),
  }))
  return scoreAccount(accountOf(series, 0), { fromDay: 39, untilDay: days }, grid)
}
const fallsOf = ({ scores }: ReturnType<typeof scoresWith>) =>
  scores.filter(({ direction }) => direction === 'down')

const isSame = (one: Score, other: Score): boolean =>
  one.key === other.key &&
  one.fromWindow === other.fromWindow &&
  one.untilWindow === other.untilWindow

const seeds = fc.integer({ min: 1, max: 1000 })

describe('what is known of deliveries', () => {
  it('changes nothing where nothing is known', () => {
    fc.assert(
      fc.property(seeds, fc.boolean(), (seed, isAlive) => {
        expect(scoresWith(seed, isAlive, { lost: [], proven: [] })).toEqual(
          scoresWith(seed, isAlive),
        )
      }),
      { seed: 20_260_106, numRuns: 4 },
    )
  })

  it('allows no fall in a window that touches what is lost, and forgets it afterwards', () => {
    fc.assert(
      fc.property(seeds, fc.nat(60), fc.integer({ min: 1, max: 90 }), (seed, shift, length) => {
        const lost = { from: silent.from + shift, until: silent.from + shift + length }
        const falls = fallsOf(scoresWith(seed, true, { lost: [lost], proven: [] }))
        for (const { fromWindow, untilWindow } of falls)
          expect(untilWindow <= lost.from || fromWindow >= lost.until).toBe(true)
      }),
      { seed: 20_260_107, numRuns: 6 },
    )
    expect(fallsOf(scoresWith(1, true))).not.toEqual([])
  })

  it('allows a fall that no other series bears out where all was delivered, and there alone', () => {
    const before = fallsOf(scoresWith(3, false))
    const proven = { from: silent.from, until: silent.until - 60 }
    const falls = fallsOf(scoresWith(3, false, { lost: [], proven: [proven] }))
    const news = falls.filter((fall) => !before.some((each) => isSame(each, fall)))
    expect(news).not.toEqual([])
    for (const { fromWindow, untilWindow } of news) {
      expect(fromWindow).toBeGreaterThanOrEqual(proven.from)
      expect(untilWindow).toBeLessThanOrEqual(proven.until)
    }
  })
})
