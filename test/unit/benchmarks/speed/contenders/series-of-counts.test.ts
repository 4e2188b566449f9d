import { describe, expect, it } from 'vitest'
import { accountOf, GRID } from '../../../../../benchmarks/speed/contenders/series-of-counts.ts'
import { scoreAccount } from '../../../../../models/index.ts'

describe('accountOf', () => {
  it('gives series of which about a tenth has a baseline of its own', () => {
    const history = accountOf(100, 29)
    const { standings } = scoreAccount(history, { fromDay: 28, untilDay: 29 }, GRID)
    const dense = standings.filter(({ standing }) => standing.kind === 'dense').length
    expect(standings.length).toBeGreaterThan(90)
    expect(dense).toBeGreaterThanOrEqual(8)
    expect(dense).toBeLessThanOrEqual(10)
  })

  it('is the same each time', () => {
    expect(accountOf(20, 3)).toEqual(accountOf(20, 3))
  })
})
