import { describe, expect, it } from 'vitest'
import { MONTH_DAYS } from '../../../../../benchmarks/shapes.ts'
import { insightsOf } from '../../../../../benchmarks/speed/http/insights.ts'
import { START_MS } from '../../../../../benchmarks/speed/trail/events.ts'

describe('insightsOf', () => {
  const insights = insightsOf('300000000007', 200)

  it('gives every insight an id of its own, and the same ones again', () => {
    expect(new Set(insights.map(({ id }) => id)).size).toBe(200)
    expect(insightsOf('300000000007', 200)).toEqual(insights)
  })

  it('begins after every trail has ended', () => {
    const endMs = START_MS + MONTH_DAYS * 24 * 3_600_000
    expect(insights.filter(({ startMs }) => startMs <= endMs)).toEqual([])
  })

  it('is as large as those of a demo are, within a fifth', () => {
    const mean = JSON.stringify(insights).length / insights.length
    expect(mean).toBeGreaterThan(2_800 * 0.8)
    expect(mean).toBeLessThan(2_800 * 1.2)
  })
})
