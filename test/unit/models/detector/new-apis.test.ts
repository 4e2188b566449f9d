import { describe, expect, it } from 'vitest'
import {
  isNewsworthy,
  newApiSurprise,
  sightingsPerWeek,
} from '../../../../models/detector/new-apis.ts'

const law = { location: 0.9, spread: 1.1 }
const month = { count: 0, days: 28 }

describe('sightingsPerWeek', () => {
  it('believes in forty of one week before any were seen', () => {
    expect(sightingsPerWeek({ count: 0, days: 0 })).toBe(40)
  })

  it('learns from up to four weeks', () => {
    expect(sightingsPerWeek({ count: 60, days: 28 })).toBe(20)
    expect(sightingsPerWeek({ count: 60, days: 400 })).toBe(20)
  })
})

describe('newApiSurprise', () => {
  it('is -ln of the first sightings a week that begin as large', () => {
    // P(Y >= e^0.9 + 1/2) is one half at the law's middle; 8 sightings a week.
    const middle = Math.exp(law.location) + 0.5
    expect(newApiSurprise(middle, month, law)).toBeCloseTo(-Math.log(8 / 2), 12)
  })

  it('grows with the burst, and falls with how often new APIs come', () => {
    const surprises = [1, 2, 3, 30, 300].map((calls) => newApiSurprise(calls, month, law))
    expect(surprises).toEqual(surprises.toSorted((a, b) => a - b))
    expect(newApiSurprise(3, { count: 300, days: 28 }, law)).toBeLessThan(
      newApiSurprise(3, month, law),
    )
  })
})

describe('isNewsworthy', () => {
  it('shows as many lines a week as the budget asks for, and none at 0', () => {
    expect(isNewsworthy(newApiSurprise(3, month, law), 5)).toBe(true)
    expect(isNewsworthy(newApiSurprise(1, month, law), 5)).toBe(false)
    expect(isNewsworthy(50, 0)).toBe(false)
  })
})
