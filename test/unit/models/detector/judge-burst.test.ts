import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { burstLaw, NO_BURSTS, ownLaw } from '../../../../models/baseline/burst-law.ts'
import { OWN_TAIL } from '../../../../models/baseline/tail-scale.ts'
import {
  type Again,
  type BurstDay,
  judgeBurst,
  LOOKS,
  mostSurprise,
} from '../../../../models/detector/judge-burst.ts'
import { SIZE_PRIORS } from '../../../../models/detector/pool-day.ts'

const pool = burstLaw(
  { bursts: 300, logs: 400, squares: 900, within: 120, degrees: 250 },
  28,
  SIZE_PRIORS.whole,
  0,
)
const own = ownLaw(pool, NO_BURSTS, { ageDays: 28, peers: 30 })
const ofCalls: BurstDay = {
  ...{ of: 'calls', peers: 30, size: 'whole', pool, own, tail: OWN_TAIL },
  ...{ share: null, record: null },
}
const record = { most: 10, isNew: false, doublings: 2, starts: 1 }
const ofWindows: BurstDay = { ...ofCalls, size: 'window', record }
const never: Again = { calls: 0, law: null }
const burst = (count: number) => ({ fromWindow: 100, untilWindow: 101, count })
const surprise = (day: BurstDay, count: number, again = never) =>
  judgeBurst(burst(count), day, again).surprise

describe('judgeBurst', () => {
  it('holds a burst against the law of bursts', () => {
    const { terms } = judgeBurst(burst(40), ofCalls, never)
    expect(terms).toMatchObject({ law: "the API's and the account's bursts", burst: 40, looks: 2 })
  })

  it('holds it against the same time of earlier days as well', () => {
    const again = { calls: 40, law: { location: Math.log(40), spread: 0.5 } }
    const { surprise: less, terms } = judgeBurst(burst(40), ofCalls, again)
    expect(less).toBeLessThan(surprise(ofCalls, 40))
    expect(terms['law']).toBe('the same time of earlier days')
  })

  it('holds errors against their share of the calls, where that explains more', () => {
    const ofErrors: BurstDay = {
      ...ofCalls,
      of: 'errors',
      share: () => ({ mean: 30, variance: 90 }),
    }
    const { surprise: less, terms } = judgeBurst(burst(40), ofErrors, never)
    expect(less).toBeLessThan(surprise({ ...ofErrors, share: null }, 40))
    expect(terms).toMatchObject({ law: 'own share of the calls', mean: 30, variance: 90 })
    const unlikely: BurstDay = { ...ofErrors, share: () => ({ mean: 1e-6, variance: 1e-6 }) }
    expect(surprise(unlikely, 40)).toBe(surprise({ ...ofErrors, share: null }, 40))
  })

  it('holds a window of calls against the largest of its API', () => {
    const { surprise: said, terms } = judgeBurst(burst(40), ofWindows, never)
    expect(said).toBeCloseTo(3 * Math.log(40 / 20) - Math.log(2) - LOOKS, 12)
    expect(terms).toMatchObject({ law: "the API's largest windows", record: 10, changesPerWeek: 0 })
    expect(surprise(ofWindows, 19)).toBe(Number.NEGATIVE_INFINITY)
  })

  it('takes what came at the same time of earlier days for a record', () => {
    expect(surprise(ofWindows, 40, { calls: 20, law: null })).toBeCloseTo(
      surprise({ ...ofWindows, record: { ...record, most: 20 } }, 40),
      12,
    )
  })

  it('has a new API beside services that begin and stay', () => {
    const ofNew = { ...ofWindows, record: { ...record, isNew: true } }
    expect(surprise(ofNew, 60)).toBeLessThan(surprise(ofWindows, 60))
  })
})

describe('mostSurprise', () => {
  it('is what nothing but a burst says, and never less than what is said', () => {
    expect(mostSurprise(40, ofCalls)).toBe(surprise(ofCalls, 40))
    expect(mostSurprise(40, ofWindows)).toBe(surprise(ofWindows, 40))
    fc.assert(
      fc.property(
        fc.constantFrom(ofCalls, ofWindows, {
          ...{ ...ofCalls, of: 'errors' as const, share: () => ({ mean: 3, variance: 9 }) },
        }),
        fc.integer({ min: 2, max: 1000 }),
        fc.integer({ min: 1, max: 1000 }),
        (day, count, calls) => {
          const law = { location: Math.log(calls), spread: 0.5 }
          expect(surprise(day, count, { calls, law })).toBeLessThanOrEqual(mostSurprise(count, day))
        },
      ),
    )
  })
})
