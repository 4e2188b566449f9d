import { describe, expect, it } from 'vitest'
import { dayShape } from '../../../../../src/simulate/workloads/applications.ts'

describe('dayShape', () => {
  const hours = Array.from({ length: 24 * 12 }, (_, slot) => slot / 12)

  it('averages 1 over the day', () => {
    const mean = hours.reduce((sum, hour) => sum + dayShape(hour), 0) / hours.length
    expect(mean).toBeCloseTo(1, 1)
  })

  it('is quiet at night and highest in working hours', () => {
    expect(dayShape(3)).toBeLessThan(0.4)
    expect(hours.reduce((a, b) => (dayShape(a) > dayShape(b) ? a : b))).toBeCloseTo(11.5, 0)
  })
})
