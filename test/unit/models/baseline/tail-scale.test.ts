import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { askedOf, OWN_TAIL, rescale, tailScale } from '../../../../models/baseline/tail-scale.ts'

/** Surprises that an exponential law of this scale brings in so many windows, evenly. */
const exponential = (windows: number, scale: number): readonly number[] =>
  Array.from({ length: windows }, (_, at) => -scale * Math.log((at + 0.5) / windows))

describe('tailScale', () => {
  it('is its prior where hardly a window was seen', () => {
    expect(tailScale([], 19)).toEqual({ from: Math.LN10, scale: 1.1 })
    expect(tailScale(new Array(19).fill(50), 19)).toEqual({ from: Math.LN10, scale: 1.1 })
  })

  it('is about one where surprises come as often as the law says', () => {
    const { from, scale } = tailScale(exponential(5000, 1), 5000)
    expect(scale).toBeCloseTo(1, 1)
    expect(from).toBeCloseTo(Math.LN10, 1)
  })

  it('is how much heavier the tail was, drawn towards its prior', () => {
    expect(tailScale(exponential(5000, 3), 5000).scale).toBeCloseTo(3, 1)
    const { scale } = tailScale(exponential(30, 3), 30)
    expect(scale).toBeGreaterThan(1.1)
    expect(scale).toBeLessThan(3)
  })

  it('is never below one nor above twelve', () => {
    expect(tailScale(exponential(5000, 0.1), 5000).scale).toBe(1)
    expect(tailScale(exponential(5000, 90), 5000).scale).toBe(12)
  })

  it('counts windows that surprised nobody', () => {
    expect(tailScale([], 1000)).toEqual({ from: Math.LN10, scale: 1 })
    const listed = exponential(1000, 3).filter((surprise) => surprise > 1)
    const all = exponential(1000, 3).map((surprise) => (surprise > 1 ? surprise : 0))
    expect(tailScale(listed, 1000).scale).toBeCloseTo(tailScale(all, 1000).scale, 1)
  })

  it('does not depend on the order of the windows', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 80, noNaN: true }), { minLength: 20 }),
        (all) => {
          expect(tailScale([...all].reverse(), all.length)).toEqual(tailScale(all, all.length))
        },
      ),
      { seed: 1 },
    )
  })
})

describe('askedOf', () => {
  const surprises = fc.array(fc.double({ min: 0, max: 80, noNaN: true }), { maxLength: 200 })

  it('asks for as many of the largest surprises as the scale is made of', () => {
    fc.assert(
      fc.property(fc.nat(400), surprises, (quiet, all) => {
        const windows = all.length + quiet
        const asked = askedOf(all.length, windows)
        const largest = all.sort((one, other) => other - one).slice(0, asked)
        expect(tailScale(largest, windows, all.length)).toEqual(tailScale(all, windows))
      }),
      { seed: 1 },
    )
  })

  it('asks for none where so few say nothing', () => {
    expect(askedOf(20, 1000)).toBe(0)
    expect(askedOf(19, 19)).toBe(0)
  })
})

describe('rescale', () => {
  const tail = fc.record({
    from: fc.double({ min: Math.LN10, max: 60, noNaN: true }),
    scale: fc.double({ min: 1, max: 12, noNaN: true }),
  })
  const surprise = fc.double({ min: 0, max: 700, noNaN: true })

  it("leaves a surprise as it is under the law's own tail", () => {
    for (const each of [0, 1, Math.LN10, 5, 300])
      expect(rescale(each, OWN_TAIL)).toBeCloseTo(each, 10)
  })

  it('takes what the series does once in ten windows for just that', () => {
    expect(rescale(4, { from: 4, scale: 2 })).toBe(Math.LN10)
    expect(rescale(1, { from: 4, scale: 2 })).toBe(1)
    expect(rescale(6, { from: 4, scale: 2 })).toBe(Math.LN10 + 1)
  })

  it('never rises as the law is less surprised, and never over what the law says', () => {
    fc.assert(
      fc.property(surprise, surprise, tail, (one, other, given) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)]
        expect(rescale(less, given)).toBeLessThanOrEqual(rescale(more, given))
        expect(rescale(one, given)).toBeLessThanOrEqual(one + 1e-9)
      }),
      { seed: 3 },
    )
  })
})
