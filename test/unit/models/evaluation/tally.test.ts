import { describe, expect, it } from 'vitest'
import { tally } from '../../../../models/evaluation/tally.ts'

describe('tally', () => {
  it('takes the mean of the two middle delays where their number is even', () => {
    expect(tally({ delays: [9, 1, 4, 6], missed: 0, others: 0, weeks: 1 })).toEqual({
      recall: 1,
      medianDelay: 5,
      othersPerWeek: 0,
    })
  })

  it('has no delay where nothing was caught, and no recall where nothing was labelled', () => {
    expect(tally({ delays: [], missed: 2, others: 1, weeks: 0.5 })).toEqual({
      recall: 0,
      medianDelay: null,
      othersPerWeek: 2,
    })
    expect(tally({ delays: [], missed: 0, others: 0, weeks: 1 }).recall).toBeNull()
  })
})
