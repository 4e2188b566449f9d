import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readTrailFile } from '../../../../src/event/read-trail-file.ts'
import { FILE_LIMITS } from '../../../support/file-limits.ts'
import {
  callsOf,
  chunks,
  codesOf,
  readContent,
  recordsText,
  trailRecord,
} from '../../../support/trail-records.ts'

const CONTEXT = { account: null, stampMs: null, limits: FILE_LIMITS }
const GOOD = JSON.stringify(trailRecord(0))
const FILE = recordsText(GOOD, GOOD)

async function* failing(error: unknown, ...before: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of before) yield Buffer.from(text)
  throw error
}

describe('readTrailFile', () => {
  it('tells everything about a sound file', async () => {
    const stored = gzipSync(FILE)
    expect((await readContent(stored)).file).toEqual({
      outcome: 'done',
      code: null,
      message: null,
      framing: 'records',
      sha256: createHash('sha256').update(stored).digest('hex'),
      storedBytes: stored.length,
      inflatedBytes: FILE.length,
      records: 2,
    })
  })

  it.each([
    ['EACCES', 'NO_PERMISSION'],
    ['EPERM', 'NO_PERMISSION'],
    ['EIO', 'READ_FAILED'],
    ['EISDIR', 'READ_FAILED'],
  ])('reports %s of the source as %s', async (errno, code) => {
    const error = Object.assign(new Error(`${errno}: no luck`), { code: errno })
    const file = await readTrailFile(failing(error, FILE.slice(0, 600)), CONTEXT, () => {})
    expect(file).toMatchObject({
      outcome: 'failed',
      code,
      message: `${errno}: no luck`,
      sha256: null,
      storedBytes: 600,
    })
  })

  it('passes on what take throws, and lets go of the source', async () => {
    let isClosed = false
    async function* source(): AsyncGenerator<Uint8Array> {
      try {
        yield* chunks(Buffer.from(FILE.repeat(1000)), 300_000)
      } finally {
        isClosed = true
      }
    }
    const full = () => {
      throw new RangeError('no room')
    }
    await expect(readTrailFile(source(), CONTEXT, full)).rejects.toThrow('no room')
    expect(isClosed).toBe(true)
  })

  it('tells gzip though its two first bytes come apart, with empty chunks between', async () => {
    const stored = gzipSync(FILE)
    async function* apart(): AsyncGenerator<Uint8Array> {
      for (const [from, end] of [
        [0, 0],
        [0, 1],
        [1, 1],
        [1, undefined],
      ])
        yield stored.subarray(from, end)
    }
    expect(await readTrailFile(apart(), CONTEXT, () => {})).toMatchObject({
      outcome: 'done',
      records: 2,
    })
  })

  it('skips a file of a single byte', async () => {
    expect((await readContent('\u001f')).file).toMatchObject({
      code: 'NOT_CLOUDTRAIL',
      storedBytes: 1,
    })
  })

  it('gives the account of the path to what has none', async () => {
    const record = JSON.stringify(
      trailRecord(0, { recipientAccountId: undefined, userIdentity: null }),
    )
    const { readings } = await readContent(recordsText(record), { account: '999999999999' })
    expect(callsOf(readings).map((call) => call.account)).toEqual(['999999999999'])
  })
})

describe('readTrailFile, of damage', () => {
  it('says at which byte a document is damaged, from the beginning of the file', async () => {
    const text = `\ufeff${recordsText(GOOD, '{"a":tru}')}`
    const { message } = (await readContent(text)).file
    const at = Buffer.from(text).indexOf('tru}') + 3
    expect(message).toBe(`expected JSON, but at byte ${at} it stops being so`)
  })

  it('counts in a damaged document the records that can still be told', async () => {
    const text = `{"Records":[${GOOD},${GOOD}}},{"aws":{"x":${GOOD}}},${GOOD},${GOOD.slice(0, 200)}`
    const { file, readings } = await readContent(text)
    expect(file).toMatchObject({ outcome: 'failed', code: 'JSON_INVALID', records: 4 })
    expect(callsOf(readings)).toHaveLength(2)
  })
})

describe('readTrailFile, of what is long', () => {
  it('reads long lines, each a document, though the first is longer than the probe', async () => {
    const long = recordsText(...Array.from({ length: 600 }, () => GOOD))
    const { file, readings } = await readContent(`${long}\n${FILE}\n{oops\n${FILE}\n`)
    expect(long.length).toBeGreaterThan(256 * 1024)
    expect(file).toMatchObject({ outcome: 'partial', framing: 'lines', records: 605 })
    expect(codesOf(readings)).toEqual(['LINE_NOT_JSON'])
  })

  it('counts a line beyond the record limit whose records are within it', async () => {
    const limits = { recordBytes: 1500 }
    const text = `${GOOD}\n${recordsText(GOOD, GOOD, GOOD)}\n${GOOD}\n`
    const { file } = await readContent(text, { limits })
    expect(file).toMatchObject({ outcome: 'done', records: 5 })
  })

  it('drops what a long broken line gave, and tells of it once', async () => {
    const limits = { recordBytes: 1500 }
    const text = `${GOOD}\n${recordsText(GOOD, GOOD, GOOD).slice(0, -5)}\n${GOOD}\n`
    const { file, readings } = await readContent(text, { limits })
    expect(file).toMatchObject({ outcome: 'partial', records: 3 })
    expect(codesOf(readings)).toEqual(['LINE_NOT_JSON'])
  })

  it('rejects a line beyond all limits by its size', async () => {
    const limits = { recordBytes: 1500, wholeFileBytes: 4000 }
    const long = recordsText(...Array.from({ length: 10 }, () => GOOD))
    const { file, readings } = await readContent(`${GOOD}\n${long}\n${GOOD}`, { limits })
    expect(file).toMatchObject({ outcome: 'done', records: 3 })
    expect(codesOf(readings)).toEqual(['RECORD_TOO_LARGE'])
  })

  it('rejects a bare record beyond the limit, alone in its file', async () => {
    const { file, readings } = await readContent(GOOD, { limits: { recordBytes: 300 } })
    expect(file).toMatchObject({ outcome: 'done', framing: 'single', records: 1 })
    expect(codesOf(readings)).toEqual(['RECORD_TOO_LARGE'])
  })

  it('refuses a plain file beyond limits.inflatedBytes', async () => {
    const { file } = await readContent(FILE, { limits: { inflatedBytes: 500 } })
    expect(file).toMatchObject({ outcome: 'failed', code: 'TOO_LARGE', sha256: null })
  })
})
