import { describe, expect, it } from 'vitest'
import { shareLaw, shareLogTail } from '../../../../models/baseline/share-law.ts'
import { countsAt } from '../../../support/account-history.ts'

const grid = { windowMinutes: 5 }
const day = 40
const midnight = day * 288
const span = { from: midnight + 10, until: midnight + 12 }

describe('shareLaw', () => {
  const counts = countsAt([midnight - 28 * 288 - 1, 900], [midnight - 600, 9], [midnight + 11, 20])
  const exposure = countsAt(
    [midnight - 28 * 288 - 1, 900],
    [midnight - 600, 90],
    [midnight - 300, 5],
    [midnight + 11, 40],
  )

  it('expects the share of the 28 days before, as far as they tell', () => {
    const law = shareLaw({ counts, exposure }, day, grid)
    const mean = (40 * 9.5) / 115
    expect(law?.(span)).toEqual({ mean, variance: mean + (0.5 + 1 / 9.5) * mean * mean })
  })

  it('expects one in forty before anything was seen', () => {
    const first = countsAt([midnight + 11, 40])
    expect(shareLaw({ counts: first, exposure: first }, day, grid)?.(span)).toEqual({
      mean: 1,
      variance: 3.5,
    })
  })

  it('learns nothing from what is skipped', () => {
    const skips = [{ from: midnight - 700, until: midnight - 500 }]
    expect(shareLaw({ counts, exposure, skips }, day, grid)?.(span).mean).toBe((40 * 0.5) / 25)
  })

  it('is none of what is no share of calls', () => {
    expect(shareLaw({ counts, exposure: null }, day, grid)).toBeNull()
  })
})

describe('shareLogTail', () => {
  const law = { mean: 2, variance: 6 }

  it('is of bursts with an error at all: one is no surprise', () => {
    expect(shareLogTail(0, law)).toBe(0)
    expect(shareLogTail(1, law)).toBe(0)
  })

  it('falls with every error', () => {
    const tails = [2, 3, 5, 9, 40].map((errors) => shareLogTail(errors, law))
    expect(tails).toEqual([...tails].sort((one, other) => other - one))
    expect(tails.at(-1)).toBeLessThan(-10)
  })
})
