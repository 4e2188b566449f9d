import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clip, decode, sampleOf } from '../../../../../src/event/fields/text.ts'

const ANY_TEXT = fc.string({ unit: 'binary', maxLength: 60 })

describe('clip', () => {
  it.each([
    ['short', 1024, 'short'],
    ['äöü', 4, 'äö'],
    ['äöü', 5, 'äö'],
    ['a😀b', 4, 'a'],
    ['a😀b', 5, 'a😀'],
    ['a\ud800b', 100, 'a\ufffdb'],
    ['\udc00', 100, '\ufffd'],
  ])('of %j to %i bytes gives %j', (text, maxBytes, expected) => {
    expect(clip(text, maxBytes)).toBe(expected)
  })

  it('never takes more bytes than allowed, and gives a beginning that survives UTF-8', () => {
    fc.assert(
      fc.property(ANY_TEXT, fc.nat(80), (text, maxBytes) => {
        const clipped = clip(text, maxBytes)
        expect(Buffer.byteLength(clipped)).toBeLessThanOrEqual(maxBytes)
        expect(Buffer.from(clipped).toString()).toBe(clipped)
        expect(Buffer.from(text).toString().startsWith(clipped)).toBe(true)
      }),
    )
  })
})

describe('sampleOf', () => {
  it('keeps the first 4 KiB of bytes and of text alike', () => {
    const text = `${'ä'.repeat(3000)}`
    expect(sampleOf(Buffer.from(text))).toBe('ä'.repeat(2048))
    expect(sampleOf(text)).toBe('ä'.repeat(2048))
  })

  it('stays within 4 KiB where invalid bytes each become three', () => {
    expect(Buffer.byteLength(sampleOf(Buffer.alloc(9000, 0xff)))).toBeLessThanOrEqual(4096)
  })
})

describe('decode', () => {
  it('reads invalid UTF-8 as TextDecoder does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const expected = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
        expect(decode(bytes)).toBe(expected)
      }),
      { numRuns: 1000 },
    )
  })
})
