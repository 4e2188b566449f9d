import { describe, expect, it } from 'vitest'
import { month, SCALES, strangers } from '../../../../../benchmarks/shapes.ts'
import { momentAt } from '../../../../../benchmarks/speed/trail/calendar.ts'
import { eventsOf, START_MS } from '../../../../../benchmarks/speed/trail/events.ts'

const events = [...eventsOf(month(SCALES.small, 4))]

describe('eventsOf', () => {
  it('gives as many as asked, in order of time, within the month', () => {
    const seconds = events.map(({ second }) => second)
    expect(events).toHaveLength(16_000)
    expect(seconds).toEqual([...seconds].sort((a, b) => a - b))
    expect(seconds[0]).toBeGreaterThanOrEqual(START_MS / 1000)
    expect(seconds.at(-1)).toBeLessThan(START_MS / 1000 + 30 * 86_400)
  })

  it('calls more than 300 APIs, few of them often', () => {
    const calls = new Map<object, number>()
    for (const { api } of events) calls.set(api, (calls.get(api) ?? 0) + 1)
    const sorted = [...calls.values()].sort((a, b) => b - a)
    expect(sorted.length).toBeGreaterThan(300)
    expect(sorted[0]).toBeGreaterThan(1000)
    expect(sorted.at(-1)).toBeLessThan(20)
  })

  it('can give each event an agent and a session of its own', () => {
    const strange = [...eventsOf(strangers(SCALES.small, 1))]
    expect(new Set(strange.map(({ agent }) => agent)).size).toBe(strange.length)
    expect(new Set(strange.map(({ session }) => session)).size).toBe(strange.length)
    expect(new Set(events.map(({ agent }) => agent)).size).toBeLessThan(100)
  })
})

describe('momentAt', () => {
  it('never goes back, and ends with the span', () => {
    const moment = momentAt(7)
    const moments = Array.from({ length: 101 }, (_, at) => moment(at / 100))
    expect(moments[0]).toBe(0)
    expect(moments.at(-1)).toBeCloseTo(7 * 86_400, 3)
    expect(moments).toEqual([...moments].sort((a, b) => a - b))
  })

  it('spends more calls on a Monday than on a Sunday', () => {
    const moment = momentAt(7)
    const day = (at: number) => Math.floor(moment((at + 0.5) / 1000) / 86_400)
    const days = Array.from({ length: 1000 }, (_, at) => day(at))
    const on = (wanted: number) => days.filter((each) => each === wanted).length
    expect(on(0)).toBeGreaterThan(1.8 * on(6))
  })
})
