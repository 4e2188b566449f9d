import { expect, it } from 'vitest'
import { jsonFrom, jsonTo } from '../../../../../../src/store/sqlite/names/stored-json.ts'

it('brings back every number, infinite ones too', () => {
  const value = {
    surprise: Number.POSITIVE_INFINITY,
    low: -0.1,
    terms: [Number.NEGATIVE_INFINITY, 'x', null],
  }
  expect(jsonFrom(jsonTo(value))).toEqual(value)
  expect(jsonFrom(jsonTo(Number.NaN))).toBeNaN()
})

it('keeps what is not there as null', () => {
  expect(jsonFrom(jsonTo(undefined))).toBeNull()
})
