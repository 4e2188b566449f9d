import { describe, expect, it } from 'vitest'
import { OWN_TAIL } from '../../../../models/baseline/tail-scale.ts'
import {
  hotStretch,
  meanOf,
  meanUntilSilence,
  plainCount,
  risingCount,
  scaleOf,
  seasonTrail,
  shareTrail,
} from '../../../../models/detector/trail.ts'
import type { Baseline } from '../../../../models/index.ts'
import { Scratch } from '../../../../models/series/scratch.ts'
import { countsAt } from '../../../support/account-history.ts'

const grid = { windowMinutes: 30 }
/** Twice as much on Thursdays as on other days: day 7 is a Thursday. */
const baseline: Baseline = {
  day: 7,
  windowMinutes: 30,
  observedDays: 28,
  calls: 1000,
  hourOfWeek: Array.from({ length: 168 }, (_, hour) => (Math.floor(hour / 24) === 3 ? 8 : 4)),
  withinHour: [0.5, 1.5],
  dispersion: [
    { windows: 1, phi: 1, alpha: 0, rise: OWN_TAIL, fall: OWN_TAIL },
    { windows: 6, phi: 2, alpha: 0.1, rise: OWN_TAIL, fall: OWN_TAIL },
  ],
  level: { rise: 1, fall: 1, before: 1, settled: true },
  share: null,
}
const midnight = 7 * 48
const counts = countsAt([midnight - 1, 3], [midnight, 90], [midnight + 1, 7])
const scratch = new Scratch()
const trail = seasonTrail(counts, baseline, { grid, scratch })

describe('seasonTrail', () => {
  it('expects of the day before what the week says of it', () => {
    expect([...trail.means.slice(46, 50)]).toEqual([1, 3, 2, 6])
    expect(trail.origin).toBe(midnight - 48)
  })

  it('caps counts for longer windows and leaves them for single ones', () => {
    const single = { end: 49, scaleAt: 0 }
    const long = { end: 49, scaleAt: 1 }
    expect(risingCount(trail, single)).toBe(90)
    expect(risingCount(trail, long)).toBe(3 + Math.ceil(2 + 4 * Math.sqrt(2) + 1))
    expect(plainCount(trail, long)).toBe(93)
    expect(meanOf(trail, long, 'up')).toBeCloseTo(3 + 1 + 3 + 1 + 3 + 2, 10)
    expect(scaleOf(trail, long).windows).toBe(6)
  })
})

describe('a level that is not settled', () => {
  it('is held against more than the season for a rise, and against less for a fall', () => {
    const level = { rise: 3, fall: 0.5, before: 1, settled: false }
    const held = seasonTrail(counts, { ...baseline, level }, { grid, scratch })
    const long = { end: 49, scaleAt: 1 }
    expect(meanOf(held, long, 'up')).toBeCloseTo(3 * meanOf(trail, long, 'up'), 10)
    expect(meanOf(held, long, 'down')).toBeCloseTo(0.5 * meanOf(trail, long, 'down'), 10)
    expect(risingCount(held, long)).toBeGreaterThan(risingCount(trail, long))
    expect(plainCount(held, long)).toBe(93)
  })
})

describe('shareTrail', () => {
  it('expects errors in proportion to the calls', () => {
    const share = {
      hourOfDay: Array.from({ length: 24 }, (_, hour) => (hour === 0 ? 0.5 : 0.1)),
      dispersion: baseline.dispersion,
    }
    const given = shareTrail(countsAt([midnight, 4]), counts, { day: 7, share }, { grid, scratch })
    expect([...given.means.slice(47, 51)]).toEqual([3 * 0.1, 45, 3.5, 0])
    expect(meanOf(given, { end: 51, scaleAt: 0 }, 'up')).toBe(1e-9)
  })
})

describe('meanUntilSilence', () => {
  // Windows of the day have means of 2 and 6, in turn.
  const fallen = seasonTrail(countsAt([midnight + 10, 1], [midnight + 12, 1]), baseline, {
    grid,
    scratch,
  })

  it('is the mean of what the window held until its last call', () => {
    expect(meanUntilSilence(fallen, { end: 48 + 16, scaleAt: 1 })).toBeCloseTo(2 + 6 + 2, 10)
    expect(meanUntilSilence(fallen, { end: 48 + 13, scaleAt: 0 })).toBeCloseTo(2, 10)
  })

  it('is nothing where no call came', () => {
    expect(meanUntilSilence(fallen, { end: 48 + 20, scaleAt: 1 })).toBe(0)
  })
})

describe('hotStretch', () => {
  const cells = [4, 9, 0, 8, 7, 2].map((count, at): [number, number] => [midnight + 10 + at, count])
  const busy = seasonTrail(countsAt(...cells.filter(([, count]) => count > 0)), baseline, {
    grid,
    scratch,
  })
  const look = { end: 48 + 16, scaleAt: 1 }

  it('is the part of the window with the largest excess', () => {
    // Excess: 4-2, 9-6, 0-2, 8-6, 7-2, 2-6.
    expect(hotStretch(busy, look, 'up')).toEqual({ from: 58, until: 63 })
  })

  it('is the part with the largest shortfall where the window fell', () => {
    expect(hotStretch(busy, look, 'down')).toEqual({ from: 63, until: 64 })
  })

  it('is a single window itself', () => {
    expect(hotStretch(busy, { end: 60, scaleAt: 0 }, 'up')).toEqual({ from: 59, until: 60 })
  })
})
