import { describe, expect, it } from 'vitest'
import {
  calibrationOf,
  poissonInterval,
} from '../../../../../benchmarks/quality/measure/calibration.ts'
import { quietSeries, tracksScored } from './builders.ts'

describe('poissonInterval', () => {
  // Garwood's exact limits, from chi-squared quantiles.
  it.each([
    { events: 0, low: 0, high: 3.689 },
    { events: 3, low: 0.619, high: 8.767 },
    { events: 10, low: 4.795, high: 18.39 },
    { events: 50, low: 37.11, high: 65.92 },
  ])('agrees with the exact limits after $events events', ({ events, low, high }) => {
    const found = poissonInterval(events)
    expect(Math.abs(found.low - low)).toBeLessThan(0.02 + low * 0.01)
    expect(Math.abs(found.high - high)).toBeLessThan(0.02 + high * 0.01)
  })
})

describe('calibrationOf', () => {
  it('counts false events per scored series-week at -ln of what was asked for', () => {
    const calls = { 400: -Math.log(0.05), 500: -Math.log(0.2) }
    const rows = calibrationOf(tracksScored(quietSeries(), { calls }))
    const measured = new Map(rows.map((row) => [row.asked, row.measured]))
    expect(measured.get(0.02)).toBe(0)
    expect(measured.get(0.05)).toBeCloseTo(1 / 3, 12)
    expect(measured.get(0.5)).toBeCloseTo(2 / 3, 12)
  })
})
