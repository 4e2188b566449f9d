import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fault } from '../../../../../src/base/fault.ts'
import { openCursor, sealCursor } from '../../../../../src/http/query/cursor.ts'

const key = Buffer.alloc(32, 7)
const anyPlace = fc.record({ after: fc.string({ unit: 'binary' }), nowMs: fc.nat() })

describe('cursors', () => {
  it('give back the place they were sealed with, and stand in a URL as they are', () => {
    fc.assert(
      fc.property(fc.string(), anyPlace, (question, place) => {
        const cursor = sealCursor(key, question, place)
        expect(openCursor(key, question, cursor)).toEqual(place)
        expect(cursor).toMatch(/^[\w-]+\.[\w-]+$/)
      }),
      { seed: 7 },
    )
  })

  it('open with no other key, for no other question, and with nothing changed', () => {
    const other = Buffer.alloc(32, 8)
    fc.assert(
      fc.property(fc.string(), anyPlace, fc.string({ minLength: 1 }), (question, place, more) => {
        const cursor = sealCursor(key, question, place)
        expect(() => openCursor(other, question, cursor)).toThrow(Fault)
        expect(() => openCursor(key, question + more, cursor)).toThrow(Fault)
        expect(() => openCursor(key, question, cursor + more)).toThrow(Fault)
        expect(() => openCursor(key, question, more + cursor)).toThrow(Fault)
        expect(() => openCursor(key, question, cursor.slice(0, -1))).toThrow(Fault)
      }),
      { seed: 7 },
    )
  })

  it('are refused where they are any text at all', () => {
    const anyText = fc.oneof(
      fc.string(),
      fc.constantFrom('', '.', 'W10.', '.AAAAAAAAAAAAAAAAAAAAAA'),
    )
    fc.assert(
      fc.property(anyText, (cursor) => {
        expect(() => openCursor(key, '', cursor)).toThrow('begin again without cursor')
      }),
      { seed: 7 },
    )
  })
})
