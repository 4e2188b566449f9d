import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ValueCapture } from '../../../../../src/event/framing/value-capture.ts'

const json = fc.json({ maxDepth: 4 }).filter((text) => !/^[-\d]/.test(text))
const size = fc.integer({ min: 1, max: 30 })

function capture(text: string, chunkBytes: number, limit: number) {
  const bytes = Buffer.from(text)
  const value = new ValueCapture(limit, bytes[0] ?? 0)
  let end = 0
  for (let at = 0; at < bytes.length && !value.isDone; at += chunkBytes) {
    const chunk = Buffer.from(bytes.subarray(at, at + chunkBytes))
    end = at + value.feed(chunk, 0)
    if (!value.isDone) chunk.fill('?')
  }
  return { value, end }
}

describe('ValueCapture', () => {
  it('ends exactly where the value does, and holds it', () => {
    fc.assert(
      fc.property(json, fc.string(), size, (text, rest, chunkBytes) => {
        const { value, end } = capture(`${text}${rest}`, chunkBytes, 10_000)
        expect(end).toBe(Buffer.byteLength(text))
        expect(value.bytes === null ? null : Buffer.from(value.bytes).toString()).toBe(text)
      }),
      { numRuns: 1000 },
    )
  })

  it('holds nothing beyond its limit, and ends there all the same', () => {
    fc.assert(
      fc.property(json, size, fc.nat(20), (text, chunkBytes, limit) => {
        const { value, end } = capture(`${text},1`, chunkBytes, limit)
        expect(end).toBe(Buffer.byteLength(text))
        expect(value.bytes === null).toBe(end > limit)
        const isKept = value.bytes !== null || Buffer.from(value.start).toString() === text
        expect(isKept).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  it('says where a long value stops being JSON', () => {
    const { value } = capture('{"a":[1,2,x]}', 4, 6)
    expect(value.invalidAt).toBe(10)
  })

  it.each([
    ['{"a":[1', null],
    ['{"a":x', 5],
    ['[tru', null],
    ['[1 2', 3],
  ])('tells whether %j is cut off or wrong', (text, place) => {
    expect(capture(text, 3, 1000).value.errorBeforeEnd()).toBe(place)
  })
})
