import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  recordHigh,
  recordLaw,
  recordSurprise,
  stretchesIn,
} from '../../../../models/baseline/record-law.ts'
import { countsAt } from '../../../support/account-history.ts'

const grid = { windowMinutes: 5 }
const day = 100
const context = { day, ageDays: 365, peers: 10, grid }
/** So many at noon of these days. */
const noons = (...cells: readonly (readonly [number, number])[]) =>
  countsAt(...cells.map(([each, count]) => [each * 288 + 144, count] as const))

describe('recordLaw', () => {
  it('takes the second largest of the 28 days before, and no other', () => {
    const counts = noons([71, 99], [72, 60], [80, 20], [99, 24], [100, 90])
    expect(recordLaw(counts, context)).toEqual({
      ...{ record: 24, scale: 5, perWeek: (2 * 10) / 5 },
    })
  })

  it("takes the largest in an account's first week", () => {
    const recordAfter = (ageDays: number) =>
      recordLaw(noons([98, 40], [99, 30]), { ...context, ageDays }).record
    expect([recordAfter(6), recordAfter(7)]).toEqual([40, 30])
  })

  it('believes of everybody that twelve are nothing', () => {
    expect(recordLaw(noons(), context)).toMatchObject({ record: 12 })
    expect(recordLaw(noons([98, 40], [99, 11]), context)).toMatchObject({ record: 12 })
  })

  it('takes what half an hour held, cut at midnight', () => {
    const noon = 99 * 288 + 144
    const within = countsAt([98 * 288, 90], [noon, 10], [noon + 5, 10], [noon + 6, 3])
    expect(recordLaw(within, context).record).toBe(20)
    const across = countsAt([98 * 288, 90], [99 * 288 - 1, 90], [99 * 288, 15])
    expect(recordLaw(across, context).record).toBe(15)
  })

  it('has a wider scale for callers that reach far, and in the first days of an account', () => {
    expect(recordLaw(noons([98, 200], [99, 200]), context).scale).toBe(40)
    expect(recordLaw(noons(), { ...context, ageDays: 0 }).scale).toBe(15)
    expect(recordLaw(noons(), { ...context, ageDays: 1 }).scale).toBe(10)
  })

  it('counts every caller, and all weeks there were and one more', () => {
    const perWeek = (peers: number, ageDays: number) =>
      recordLaw(noons(), { ...context, peers, ageDays }).perWeek
    expect(perWeek(3, 0)).toBe(3)
    expect(perWeek(3, 14)).toBe(2)
    expect(perWeek(3, 700)).toBeCloseTo(6 / 5, 12)
  })
})

describe('recordSurprise', () => {
  it('falls by one e-fold for every scale above the record', () => {
    const law = recordLaw(noons([98, 30], [99, 30]), context)
    expect(recordSurprise(law, 60)).toBeCloseTo(30 / 6 - Math.log(4), 12)
  })

  it('never falls as more APIs are called, nor rises as the past holds more', () => {
    const count = fc.nat(500)
    fc.assert(
      fc.property(count, count, count, (now, past, more) => {
        const surprise = (before: number, seen: number) =>
          recordSurprise(recordLaw(noons([98, before + 1], [99, before + 1]), context), seen)
        expect(surprise(past, now + more)).toBeGreaterThanOrEqual(surprise(past, now))
        // Beneath its record nothing is judged.
        if (now > past + more)
          expect(surprise(past + more, now)).toBeLessThanOrEqual(surprise(past, now) + 1e-9)
      }),
    )
  })
})

describe('recordHigh', () => {
  it('is farther from the record of a caller in an account that is hardly known', () => {
    const highAfter = (ageDays: number) =>
      recordHigh(recordLaw(noons(), { ...context, ageDays }), context.peers)
    expect(highAfter(365)).toBe(19)
    expect(highAfter(2)).toBe(28)
  })
})

describe('stretchesIn', () => {
  it('sums the half hour up to each window, from the first call in it', () => {
    const counts = countsAt([10, 2], [15, 3], [16, 4], [40, 5])
    expect(stretchesIn(counts, { from: 10, until: 40 }, grid)).toEqual([
      { fromWindow: 10, untilWindow: 11, count: 2 },
      { fromWindow: 10, untilWindow: 16, count: 5 },
      { fromWindow: 15, untilWindow: 17, count: 7 },
    ])
    expect(stretchesIn(counts, { from: 16, until: 17 }, grid)).toEqual([
      { fromWindow: 16, untilWindow: 17, count: 4 },
    ])
  })
})
