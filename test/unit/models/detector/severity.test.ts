import fc from 'fast-check'
import { expect, it } from 'vitest'
import { onceInWeeks, severityOf } from '../../../../models/detector/severity.ts'

it('gives severity as a whole number from 0 to 100 that never falls as surprise grows', () => {
  const surprise = fc.double({ min: -20, max: 800, noNaN: true })
  fc.assert(
    fc.property(surprise, fc.double({ min: 0, max: 50, noNaN: true }), (less, more) => {
      const severity = severityOf(less)
      expect(Number.isInteger(severity)).toBe(true)
      expect(severity).toBeGreaterThanOrEqual(0)
      expect(severityOf(less + more)).toBeGreaterThanOrEqual(severity)
      expect(severityOf(less + more)).toBeLessThanOrEqual(100)
    }),
    { seed: 1 },
  )
})

it('says in how many weeks a surprise comes once', () => {
  expect(onceInWeeks(Math.log(140))).toBeCloseTo(140, 10)
})
