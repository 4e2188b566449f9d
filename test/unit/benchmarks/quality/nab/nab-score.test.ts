import { describe, expect, it } from 'vitest'
import { nabScore, type ScoredRows } from '../../../../../benchmarks/quality/nab/nab-score.ts'

const ROWS = 1000
const windows = [
  { first: 300, last: 399 },
  { first: 700, last: 799 },
]
const sigmoid = (place: number): number => 2 / (1 + Math.exp(5 * place)) - 1

const scored = (scores: Readonly<Record<number, number>>): ScoredRows => {
  const values = new Float64Array(ROWS)
  for (const [row, score] of Object.entries(scores)) values[Number(row)] = score
  return { scores: values, windows }
}

describe('nabScore', () => {
  it('is 0 for a detector that finds nothing and 100 for one that finds all at once', () => {
    expect(nabScore([scored({})])).toBe(0)
    expect(nabScore([scored({ 300: 1, 700: 1 })])).toBeCloseTo(100, 12)
    expect(nabScore([scored({ 300: 1, 301: 1, 399: 1 })])).toBeCloseTo(50, 12)
  })

  it('is worth less, the later a window is found', () => {
    const value = sigmoid(-0.51) / sigmoid(-1)
    expect(nabScore([scored({ 349: 1 })])).toBeCloseTo((100 * (1 + value)) / 4, 10)
  })

  it('charges 0.11 for an alarm before all windows or far from the last, less right behind one', () => {
    const found = { 300: 1, 700: 1 }
    expect(nabScore([scored({ ...found, 200: 1 })])).toBeCloseTo(100 - (100 * 0.11) / 4, 10)
    expect(nabScore([scored({ ...found, 699: 1 })])).toBeCloseTo(100 - (100 * 0.11) / 4, 10)
    const near = 0.11 * sigmoid(10 / 99)
    expect(nabScore([scored({ ...found, 409: 1 })])).toBeCloseTo(100 + (100 * near) / 4, 10)
  })

  it('ignores the probation: 15 % of the rows', () => {
    expect(nabScore([scored({ 149: 9, 300: 1, 700: 1 })])).toBeCloseTo(100, 12)
    expect(nabScore([scored({ 150: 9, 300: 1, 700: 1 })])).toBeLessThan(100)
  })

  it('takes the best threshold, one for all files', () => {
    const good = scored({ 300: 5, 700: 5, 500: 1 })
    const noisy = scored({ 300: 2, 500: 3, 520: 3, 540: 3 })
    expect(nabScore([good])).toBeCloseTo(100, 12)
    expect(nabScore([good, noisy])).toBeLessThan((nabScore([good]) + nabScore([noisy])) / 2)
  })
})
