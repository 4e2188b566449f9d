import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scanSparse } from '../../../../models/detector/scan-sparse.ts'
import { LOOSEST, type Score } from '../../../../models/detector/score.ts'
import type { Counts } from '../../../../models/index.ts'
import { countsAt, seriesOf } from '../../../support/account-history.ts'
import { sparseDayOf } from '../../../support/sparse-day.ts'

const midnight = 40 * 288
const scan = (counts: Counts): readonly Score[] => scanSparse(sparseDayOf(seriesOf(counts)))

interface Given {
  readonly past: readonly (readonly [number, number])[]
  readonly from: number
  readonly length: number
  /** Part of the run after which the extra calls come. */
  readonly where: number
}

/** The surprise of a run of steady calls at its end, with so many extra calls at one time of it. */
function surpriseAtEnd({ past, from, length, where }: Given, extra: number): number {
  const until = Math.max(Math.min(from + length, 288), 1)
  // Known for more than a day.
  const counts = new Map([[midnight - 20 * 288, 1]])
  for (const [slot, calls] of past)
    counts.set(midnight - 288 * (2 + (slot % 12)) + slot * 8 - 100, calls)
  for (let at = from; at < until; at += 5) counts.set(midnight + at, 1)
  counts.set(midnight + until - 1, 1)
  const loud = midnight + from + 5 * Math.round(where * Math.floor((until - 1 - from) / 5))
  counts.set(loud, (counts.get(loud) ?? 0) + extra)
  const cells = [...counts].sort(([one], [other]) => one - other)
  const last = scan(countsAt(...cells)).find(({ untilWindow }) => untilWindow === midnight + until)
  return last?.surprise ?? Number.NEGATIVE_INFINITY
}

describe('scanSparse', () => {
  it('passes over no burst that would be kept', () => {
    const cell = fc.tuple(fc.integer({ min: -20 * 288, max: 287 }), fc.integer({ min: 1, max: 90 }))
    const cells = fc.uniqueArray(cell, { selector: ([at]) => at, maxLength: 60 })
    fc.assert(
      fc.property(cells, fc.integer({ min: 1, max: 100_000 }), (found, peers) => {
        const ordered = found.sort(([one], [other]) => one - other)
        const counts = countsAt(
          [midnight - 21 * 288, 2],
          ...ordered.map(([at, count]) => [midnight + at, count] as const),
        )
        const input = { ...sparseDayOf(seriesOf(counts)), peers }
        const all = scanSparse({ ...input, keep: 'series' })
        expect(scanSparse(input)).toEqual(all.filter(({ surprise }) => surprise >= LOOSEST))
      }),
      { seed: 2 },
    )
  })

  it('is never less surprised by more calls', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 5000 }), fc.nat(5000), (count, more) => {
        const [few] = scan(countsAt([midnight + 10, count]))
        const [many] = scan(countsAt([midnight + 10, count + more]))
        expect(many?.surprise).toBeGreaterThanOrEqual(few?.surprise as number)
      }),
      { seed: 2 },
    )
  })

  it('is never less surprised by more calls at any time of the run it judges', () => {
    const given = fc.record({
      past: fc.array(fc.tuple(fc.nat(35), fc.integer({ min: 1, max: 3000 })), { maxLength: 6 }),
      from: fc.integer({ min: -100, max: 200 }),
      length: fc.integer({ min: 1, max: 287 }),
      where: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    fc.assert(
      fc.property(given, fc.integer({ min: 1, max: 5000 }), (run, more) => {
        expect(surpriseAtEnd(run, more)).toBeGreaterThanOrEqual(surpriseAtEnd(run, 0) - 1e-9)
      }),
      { seed: 2, numRuns: 300 },
    )
  })

  it('lets no calls of a run that lasted the whole day excuse the run', () => {
    const past: readonly [number, number] = [midnight - 2 * 288 + 100, 5000]
    const steady = Array.from({ length: 58 }, (_, at): [number, number] => [
      midnight + Math.min(5 * at, 287),
      20,
    ])
    const [, ...rest] = steady
    const quiet = scan(countsAt(past, ...steady)).at(-1)
    const loud = scan(countsAt(past, [midnight, 3000], ...rest)).at(-1)
    expect([quiet?.count, loud?.count]).toEqual([1160, 4140])
    expect(loud?.surprise).toBeGreaterThanOrEqual(quiet?.surprise as number)
  })
})
