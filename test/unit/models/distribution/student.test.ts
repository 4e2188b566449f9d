import fc from 'fast-check'
import { expect, it } from 'vitest'
import { studentSurprise } from '../../../../models/distribution/student.ts'

const surprises = fc.double({ min: 1e-6, max: 500, noNaN: true })
const degrees = fc.double({ min: 1, max: 1e5, noNaN: true })

it("comes near -ln of Student's tail", () => {
  // -ln P(T >= 5) for three degrees of freedom, by mpmath 1.3 to 4 places, beside that of a normal law: 15.0650.
  const rows = [
    { n: 27, student: 11.0924 },
    { n: 83, student: 13.3622 },
    { n: 671, student: 14.8198 },
  ]
  for (const { n, student } of rows) {
    expect(Math.abs(studentSurprise(15.065, n) - student)).toBeLessThan(0.6)
  }
})

it('is never more than the surprise, and nearly that where much is known', () => {
  fc.assert(
    fc.property(surprises, degrees, (surprise, n) => {
      expect(studentSurprise(surprise, n)).toBeLessThanOrEqual(surprise)
    }),
  )
  expect(studentSurprise(20, 1e6)).toBeCloseTo(20, 3)
})

const times = fc.double({ min: 1, max: 9, noNaN: true })

it('grows with the surprise', () => {
  fc.assert(
    fc.property(surprises, degrees, times, (surprise, n, more) => {
      expect(studentSurprise(surprise * more, n)).toBeGreaterThanOrEqual(
        studentSurprise(surprise, n) * (1 - 1e-9),
      )
    }),
  )
})

it('grows with what is known, where there is anything to be surprised at', () => {
  fc.assert(
    fc.property(surprises, degrees, times, (surprise, n, more) => {
      expect(studentSurprise(surprise + 3, n * more)).toBeGreaterThanOrEqual(
        studentSurprise(surprise + 3, n) * (1 - 1e-9),
      )
    }),
  )
})
