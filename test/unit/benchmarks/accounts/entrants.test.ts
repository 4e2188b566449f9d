import { describe, expect, it } from 'vitest'
import { reportMax28, scoreMax28 } from '../../../../benchmarks/quality/accounts/entrants/max28.ts'
import { reportOurs, scoreOurs } from '../../../../benchmarks/quality/accounts/entrants/ours.ts'
import { makeAccount } from '../../../../benchmarks/quality/accounts/simulate/make-account.ts'
import { workOf } from './small-account.ts'

const at = (window: number, count: number) => ({ window, who: 0, count })
const told = (cells: Parameters<typeof workOf>[0], multiple = 3): readonly number[] =>
  reportMax28(scoreMax28(workOf(cells)), multiple).map(({ startWindow }) => startWindow)

describe('max28', () => {
  it('tells of 20 calls in a window where there were none, and of no 19', () => {
    expect(told([at(5, 20)])).toEqual([5])
    expect(told([at(5, 19)])).toEqual([])
  })

  it('tells of more than three times the largest count before, however long ago in 28 days', () => {
    expect(told([at(5, 10), at(900, 30), at(2000, 91)])).toEqual([2000])
  })

  it('joins alarms within three hours', () => {
    expect(told([at(5, 20), at(30, 70), at(200, 300)])).toEqual([5, 200])
  })

  it('grows quieter with its multiple', () => {
    expect(told([at(5, 20), at(900, 70)], 3.2)).toEqual([900])
  })
})

describe('ours', () => {
  const scores = scoreOurs(makeAccount({ seed: 3, kind: 'people', weeks: 5, attacked: true }))

  it('tells no less at a larger budget', () => {
    expect(reportOurs(scores, 20).length).toBeGreaterThan(reportOurs(scores, 0.1).length)
  })

  it('tells of the same attack with the attacker behind it', () => {
    const label = scores.work.labels.find(({ kind }) => kind === '500 on a new API')
    const found = reportOurs(scores, 1).find(({ key }) => key === label?.keys[0])
    expect(found).toMatchObject({ principal: label?.principal, count: 500, purse: 'pool calls' })
  })

  it('reports the same from the same account', () => {
    const again = scoreOurs(makeAccount({ seed: 3, kind: 'people', weeks: 5, attacked: true }))
    expect(reportOurs(again, 1)).toEqual(reportOurs(scores, 1))
  })
})
