import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { REACH_MS, SETTLE_MS, slicesOf } from '../../../../../src/source/lookup/slices.ts'

const HOUR_MS = 3_600_000
const DAY = Date.UTC(2026, 2, 4)
const sliceMs = 3 * HOUR_MS
const at = (hour: number): number => DAY + hour * HOUR_MS

describe('slicesOf', () => {
  it('cuts on a fixed grid, and settles what ended half an hour ago', () => {
    const span = { fromMs: at(1), untilMs: at(9.4), sliceMs, nowMs: at(9.4) }
    expect(slicesOf(span)).toEqual([
      { fromMs: at(0), untilMs: at(3), settled: true },
      { fromMs: at(3), untilMs: at(6), settled: true },
      { fromMs: at(6), untilMs: at(9), settled: false },
      { fromMs: at(9), untilMs: at(12), settled: false },
    ])
    expect(slicesOf({ ...span, nowMs: at(9.5), untilMs: at(9.5) })[2]?.settled).toBe(true)
  })

  it('ends with a span that ended long ago', () => {
    const slices = slicesOf({ fromMs: at(0), untilMs: at(4), sliceMs, nowMs: at(20) })
    expect(slices.at(-1)).toEqual({ fromMs: at(3), untilMs: at(4), settled: true })
  })

  it('reaches back 90 days and never into the future', () => {
    const slices = slicesOf({ fromMs: 0, untilMs: at(500), sliceMs, nowMs: at(0) })
    expect(slices[0]?.fromMs).toBe(at(0) - REACH_MS)
    expect(slices.at(-1)?.untilMs).toBe(at(0))
    expect(slices).toHaveLength(720)
  })

  it('is nothing for a span that is empty, to come or too long ago', () => {
    const nowMs = at(0)
    expect(slicesOf({ fromMs: at(-3), untilMs: at(-3), sliceMs, nowMs })).toEqual([])
    expect(slicesOf({ fromMs: at(1), untilMs: at(2), sliceMs, nowMs })).toEqual([])
    expect(slicesOf({ fromMs: 0, untilMs: at(-24 * 91), sliceMs, nowMs })).toEqual([])
  })

  it('covers the span without a gap, and a later run knows every settled slice again', () => {
    const hours = fc.double({ min: 0.01, max: 200, noNaN: true })
    fc.assert(
      fc.property(hours, hours, hours, (sinceHours, laterHours, sliceHours) => {
        const nowMs = at(12)
        const span = {
          fromMs: nowMs - sinceHours * HOUR_MS,
          sliceMs: Math.ceil(sliceHours) * HOUR_MS,
        }
        const first = slicesOf({ ...span, untilMs: nowMs, nowMs })
        expect(first[0]?.fromMs).toBeLessThanOrEqual(span.fromMs)
        expect(first.at(-1)?.untilMs).toBeGreaterThanOrEqual(nowMs)
        const starts = first.slice(1).map(({ fromMs }) => fromMs)
        expect(starts).toEqual(first.slice(0, -1).map(({ untilMs }) => untilMs))
        const laterMs = nowMs + laterHours * HOUR_MS
        const later = slicesOf({ ...span, untilMs: laterMs, nowMs: laterMs })
        expect(later).toEqual(expect.arrayContaining(first.filter(({ settled }) => settled)))
        expect(first.every((slice) => slice.settled === slice.untilMs <= nowMs - SETTLE_MS)).toBe(
          true,
        )
      }),
    )
  })
})
