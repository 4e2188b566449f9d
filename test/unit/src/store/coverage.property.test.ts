import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  combined,
  cut,
  firstDifference,
  HOUR_STATES,
  type HourStretch,
  overlaid,
} from '../../../../src/store/coverage.ts'

/** Hour by hour, as stretches say it. */
const HOURS = 24
type Plain = readonly (HourStretch['state'] | undefined)[]
const state = fc.option(fc.constantFrom(...HOUR_STATES), { nil: undefined })
const plain: fc.Arbitrary<Plain> = fc.array(state, { minLength: HOURS, maxLength: HOURS })

const stretchesOf = (hours: Plain): readonly HourStretch[] =>
  hours.flatMap((each, at) =>
    each === undefined ? [] : [{ fromHour: at, untilHour: at + 1, state: each }],
  )
const hoursOf = (stretches: readonly HourStretch[]): Plain =>
  Array.from(
    { length: HOURS },
    (_, hour) => stretches.find((each) => each.fromHour <= hour && hour < each.untilHour)?.state,
  )
const isMerged = (stretches: readonly HourStretch[]): boolean =>
  stretches.every(({ fromHour, state: own }, at) => {
    const before = stretches[at - 1]
    if (before === undefined) return true
    return before.untilHour < fromHour || (before.untilHour === fromHour && before.state !== own)
  })

it('lays a later word over an earlier one, hour by hour, in as few stretches as hold it', () => {
  fc.assert(
    fc.property(plain, plain, (before, word) => {
      const laid = overlaid(stretchesOf(before), stretchesOf(word))
      expect(hoursOf(laid)).toEqual(before.map((each, hour) => word[hour] ?? each))
      expect(isMerged(laid)).toBe(true)
    }),
  )
})

it('takes the best proof of several trails, whatever their order, else the worst loss', () => {
  const ranked = ['proven', 'damaged', 'missing', 'gap'] as const
  fc.assert(
    fc.property(fc.array(plain, { maxLength: 3 }), (words) => {
      const one = combined(words.map(stretchesOf))
      expect(combined([...words].reverse().map(stretchesOf))).toEqual(one)
      expect(isMerged(one)).toBe(true)
      const expected = Array.from({ length: HOURS }, (_, hour) =>
        ranked.find((each) => words.some((word) => word[hour] === each)),
      )
      expect(hoursOf(one)).toEqual(expected)
    }),
  )
})

it('names the first hour that differs, however the stretches are cut', () => {
  fc.assert(
    fc.property(plain, plain, (one, other) => {
      const first = one.findIndex((each, hour) => each !== other[hour])
      const found = firstDifference(stretchesOf(one), combined([stretchesOf(other)]))
      expect(found).toBe(first < 0 ? null : first)
    }),
  )
})

it('cuts stretches to a span', () => {
  const stretches = [{ fromHour: 2, untilHour: 9, state: 'gap' as const }]
  expect(cut(stretches, { fromHour: 4, untilHour: 6 })).toEqual([
    { fromHour: 4, untilHour: 6, state: 'gap' },
  ])
  expect(cut(stretches, { fromHour: 9, untilHour: 12 })).toEqual([])
})
