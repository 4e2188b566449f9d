import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rescoring } from '../../../../models/detector/rescoring.ts'
import { scoreAccount } from '../../../../models/detector/score-account.ts'
import type { Counts, SeriesHistory } from '../../../../models/index.ts'
import { accountOf, seriesOf } from '../../../support/account-history.ts'
import { mixedSeries } from '../../../support/mixed-account.ts'

const grid = { windowMinutes: 5 }
const days = 44
const span = { fromDay: 38, untilDay: days }

/** Counts with some more calls in one window. */
function withMore({ at, count }: Counts, window: number, more: number): Counts {
  const cells = new Map(Array.from(at, (each, cell) => [each, count[cell] as number]))
  cells.set(window, (cells.get(window) ?? 0) + more)
  const sorted = [...cells].sort(([one], [other]) => one - other)
  return {
    at: Int32Array.from(sorted, ([each]) => each),
    count: Int32Array.from(sorted, ([, each]) => each),
  }
}

/** The calls and errors of one API, each with more in a window. */
function planted(
  all: readonly SeriesHistory[],
  key: string,
  window: number,
  more: number,
): readonly SeriesHistory[] {
  return all
    .filter((series) => series.key === key || series.of === key)
    .map((series) => ({
      ...series,
      counts: withMore(series.counts, window, more),
      exposure: series.exposure === null ? null : withMore(series.exposure, window, 2 * more),
    }))
}

/** What a whole scoring tells of these series, day by day. */
function wholly(all: readonly SeriesHistory[], changed: readonly SeriesHistory[]) {
  const names = new Set(changed.map(({ key, metric }) => `${metric} ${key}`))
  const others = all.filter(({ key, metric }) => !names.has(`${metric} ${key}`))
  const { scores } = scoreAccount(accountOf([...others, ...changed], 0), span, grid)
  return scores.filter(({ key, metric }) => names.has(`${metric} ${key}`))
}

describe('rescoring', () => {
  it('scores changed series as a whole scoring does, to the last bit, on the day of the change and later', () => {
    fc.assert(
      fc.property(
        fc.nat(1000),
        fc.nat(5),
        fc.integer({ min: 0, max: 3 * 288 - 1 }),
        fc.constantFrom(3, 40, 5000),
        (seed, place, offset, more) => {
          const all = mixedSeries(days, seed)
          const rescore = rescoring(accountOf(all, 0), span, grid)
          const window = span.fromDay * 288 + offset
          const fromDay = Math.floor(window / 288)
          // Twice, so that what is remembered of the first change does not leak into the second.
          for (const calls of [more, 2 * more]) {
            const changed = planted(all, `series-${place}`, window, calls)
            const onDay = rescore(changed, fromDay)
            const scores = [span.fromDay, 39, 40, 41, 42, 43].flatMap((day) => onDay(day))
            expect(scores).toEqual(wholly(all, changed))
          }
        },
      ),
      { seed: 20_261_126, numRuns: 8 },
    )
  }, 120_000)

  it('scores a series that the account did not have', () => {
    const all = mixedSeries(days, 7)
    const window = 40 * 288 + 100
    const counts = withMore({ at: new Int32Array(), count: new Int32Array() }, window, 60)
    const fresh = seriesOf(counts, { key: 'series-9', group: 'group-1', untilWindow: days * 288 })
    const onDay = rescoring(accountOf(all, 0), span, grid)([fresh], 40)
    const scores = [38, 39, 40, 41].flatMap((day) => onDay(day))
    expect(scores.length).toBeGreaterThan(0)
    expect(scores).toEqual(
      wholly(all, [fresh]).filter(({ untilWindow }) => untilWindow <= 42 * 288),
    )
  })

  it('scores a series of which nothing is left in the days that a day looks back on', () => {
    const window = 40 * 288 + 100
    const first = withMore({ at: new Int32Array(), count: new Int32Array() }, 2 * 288, 1)
    const lone = { key: 'series-9', group: 'group-1', untilWindow: days * 288 }
    const all = [...mixedSeries(days, 7), seriesOf(withMore(first, window, 60), lone)]
    const silenced = seriesOf(first, lone)
    const onDay = rescoring(accountOf(all, 0), span, grid)([silenced], 40)
    expect([40, 41].flatMap((day) => onDay(day))).toEqual(wholly(all, [silenced]))
  })
})
