import { describe, expect, it } from 'vitest'
import { dayOf, windowsPerDay, windowsPerHour } from '../../../../models/series/grid.ts'

describe('windowsPerHour', () => {
  it.each([
    [1, 60],
    [5, 12],
    [15, 4],
    [30, 2],
    [60, 1],
  ])('counts windows of %i minutes as %i in an hour', (windowMinutes, windows) => {
    expect(windowsPerHour({ windowMinutes })).toBe(windows)
    expect(windowsPerDay({ windowMinutes })).toBe(24 * windows)
  })

  it('refuses a window that does not divide the hour', () => {
    expect(() => windowsPerHour({ windowMinutes: 7 })).toThrow(
      'invariant: a window divides the hour, 7 min does not',
    )
  })
})

describe('dayOf', () => {
  it('begins a day at its first window', () => {
    expect([287, 288].map((window) => dayOf(window, { windowMinutes: 5 }))).toEqual([0, 1])
  })
})
