import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Probe } from '../../../../../src/pipeline/injection/probe.ts'
import { kindAnswer } from '../../../../../src/pipeline/injection/sizes.ts'

/** Finds what is at least as large as its moment says, as many minutes later as the moment. */
const bySize: Probe = {
  find: ({ size, fromWindow }) =>
    size < fromWindow
      ? null
      : { delayMinutes: fromWindow, score: size, severity: 50, errorCode: null },
  isFound: ({ size, fromWindow }) => size >= fromWindow,
  isDisturbed: () => false,
}
const tried = (moments: readonly number[], sizes: readonly number[] = []) =>
  kindAnswer(bySize, { kind: 'burst', moments, sizes }, () => {})

describe('the sizes of a kind', () => {
  it('are told with how often each was found, how soon and how loud', () => {
    const [four, twenty] = tried([2, 3, 5, 10], [4, 20]).sizes
    expect(four).toMatchObject({ found: 2, of: 4, delayMinutes: 2, severity: 50, score: 4 })
    expect(four?.share).toMatchObject({ got: 0.5 })
    expect(four?.share.low).toBeCloseTo(0.0676, 4)
    expect(twenty).toMatchObject({ found: 4, delayMinutes: 3 })
  })

  it('have a smallest that is found at 9 of 10 moments, for any moments', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 3_000_000 }), { minLength: 1, maxLength: 30 }),
        (moments) => {
          const sorted = [...moments].sort((one, other) => one - other)
          const needed = sorted[Math.ceil(0.9 * moments.length) - 1] as number
          expect(tried(moments).smallest?.size ?? null).toBe(needed > 2 ** 20 ? null : needed)
        },
      ),
      { seed: 20_261_126 },
    )
  })

  it('have a largest that is found at none', () => {
    expect(tried([40, 50], [39, 45]).never).toBe(39)
    expect(tried([1], [1]).never).toBeNull()
  })

  it('of a drop end at 100 per cent', () => {
    const answer = kindAnswer(bySize, { kind: 'drop', moments: [101], sizes: [] }, () => {})
    expect(answer).toMatchObject({ smallest: null, largest: 100, never: 100 })
  })
})
