import { describe, expect, it } from 'vitest'
import { addTally, conserve, emptyTally } from '../../../../src/pipeline/tally.ts'

const tally = {
  ...{ read: 15, counted: 5, duplicate: 4, late: 3 },
  ...{ rejected: 2, insights: 1, conflicts: 7 },
}

describe('addTally', () => {
  it('adds each part to its own', () => {
    expect(addTally(tally, emptyTally)).toEqual(tally)
    expect(addTally(tally, tally)).toEqual({
      ...{ read: 30, counted: 10, duplicate: 8, late: 6 },
      ...{ rejected: 4, insights: 2, conflicts: 14 },
    })
  })
})

describe('conserve', () => {
  it('takes a tally in which every record became one thing', () => {
    expect(() => conserve(tally)).not.toThrow()
  })

  it('refuses one in which a record is missing, and shows the sum', () => {
    expect(() => conserve({ ...tally, read: 16 })).toThrow(
      'read 16 = counted 5 + duplicate 4 + late 3 + rejected 2 + insights 1',
    )
  })
})
