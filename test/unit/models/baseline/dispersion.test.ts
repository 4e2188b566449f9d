import { describe, expect, it } from 'vitest'
import {
  fitDispersion,
  oneEach,
  SPAN_PRIOR,
  WINDOW_PRIOR,
} from '../../../../models/baseline/dispersion.ts'
import { gamma, poisson } from '../../../support/account-history.ts'
import { seededRandom } from '../../../support/seeded-random.ts'

/** Means between 1 and 40, and counts of them with gamma noise. */
function noisy(alpha: number, length = 8000): { means: Float64Array; counts: Float64Array } {
  const random = seededRandom(17)
  const means = new Float64Array(length).map(() => 1 + 39 * random())
  return { means, counts: means.map((mean) => poisson(random, mean * gamma(random, alpha))) }
}

describe('fitDispersion', () => {
  it('finds pure chance', () => {
    const { counts, means } = noisy(0)
    const { phi, alpha } = fitDispersion(oneEach(counts, means), WINDOW_PRIOR)
    expect(phi).toBeCloseTo(1, 1)
    expect(alpha).toBeLessThan(0.01)
  })

  it('finds multiplicative noise', () => {
    const { counts, means } = noisy(0.2)
    const { phi, alpha } = fitDispersion(oneEach(counts, means), WINDOW_PRIOR)
    expect(phi + 20 * alpha).toBeCloseTo(1 + 20 * 0.2, 0)
    expect(alpha).toBeCloseTo(0.2, 1)
  })

  it('finds clock-work steadier than chance', () => {
    const means = new Float64Array(500).fill(12)
    const counts = means.map((mean, at) => mean + (at % 2))
    const { phi, alpha } = fitDispersion(oneEach(counts, means), WINDOW_PRIOR)
    expect(phi).toBeCloseTo((500 * 0.5 * (1 / 12) + 3) / 503, 12)
    expect(alpha).toBe(0)
  })

  it('does not believe in steadiness on a few windows', () => {
    const means = new Float64Array(500).fill(0.5).fill(12, 0, 9)
    const counts = means.map((mean, at) => (at < 9 ? mean : at % 2))
    expect(fitDispersion(oneEach(counts, means), WINDOW_PRIOR).phi).toBe(1)
  })

  it('gives all the scatter to the square where it grows faster than that', () => {
    const means = Float64Array.from({ length: 600 }, (_, at) => 1 + (at % 30))
    const counts = means.map((mean, at) => mean + (at % 60 < 30 ? 1 : -1) * mean ** 1.5 * 0.4)
    const { phi, alpha } = fitDispersion(oneEach(counts, means), WINDOW_PRIOR)
    expect(phi).toBe(1)
    expect(alpha).toBeGreaterThan(1)
  })

  it('gives all of it to the mean where all means are alike', () => {
    const means = new Float64Array(400).fill(9)
    const counts = means.map((mean, at) => mean + (at % 2 === 0 ? 6 : -6))
    const { phi, alpha } = fitDispersion(oneEach(counts, means), WINDOW_PRIOR)
    expect(phi * 9 + alpha * 81).toBeGreaterThan(35)
    expect(phi * 9 + alpha * 81).toBeLessThan(36)
  })

  it('believes its prior where nothing was expected', () => {
    expect(fitDispersion(oneEach(new Float64Array(3), new Float64Array(3)), SPAN_PRIOR)).toEqual({
      phi: 1.5,
      alpha: 0.03,
    })
  })
})
