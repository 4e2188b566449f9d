import { describe, expect, it } from 'vitest'
import { heldToRecord, recordOf } from '../../../../models/detector/own-record.ts'
import { scoreOf } from '../../../support/scores.ts'

const grid = { windowMinutes: 60 }
const PER_DAY = 24
const TODAY = 100
const at = (day: number, hour: number) => day * PER_DAY + hour

/** So many calls in the first two hours after noon of these days. */
const countsOn = (days: readonly number[], count: number) => ({
  at: Int32Array.from(days.flatMap((day) => [at(day, 12), at(day, 13)])),
  count: Int32Array.from(days.flatMap(() => [count, count])),
})
const score = scoreOf({ fromWindow: at(TODAY, 9), untilWindow: at(TODAY, 11), surprise: 6 })

describe('recordOf', () => {
  const ask = (counts: ReturnType<typeof countsOn>, atLeast: number, bornDay = 0) =>
    recordOf(counts, score, { atLeast, bornWindow: bornDay * PER_DAY, grid })

  it('counts days of the 28 before on which as long a time held as much', () => {
    const counts = countsOn([60, 71, 72, 80, 99, 100], 10)
    expect(ask(counts, 20)).toEqual({ days: 3, ofDays: 28 })
    expect(ask(counts, 21)).toEqual({ days: 0, ofDays: 28 })
  })

  it('looks at windows anywhere, also across midnight, on the day they end', () => {
    const counts = { at: Int32Array.of(at(90, 23), at(91, 0)), count: Int32Array.of(7, 8) }
    expect(ask(counts, 15)).toEqual({ days: 1, ofDays: 28 })
    expect(ask(counts, 8)).toEqual({ days: 1, ofDays: 28 })
    expect(ask(counts, 7)).toEqual({ days: 2, ofDays: 28 })
  })

  it('knows how long the account was seen', () => {
    expect(ask(countsOn([], 1), 1, 90)).toEqual({ days: 0, ofDays: 10 })
    expect(ask(countsOn([], 1), 1, TODAY)).toEqual({ days: 0, ofDays: 0 })
  })
})

describe('heldToRecord', () => {
  it('leaves a score alone that has no match in its past', () => {
    expect(heldToRecord(score, { days: 0, ofDays: 28 })).toBe(score)
  })

  it('lets it claim no less than what came before comes again, and says so', () => {
    const held = heldToRecord(score, { days: 1, ofDays: 28 })
    expect(held.surprise).toBeCloseTo(-Math.log(1.5 / 4), 12)
    expect(held.terms).toEqual({ lawSurprise: 6, recordDays: 1, ofDays: 28 })
  })

  it('never makes a score more surprising', () => {
    const dull = scoreOf({ surprise: -3 })
    expect(heldToRecord(dull, { days: 1, ofDays: 28 })).toBe(dull)
  })
})
