import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HeldBytes } from '../../../../../src/event/framing/held-bytes.ts'

describe('HeldBytes', () => {
  it('gives back all pieces within its limit, and their beginning beyond', () => {
    const pieces = fc.array(fc.uint8Array({ maxLength: 3000 }), { maxLength: 6 })
    fc.assert(
      fc.property(pieces, fc.nat(9000), (all, limit) => {
        const held = new HeldBytes(limit)
        for (const piece of all) {
          held.append(piece)
          piece.fill(0)
        }
        const sizes = all.reduce((total, piece) => total + piece.length, 0)
        expect(held.size).toBe(sizes)
        expect(held.bytes?.length ?? null).toBe(sizes > limit ? null : sizes)
        expect(held.start.length).toBe(Math.min(4096, sizes))
      }),
    )
  })

  it('copies what it is given', () => {
    const held = new HeldBytes(10)
    const piece = Buffer.from('abc')
    held.append(piece)
    piece.fill('?')
    held.append(Buffer.from('def'))
    expect(held.bytes?.toString()).toBe('abcdef')
    expect(held.start.toString()).toBe('abcdef')
  })
})
