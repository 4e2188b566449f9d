import { deflateRawSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { inflateMember } from '../../../../../src/source/digest/inflate-member.ts'

const text = 'a line of a log\n'.repeat(20_000)
const packed = gzipSync(text)

async function inflated(stored: Buffer, { pieceBytes = 1000, mostBytes = 1e6 } = {}) {
  const pieces: Uint8Array[] = []
  async function* chunks() {
    for (let at = 0; at < stored.length; at += pieceBytes)
      yield stored.subarray(at, at + pieceBytes)
  }
  const result = await inflateMember(chunks(), mostBytes, (piece) => pieces.push(piece))
  return { ...result, text: Buffer.concat(pieces).toString() }
}

/** A header with every optional part RFC 1952 has. */
function fullHeader(): Buffer {
  const flags = 2 | 4 | 8 | 16
  return Buffer.concat([
    Buffer.from([0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 3]),
    Buffer.from([5, 0, 1, 2, 3, 4, 5]),
    Buffer.from('name.json\0a comment\0'),
    Buffer.from([7, 7]),
  ])
}

describe('inflateMember', () => {
  it.each([1, 7, 64, 1e6])(
    'inflates one member, however it comes: %i bytes at a time',
    async (pieceBytes) => {
      expect(await inflated(packed, { pieceBytes })).toEqual({ kind: 'whole', text })
    },
  )

  it.each([1, 30, 1e6])(
    'passes over what a header may hold, %i bytes at a time',
    async (pieceBytes) => {
      const stored = Buffer.concat([fullHeader(), deflateRawSync(text), packed.subarray(-8)])
      expect(await inflated(stored, { pieceBytes })).toEqual({ kind: 'whole', text })
    },
  )

  it.each([1, 1000, packed.length, 1e6])(
    'tells what follows, %i bytes at a time',
    async (pieceBytes) => {
      const stored = Buffer.concat([packed, gzipSync('more')])
      const { kind } = await inflated(stored, { pieceBytes })
      expect(kind).toBe('trailing')
    },
  )

  it.each([
    { title: 'nothing', stored: Buffer.alloc(0), words: /header/ },
    { title: 'a header alone', stored: packed.subarray(0, 10), words: /gzip data/ },
    { title: 'half of the data', stored: packed.subarray(0, 300), words: /gzip data/ },
    { title: 'half of the trailer', stored: packed.subarray(0, -4), words: /trailer/ },
    {
      title: 'a trailer of another content',
      stored: Buffer.concat([packed.subarray(0, -8), gzipSync('other').subarray(-8)]),
      words: /checksum/,
    },
    {
      title: 'a block type that is none',
      stored: Buffer.concat([packed.subarray(0, 10), Buffer.from([0xff, 0xff, 0xff])]),
      words: /invalid block type/,
    },
  ])('takes $title for damaged', async ({ stored, words }) => {
    expect(await inflated(stored)).toMatchObject({
      kind: 'damaged',
      words: expect.stringMatching(words),
    })
  })

  it('passes plain bytes on', async () => {
    expect(await inflated(Buffer.from(text))).toEqual({ kind: 'whole', text })
  })

  it('stops where it grows too large', async () => {
    const result = await inflated(gzipSync(Buffer.alloc(5e6)), { mostBytes: 1e6 })
    expect(result.kind).toBe('large')
    expect(result.text.length).toBeLessThanOrEqual(1e6)
  })
})
