import { describe, expect, it } from 'vitest'
import { sparkline, weekPlot } from '../../../../src/cli/band-plot.ts'

describe('sparkline', () => {
  it('draws nothing as a blank, anything as a block, and the top as a full one', () => {
    expect(sparkline([0, 0.1, 4, 8], 8)).toBe(' ▁▄█')
  })

  it('draws what is above the top as full', () => {
    expect(sparkline([9], 8)).toBe('█')
  })
})

describe('weekPlot', () => {
  it('draws a line a day on one scale, with the edges of the day', () => {
    const bands = Array.from({ length: 168 }, (_, hour) => ({
      ...{ expected: hour < 24 ? 8 : 2, low: 0, high: hour < 24 ? 15 : 5 },
    }))
    const [hours, monday, tuesday, ...rest] = weekPlot(bands).split('\n')
    expect(hours).toMatch(/^ +0 +6 +12 +18/)
    expect(monday).toBe(`Mon ${'█'.repeat(24)} 8.0 to 8.0 expected, 0 to 15 normal`)
    expect(tuesday).toBe(`Tue ${'▂'.repeat(24)} 2.0 to 2.0 expected, 0 to 5 normal`)
    expect(rest).toHaveLength(6)
  })

  it('draws a week in which nothing is expected', () => {
    const bands = Array.from({ length: 168 }, () => ({ expected: 0, low: 0, high: 0 }))
    expect(weekPlot(bands)).toContain(`Sun ${' '.repeat(24)} 0.0 to 0.0 expected`)
  })
})
