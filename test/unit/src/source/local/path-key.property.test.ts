import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { joinPath, keyFromPath, pathFromKey } from '../../../../../src/source/local/path-key.ts'

/** Bytes of a name: anything but `/` and NUL, and neither `.` nor `..`. */
const name = fc
  .array(
    fc.integer({ min: 1, max: 255 }).filter((byte) => byte !== 0x2f),
    { minLength: 1, maxLength: 12 },
  )
  .map((bytes) => Buffer.from(bytes).toString('latin1'))
  .filter((text) => text !== '.' && text !== '..')

describe('keyFromPath', () => {
  it('names every absolute path so that pathFromKey finds its bytes again', () => {
    fc.assert(
      fc.property(fc.array(name, { maxLength: 4 }), (names) => {
        const path = names.reduce(joinPath, Buffer.from('/'))
        expect(pathFromKey(keyFromPath(path))).toEqual(path)
      }),
    )
  })

  it('is the path itself where that is text', () => {
    expect(keyFromPath(Buffer.from('/logs/äöü %41'))).toBe('/logs/äöü %41')
  })

  it('escapes what is no text', () => {
    expect(keyFromPath(joinPath(Buffer.from('/a b'), '\xff.json'))).toBe('file:///a%20b/%FF.json')
  })
})

describe('pathFromKey', () => {
  it('takes the file URL of a text path as well', () => {
    expect(pathFromKey('file:///logs/a%20b/ü').toString()).toBe('/logs/a b/ü')
  })
})
