import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Counts, type SeriesHistory, scoreAccount } from '../../../../models/index.ts'
import {
  accountOf,
  countsFrom,
  seasonalWindows,
  seriesOf,
  sparseWindows,
} from '../../../support/account-history.ts'
import { seededRandom } from '../../../support/seeded-random.ts'

const grid = { windowMinutes: 5 }
const days = 44
/** A night, an hour on each of some days, and two whole days. */
const skips = [
  { from: 30 * 288 + 12, until: 30 * 288 + 60 },
  ...[31, 32, 33, 34].map((day) => ({ from: day * 288 + 120, until: day * 288 + 132 })),
  { from: 36 * 288, until: 38 * 288 },
]
/** Windows of days reach into the day before. */
const span = { fromDay: 39, untilDay: days }
const KINDS = [
  ...['aggregates up', 'dense-calls down', 'dense-calls up', 'dense-errors up'],
  'pool-calls up',
]

/** Traffic of every kind; what skipped windows hold is made by `inside`. */
function traffic(seed: number, inside: (count: number) => number): readonly SeriesHistory[] {
  const changed = (windows: Float64Array): Float64Array => {
    const copy = Float64Array.from(windows)
    for (const { from, until } of skips) {
      for (let at = from; at < until; at++) copy[at] = inside(copy[at] as number)
    }
    return copy
  }
  const busy = seasonalWindows(seededRandom(seed), { days, perHour: 90 })
  // The last day holds what is worth a score.
  for (let at = 41 * 288 + 100; at < 41 * 288 + 112; at++) busy[at] = 60
  busy.fill(0, 43 * 288 + 120, 43 * 288 + 200)
  const random = seededRandom(seed + 1)
  const failing = busy.map((count) => (random() < 0.5 ? Math.ceil(count / 3) : 0))
  const rare = [2, 3, 9].map((at) =>
    sparseWindows(seededRandom(seed + at), { days, burstsPerWeek: at }),
  )
  for (const windows of rare) windows[42 * 288 + 77] = 40
  const of = (windows: Float64Array): Counts => countsFrom(changed(windows))
  const errors = { metric: 'errors', exposure: of(busy), of: 'busy' } as const
  return [
    seriesOf(of(busy), { key: 'busy' }),
    seriesOf(of(failing), { key: 'busy denied', ...errors }),
    seriesOf(of(failing.map((count, at) => (at % 3 === 0 ? count : 0))), {
      ...{ key: 'busy throttled', ...errors },
    }),
    ...rare.map((windows, at) => seriesOf(of(windows), { key: `rare ${at}` })),
    seriesOf(of(rare[2] as Float64Array), { key: 'reach', pool: 'breadth' }),
    // Falls are told only where something else is alive, inside the calendar's times too.
    seriesOf(countsFrom(new Float64Array(days * 288).fill(3)), { key: 'alive' }),
  ].map((series) => ({ ...series, firstWindow: 0, untilWindow: days * 288, skips }))
}

const scoresOf = (seed: number, inside: (count: number) => number) =>
  scoreAccount(accountOf(traffic(seed, inside), 0), span, grid)

describe('what skipped windows hold', () => {
  it('changes no score, no expectation and no law of later days', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 0, max: 9 }),
        fc.integer({ min: 0, max: 500 }),
        (seed, times, plus) => {
          const silent = scoresOf(seed, () => 0)
          const loud = scoresOf(seed, (count) => count * times + plus)
          expect(loud).toEqual(silent)
          const kinds = new Set(silent.scores.map((score) => `${score.family} ${score.direction}`))
          expect([...kinds].sort()).toEqual(KINDS)
        },
      ),
      { seed: 20_260_105, numRuns: 3 },
    )
  })

  it('would change them, did it teach', () => {
    const taught = (inside: (count: number) => number) => {
      const series = traffic(7, inside).map((each) => ({ ...each, skips: [] }))
      return scoreAccount(accountOf(series, 0), span, grid)
    }
    expect(taught((count) => count + 50)).not.toEqual(taught(() => 0))
  })
})
