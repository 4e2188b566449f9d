import { describe, expect, it } from 'vitest'
import { Places } from '../../../../../src/event/table/places.ts'

describe('Places', () => {
  it('gives each number the next place where its table first meets it', () => {
    const places = new Places()
    places.clear()
    expect([7, 1000, 7, 0, 1000].map((number) => places.placeOf(number))).toEqual([0, 1, 0, 2, 1])
    expect(places.numbers).toEqual([7, 1000, 0])
  })

  it('begins anew with every table', () => {
    const places = new Places()
    places.clear()
    for (let number = 0; number < 200; number++) places.placeOf(number)
    places.clear()
    expect([150, 3].map((number) => places.placeOf(number))).toEqual([0, 1])
    expect(places.numbers).toEqual([150, 3])
  })
})
