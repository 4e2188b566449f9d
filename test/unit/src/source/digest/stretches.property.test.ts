import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  hourAround,
  includes,
  joined,
  type Stretch,
  wholeHours,
  without,
} from '../../../../../src/source/digest/stretches.ts'

const HOUR_MS = 3_600_000
const stretches = fc
  .array(fc.tuple(fc.nat(100), fc.integer({ min: 1, max: 20 })), { maxLength: 12 })
  .map((pairs): readonly Stretch[] =>
    pairs.map(([from, length]) => ({ fromMs: from, untilMs: from + length })),
  )

it('joins stretches into few that hold the same time, apart from each other', () => {
  fc.assert(
    fc.property(stretches, fc.nat(130), (some, moment) => {
      const result = joined(some)
      expect(includes(result, moment)).toBe(includes(some, moment))
      for (const [at, each] of result.slice(1).entries())
        expect(each.fromMs).toBeGreaterThan(result[at]?.untilMs ?? 0)
    }),
  )
})

it('takes stretches out of others, moment for moment', () => {
  fc.assert(
    fc.property(stretches, stretches, fc.nat(130), (some, others, moment) => {
      const left = includes(without(some, others), moment)
      expect(left).toBe(includes(some, moment) && !includes(others, moment))
    }),
  )
})

it('keeps whole hours alone, joined over their borders', () => {
  const some = [
    { fromMs: HOUR_MS / 2, untilMs: 2.25 * HOUR_MS },
    { fromMs: 2.25 * HOUR_MS, untilMs: 4 * HOUR_MS },
    { fromMs: 5.1 * HOUR_MS, untilMs: 5.9 * HOUR_MS },
  ]
  expect(wholeHours(some)).toEqual([{ fromMs: HOUR_MS, untilMs: 4 * HOUR_MS }])
  expect(hourAround(5.9 * HOUR_MS)).toEqual({ fromMs: 5 * HOUR_MS, untilMs: 6 * HOUR_MS })
})
