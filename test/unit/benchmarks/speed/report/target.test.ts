import { describe, expect, it } from 'vitest'
import { isMet, type Target, targetLine } from '../../../../../benchmarks/speed/report/target.ts'

const target: Target = { what: 'x', limit: 2, bound: 'least', measured: 2, unit: 'times' }

describe('isMet', () => {
  it.each([
    { bound: 'least', measured: 2, met: true },
    { bound: 'least', measured: 1.999, met: false },
    { bound: 'most', measured: 2, met: true },
    { bound: 'most', measured: 2.001, met: false },
    { bound: 'most', measured: Number.NaN, met: false },
    { bound: 'least', measured: Number.NaN, met: false },
  ] as const)('says $met of $measured where at $bound 2 is asked', ({ bound, measured, met }) => {
    expect(isMet({ ...target, bound, measured })).toBe(met)
  })
})

describe('targetLine', () => {
  it('says what was missed, with what was asked', () => {
    expect(targetLine({ ...target, measured: 1.5 })).toBe(
      'MISSED  x: 1.50 times (asked: >= 2.00)\n',
    )
  })
})
