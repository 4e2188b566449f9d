import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { FileContext } from '../../src/event/api-call.ts'
import { readTrailFile } from '../../src/event/read-trail-file.ts'
import { DocumentScanner } from '../../src/event/scan/document-scanner.ts'
import { TakingsBuilder } from '../../src/event/table/takings.ts'
import { TrailReader } from '../../src/event/trail-reader.ts'
import { contentsOf } from '../support/call-rows.ts'
import { FILE_LIMITS } from '../support/file-limits.ts'
import { MALFORMED } from '../support/malformed-corpus.ts'
import { chunks, recordsText, trailRecord } from '../support/trail-records.ts'

const CONTEXT = { account: null, stampMs: null, limits: FILE_LIMITS }
const TRAILS = join(import.meta.dirname, '../fixtures/trails')
const FIXTURES = readdirSync(TRAILS, { recursive: true, encoding: 'utf8' }).filter((path) =>
  /\.(json|gz|csv|jsonl)$/.test(path),
)
const isGzip = (stored: Buffer) => stored[0] === 0x1f && stored[1] === 0x8b

async function expectAlike(
  stored: Buffer,
  context: FileContext,
  reader = new TrailReader(),
): Promise<void> {
  const takings = new TakingsBuilder()
  const file = await readTrailFile(chunks(stored), context, (reading) => takings.take(reading))
  const contents = contentsOf(takings.build())
  const read = await reader.read(chunks(stored), context)
  expect(read.file).toEqual(file)
  const isKept = file.outcome === 'done' || file.outcome === 'partial'
  if (isKept) expect(contentsOf(read.takings)).toEqual(contents)
  const atOnce = reader.readAtOnce(stored, context)
  if (atOnce === null) return
  expect(atOnce.file).toEqual(file)
  if (isKept) expect(contentsOf(atOnce.takings)).toEqual(contents)
}

describe('TrailReader', () => {
  it('finds in every published trail what the plain reader finds', async () => {
    const reader = new TrailReader()
    for (const path of FIXTURES)
      await expectAlike(readFileSync(join(TRAILS, path)), CONTEXT, reader)
  })

  it('scans nearly all published files of records', () => {
    const scanner = new DocumentScanner()
    const contents = FIXTURES.map((path) => readFileSync(join(TRAILS, path)))
      .map((stored) => (isGzip(stored) ? gunzipSync(stored) : stored))
      .filter((content) => /^\s*\{\s*"Records"/.test(content.toString('utf8')))
    const scanned = contents.filter((content) => scanner.read(content, CONTEXT) !== null)
    expect(contents.length).toBeGreaterThan(50)
    expect(scanned.length).toBe(contents.length)
  })

  it.each(MALFORMED)('ends as the plain reader does: $title', async ({ content, ...options }) => {
    const limits = { ...FILE_LIMITS, ...options.limits }
    const context = { account: null, stampMs: options.stampMs ?? null, limits }
    await expectAlike(Buffer.from(content), context)
    if (options.limits === undefined) await expectAlike(gzipSync(content), context)
  })

  it('reads files of any size in any order', async () => {
    const reader = new TrailReader()
    for (const count of [1, 5000, 3, 20_000, 100]) {
      const records = Array.from({ length: count }, (_, at) => JSON.stringify(trailRecord(at)))
      await expectAlike(gzipSync(recordsText(...records)), CONTEXT, reader)
    }
  })

  it('reads at once what is gzip, sound and within the limits, and nothing else', () => {
    const reader = new TrailReader()
    const content = Buffer.from(recordsText(JSON.stringify(trailRecord(1))))
    const stored = gzipSync(content)
    expect(reader.readAtOnce(stored, CONTEXT)?.file).toMatchObject({ outcome: 'done', records: 1 })
    expect(reader.readAtOnce(content, CONTEXT)).toBeNull()
    expect(reader.readAtOnce(stored.subarray(0, -9), CONTEXT)).toBeNull()
    const limits = { ...FILE_LIMITS, storedBytes: stored.length - 1 }
    expect(reader.readAtOnce(stored, { ...CONTEXT, limits })).toBeNull()
  })

  it('gives a document to the plain reader whole, though its names moved the memory it was inflated into', async () => {
    const agent = (at: number) => `agent-${at}-${'x'.repeat(500)}`
    const records = Array.from({ length: 5000 }, (_, at) =>
      JSON.stringify({ ...trailRecord(at), userAgent: agent(at) }),
    )
    const reader = new TrailReader()
    for (const text of [recordsText(...records), `\ufeff${recordsText(...records)}`])
      for (const end of ['', ' {}']) await expectAlike(gzipSync(text + end), CONTEXT, reader)
  })

  it('checks what does not count as well where it is told to be strict', async () => {
    const broken = JSON.stringify(trailRecord(0)).replace('"ami-1"', '01.e')
    const stored = gzipSync(recordsText(broken))
    const reader = new TrailReader()
    const lenient = await reader.read(chunks(stored), CONTEXT)
    expect(lenient.file).toMatchObject({ outcome: 'done', records: 1 })
    const strict = await reader.read(chunks(stored), { ...CONTEXT, strictJson: true })
    expect(strict.file).toMatchObject({ outcome: 'failed', code: 'JSON_INVALID' })
  })

  it('holds the bytes of a plain file until it has ended, up to a limit', async () => {
    const records = Array.from({ length: 80_000 }, (_, at) => JSON.stringify(trailRecord(at)))
    await expectAlike(Buffer.from(recordsText(...records)), CONTEXT)
    await expectAlike(Buffer.from(recordsText(...records.slice(0, 4000))), CONTEXT)
  }, 60_000)
})
