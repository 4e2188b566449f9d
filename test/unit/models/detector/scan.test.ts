import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scanDense } from '../../../../models/detector/scan.ts'
import { LOOSEST, type Score } from '../../../../models/detector/score.ts'
import { studentSurprise } from '../../../../models/distribution/student.ts'
import { countsFrom, seasonalWindows, seriesOf } from '../../../support/account-history.ts'
import { denseDayOf, errorDayOf } from '../../../support/dense-day.ts'
import { seededRandom } from '../../../support/seeded-random.ts'

const midnight = 28 * 288
const noon = midnight + 144
const usual = (): Float64Array => seasonalWindows(seededRandom(12), { days: 29, perHour: 60 })
const best = (scores: readonly Score[]): Score | undefined =>
  scores.toSorted((one, other) => other.surprise - one.surprise)[0]

/** How many of so many calls fail, each with this chance. */
const failing = (calls: Float64Array, share: number): Float64Array => {
  const random = seededRandom(33)
  return calls.map((count) => {
    let failed = 0
    for (let call = 0; call < count; call++) failed += random() < share ? 1 : 0
    return failed
  })
}

describe('scanDense of errors', () => {
  const calls = usual().map((count) => count * 4)
  const errors = failing(calls, 0.25)

  it('judges by their season where calls are as usual and by their share where they rose', () => {
    errors.fill(60, noon, noon + 6)
    const risen = Float64Array.from(calls).fill(144, noon, noon + 6)
    const at = (scores: readonly Score[]): Score =>
      scores.find(({ untilWindow }) => untilWindow === noon + 1) as Score
    const given = at(scanDense(errorDayOf(errors, risen)))
    expect(given).toMatchObject({ family: 'dense-errors', metric: 'errors', direction: 'up' })
    expect(given.terms['law']).toBe('own share of the calls')
    const usualCalls = Float64Array.from(calls).fill(60, noon, noon + 6)
    const alone = at(scanDense(errorDayOf(errors, usualCalls)))
    expect(alone.terms['law']).toBe('own baseline')
    expect(alone.surprise).toBeGreaterThan(given.surprise)
  })
})

describe('scanDense', () => {
  it('finds a burst, and says all of it', () => {
    const windows = usual()
    windows.fill(60, noon, noon + 6)
    const score = best(scanDense(denseDayOf(windows))) as Score
    expect(score).toMatchObject({
      key: 'series',
      metric: 'calls',
      family: 'dense-calls',
      direction: 'up',
      firstSeen: false,
    })
    expect(score.fromWindow).toBeLessThanOrEqual(noon)
    expect(score.hotFromWindow).toBe(noon)
    expect(score.hotUntilWindow).toBeLessThanOrEqual(noon + 6)
    expect(score.surprise).toBeGreaterThan(15)
    expect(score.low).toBeLessThan(score.expected)
    expect(score.high).toBeLessThan(score.count)
    const { logTail, penalty, degrees } = score.terms as Record<string, number>
    expect(degrees).toBe((28 * 288) / (score.untilWindow - score.fromWindow) - 1)
    expect(studentSurprise(-(logTail ?? 0), degrees ?? 0) - (penalty ?? 0)).toBe(score.surprise)
  })

  it('finds a slow rise in the longer windows, and where it lies', () => {
    const windows = usual().map((count, at) => (at >= noon - 60 ? Math.round(count * 1.9) : count))
    const score = best(scanDense(denseDayOf(windows))) as Score
    expect(score.untilWindow - score.fromWindow).toBeGreaterThan(1)
    expect(score.surprise).toBeGreaterThan(3)
    expect(Math.abs(score.hotFromWindow - (noon - 60))).toBeLessThan(100)
  })

  it('finds a fall', () => {
    const windows = usual()
    windows.fill(0, noon, noon + 30)
    const fallen = scanDense(denseDayOf(windows)).filter(({ direction }) => direction === 'down')
    expect(best(fallen)?.surprise).toBeGreaterThan(5)
    expect(best(fallen)?.hotFromWindow).toBeGreaterThanOrEqual(noon - 2)
  })

  it('finds a deep fall rarer than one to nothing, which may be for good', () => {
    const most = (left: (at: number) => number): number => {
      const windows = usual().map((count, at) => (at < noon || at >= noon + 30 ? count : left(at)))
      const day = denseDayOf(windows, { changes: 0.5 })
      return Math.max(
        ...scanDense(day)
          .filter(({ direction, untilWindow }) => direction === 'down' && untilWindow <= noon + 30)
          .map(({ surprise }) => surprise),
      )
    }
    expect(most(() => 0)).toBeLessThan(1)
    expect(most((at) => (at % 4 === 0 ? 1 : 0))).toBeGreaterThan(3)
  })
})

describe('the scores of a dense day', () => {
  it('are one a window, in order, none under the loosest', () => {
    const scores = scanDense(denseDayOf(usual(), { denseCount: 1 }))
    const ends = scores.map(({ untilWindow }) => untilWindow)
    expect(ends).toEqual([...new Set(ends)].sort((one, other) => one - other))
    expect(ends.length).toBeGreaterThan(10)
    expect(Math.min(...scores.map(({ surprise }) => surprise))).toBeGreaterThanOrEqual(LOOSEST)
  })

  it('are of complete windows alone, and the same as when the day is over', () => {
    const windows = usual()
    windows.fill(60, noon, noon + 6)
    const whole = scanDense(denseDayOf(windows))
    const part = scanDense(denseDayOf(windows, { of: { untilWindow: noon + 3 } }))
    expect(part).toEqual(whole.filter(({ untilWindow }) => untilWindow <= noon + 3))
  })

  it('never reach before the first call', () => {
    const windows = usual()
    const { baseline } = denseDayOf(windows)
    windows.fill(0, 0, noon)
    windows.fill(60, noon, noon + 12)
    const scores = scanDense(denseDayOf(windows, { baseline }))
    expect(scores.every(({ fromWindow }) => fromWindow >= noon)).toBe(true)
    expect(scores[0]?.firstSeen).toBe(true)
  })

  it('never fall as calls are added to the window', () => {
    const windows = usual()
    const scored = (calls: number): number => {
      const more = Float64Array.from(windows)
      more[noon] = calls
      const scores = scanDense(denseDayOf(more))
      return (
        scores.find(({ untilWindow, direction }) => untilWindow === noon + 1 && direction === 'up')
          ?.surprise ?? LOOSEST
      )
    }
    fc.assert(
      fc.property(
        fc.integer({ min: 30, max: 400 }),
        fc.integer({ min: 1, max: 400 }),
        (count, more) => {
          expect(scored(count + more)).toBeGreaterThanOrEqual(scored(count) - 1e-9)
        },
      ),
      { seed: 5, numRuns: 25 },
    )
  })

  it('are none before the first complete window of the day', () => {
    const series = seriesOf(countsFrom(usual()), { untilWindow: midnight })
    expect(scanDense({ ...denseDayOf(usual()), series })).toEqual([])
  })
})
