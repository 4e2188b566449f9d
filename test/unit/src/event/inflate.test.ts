import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inflate } from '../../../../src/event/inflate.ts'
import { InflateRoom } from '../../../../src/event/inflate-room.ts'
import { StopReading } from '../../../../src/event/stop-reading.ts'
import { FILE_LIMITS } from '../../../support/file-limits.ts'

/** One for all, as a reader has: what was in it before must not matter. */
const ROOM = new InflateRoom()

async function inflated(stored: Buffer, limits = {}): Promise<string> {
  const chunks: Buffer[] = []
  try {
    await inflate(
      stored,
      { ...FILE_LIMITS, ...limits },
      { room: ROOM, push: (chunk) => chunks.push(Buffer.from(chunk)) },
    )
    return Buffer.concat(chunks).toString()
  } catch (cause) {
    if (cause instanceof StopReading) return cause.code
    throw cause
  }
}

function changed(stored: Buffer, at: number): Buffer {
  const copy = Buffer.from(stored)
  const place = (at + copy.length) % copy.length
  copy[place] = (copy[place] ?? 0) ^ 1
  return copy
}

const HELLO = gzipSync('hello ')
const WORLD = gzipSync('world')

describe('inflate', () => {
  it.each([
    ['one member', [HELLO], 'hello '],
    ['two members', [HELLO, WORLD], 'hello world'],
    ['an empty member between', [HELLO, gzipSync(''), WORLD], 'hello world'],
    ['no content', [gzipSync('')], ''],
    ['a member after zero bytes', [HELLO, Buffer.alloc(5), WORLD], 'GZIP_CORRUPT'],
    ['zero bytes after it', [HELLO, Buffer.alloc(8)], 'GZIP_CORRUPT'],
    ['text after it', [HELLO, Buffer.from('{"Records":[]}')], 'GZIP_CORRUPT'],
    ['a wrong checksum', [changed(HELLO, -8)], 'GZIP_CORRUPT'],
    ['a wrong length', [changed(HELLO, -4)], 'GZIP_CORRUPT'],
    ['a wrong checksum in the second member', [HELLO, changed(WORLD, -8)], 'GZIP_CORRUPT'],
    ['another method', [changed(HELLO, 2)], 'GZIP_CORRUPT'],
    ['no trailer', [HELLO.subarray(0, -8)], 'GZIP_CUT_OFF'],
    ['half a trailer', [HELLO.subarray(0, -1)], 'GZIP_CUT_OFF'],
    ['half a header', [HELLO.subarray(0, 5)], 'GZIP_CUT_OFF'],
    ['only the mark', [HELLO.subarray(0, 2)], 'GZIP_CUT_OFF'],
    ['a second member cut off', [HELLO, WORLD.subarray(0, 9)], 'GZIP_CUT_OFF'],
    ['the first byte of a second member', [HELLO, WORLD.subarray(0, 1)], 'GZIP_CUT_OFF'],
  ])('reads %s', async (_title, parts, expected) => {
    expect(await inflated(Buffer.concat(parts))).toBe(expected)
  })

  it('gives back whatever was packed, at once or as a stream', async () => {
    const parts = fc.array(fc.string({ maxLength: 3000 }), { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(parts, async (texts) => {
        const stored = Buffer.concat(texts.map((text) => gzipSync(text)))
        expect(await inflated(stored)).toBe(Buffer.from(texts.join('')).toString())
      }),
    )
  })

  it('streams what is larger than it inflates at once', async () => {
    const [mebibyte, parts] = [1024 * 1024, 70]
    const content = Buffer.from('0123456789abcdef'.repeat(mebibyte / 16))
    const stored = gzipSync(content)
    let size = 0
    await inflate(
      Buffer.concat(Array.from({ length: parts }, () => stored)),
      { ...FILE_LIMITS, inflateRatio: 5000 },
      {
        room: ROOM,
        push: (chunk) => {
          size += chunk.length
          expect(chunk.length).toBeLessThanOrEqual(mebibyte / 4)
        },
      },
    )
    expect(size).toBe(mebibyte * parts)
  })

  it('refuses more than limits.inflatedBytes, whatever the trailer says', async () => {
    const stored = gzipSync(Buffer.alloc(10_000, 'a'))
    expect(await inflated(stored, { inflatedBytes: 9_999 })).toBe('GZIP_BOMB')
    expect(await inflated(stored, { inflatedBytes: 10_000 })).toHaveLength(10_000)
  })

  it('passes on what the taker throws', async () => {
    const push = () => {
      throw new RangeError('full')
    }
    await expect(inflate(HELLO, FILE_LIMITS, { room: ROOM, push })).rejects.toThrow('full')
  })
})
