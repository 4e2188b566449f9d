import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readBytes, readSmall } from '../../../../../src/source/local/read-bytes.ts'

const MEBIBYTE = 1024 * 1024
let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'read-bytes-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function placeOf(name: string, content?: Buffer) {
  const path = join(root, name)
  if (content !== undefined) writeFileSync(path, content)
  return { latin1: path, follow: false }
}

describe('readSmall', () => {
  it.each([1, 10_000, MEBIBYTE, 3 * MEBIBYTE, 2])(
    'gives all %i bytes, as readBytes does',
    async (size) => {
      const place = placeOf('file', Buffer.alloc(size, 'bytes'))
      const chunks: Uint8Array[] = []
      for await (const chunk of readBytes(place)) chunks.push(chunk)
      expect(Buffer.concat(chunks).equals(readSmall(place) ?? Buffer.alloc(0))).toBe(true)
    },
  )

  it('leaves to readBytes what is larger, empty, gone, no file, or a link', () => {
    expect(readSmall(placeOf('large', Buffer.alloc(8 * MEBIBYTE + 1)))).toBeNull()
    expect(readSmall(placeOf('empty', Buffer.alloc(0)))).toBeNull()
    expect(readSmall(placeOf('gone'))).toBeNull()
    expect(readSmall({ latin1: root, follow: false })).toBeNull()
    const { latin1 } = placeOf('there', Buffer.alloc(5))
    symlinkSync(latin1, join(root, 'link'))
    expect(readSmall(placeOf('link'))).toBeNull()
    expect(readSmall({ ...placeOf('link'), follow: true })?.length).toBe(5)
  })
})
