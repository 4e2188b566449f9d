import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { DAMAGES } from '../../src/event/api-call.ts'
import { MALFORMED, type MalformedCase } from '../support/malformed-corpus.ts'
import { callsOf, codesOf, readContent } from '../support/trail-records.ts'

describe('readTrailFile, of bad and odd files', () => {
  it.each(MALFORMED)('$title: $outcome', async (file: MalformedCase) => {
    const read = await readContent(file.content, file)
    expect(read.file).toMatchObject({ outcome: file.outcome, code: file.code ?? null })
    if (file.calls !== undefined) expect(callsOf(read.readings)).toHaveLength(file.calls)
    if (file.outcome !== 'failed') expect(codesOf(read.readings)).toEqual(file.rejections ?? [])
    const isNamed = callsOf(read.readings).every((call) => call.eventName === 'RunInstances')
    expect(isNamed).toBe(true)
  })

  it.each(MALFORMED)('$title: the same in chunks of a hundred bytes', async (file) => {
    // How much is read of what is too large depends on the chunks.
    if (file.code === 'TOO_LARGE' || file.content.length > 1_000_000) return
    const whole = await readContent(file.content, { ...file, chunkBytes: 2 ** 30 })
    expect(await readContent(file.content, { ...file, chunkBytes: 100 })).toEqual(whole)
  })

  it.each(MALFORMED.filter((file) => file.outcome === 'failed'))(
    '$title: says why, and where',
    async (file) => {
      const { message, code } = (await readContent(file.content, file)).file
      expect(Object.keys(DAMAGES)).toContain(code)
      expect(message).toMatch(/\w+ \w+/)
    },
  )

  it('hashes what is stored, whatever becomes of it', async () => {
    for (const { content, limits, outcome } of MALFORMED) {
      if (limits !== undefined) continue
      const { sha256, storedBytes } = (await readContent(content)).file
      const bytes = Buffer.from(content)
      expect({ outcome, sha256, storedBytes }).toEqual({
        outcome,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        storedBytes: bytes.length,
      })
    }
  })

  it('leaves Object.prototype as it was', async () => {
    const before = Object.getOwnPropertyNames(Object.prototype)
    for (const file of MALFORMED) await readContent(file.content, file)
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before)
  })
})
