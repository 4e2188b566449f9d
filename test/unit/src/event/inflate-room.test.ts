import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { InflateRoom } from '../../../../src/event/inflate-room.ts'

const MEBIBYTE = 1024 * 1024
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')

describe('an inflate room', () => {
  it.each([1, 63, 64, 65, 70_000, MEBIBYTE, 3 * MEBIBYTE, 9 * MEBIBYTE])(
    'inflates %i bytes, and what is shorter after them',
    (size) => {
      const room = new InflateRoom()
      for (const text of ['x'.repeat(size), 'y'.repeat(Math.ceil(size / 2))]) {
        const stored = gzipSync(text)
        const { content, storedBytes } = room.inflate(stored, text.length)
        expect(textOf(content) === text).toBe(true)
        expect(storedBytes).toBe(stored.length)
      }
    },
  )

  it('takes the same memory again for files alike, and gives a large one its own', () => {
    const room = new InflateRoom()
    const memoryOf = (size: number) => {
      const { content } = room.inflate(gzipSync(Buffer.alloc(size, size % 7)), size)
      return content.buffer
    }
    const first = memoryOf(300_000)
    expect(memoryOf(700_000)).toBe(first)
    expect(memoryOf(9 * MEBIBYTE)).not.toBe(first)
    expect(memoryOf(5)).toBe(first)
  })

  it('says where a member ends, refuses what is longer or damaged, and goes on', () => {
    const room = new InflateRoom()
    const stored = gzipSync('hello')
    expect(room.inflate(Buffer.concat([stored, Buffer.alloc(3)]), 5).storedBytes).toBe(
      stored.length,
    )
    expect(() => room.inflate(stored, 4)).toThrow()
    const damaged = Buffer.from(stored)
    damaged[12] = (damaged[12] ?? 0) ^ 0xff
    expect(() => room.inflate(damaged, 5)).toThrow()
    expect(() => room.inflate(stored.subarray(0, 12), 5)).toThrow()
    expect(textOf(room.inflate(stored, 5).content)).toBe('hello')
  })
  it('inflates into room that it is given, one byte more than the content, and into its own where there is none', () => {
    const given = new Uint8Array(100)
    const room = new InflateRoom((size) => (size > 99 ? null : given.subarray(1, 1 + size)))
    const short = room.inflate(gzipSync('x'.repeat(98)), 98).content
    expect([short.buffer, short.byteOffset, textOf(short)]).toEqual([
      given.buffer,
      1,
      'x'.repeat(98),
    ])
    const long = room.inflate(gzipSync('y'.repeat(99)), 99).content
    expect(long.buffer).not.toBe(given.buffer)
    expect(textOf(long)).toBe('y'.repeat(99))
  })

  it('inflates several members, one after the other', () => {
    const room = new InflateRoom()
    const stored = Buffer.concat([gzipSync('one'), gzipSync('two')])
    for (let time = 0; time < 2; time++) {
      const { content, storedBytes } = room.inflate(stored, 6)
      expect([textOf(content), storedBytes]).toEqual(['onetwo', stored.length])
    }
  })
})
