// Run by a test in a process of its own: reads one hostile file, made as it is read, and prints what became of it.
import { createGzip, gzipSync } from 'node:zlib'
import { readTrailFile } from '../../src/event/read-trail-file.ts'
import { FILE_LIMITS } from './file-limits.ts'
import { recordsText, trailRecord } from './trail-records.ts'

const MEBIBYTE = 1024 * 1024
const GOOD = JSON.stringify(trailRecord(1))

/** 10 GiB of zeros in 10 MB: a member of 10 MiB, a thousand and 24 times. */
async function* bombOfMembers(): AsyncGenerator<Uint8Array> {
  const member = gzipSync(Buffer.alloc(10 * MEBIBYTE), { level: 9 })
  for (let at = 0; at < 1024; at++) yield member
}

/** One member without end: its header, then one flushed block of zeros over and over. */
async function* bombOfBlocks(): AsyncGenerator<Uint8Array> {
  const blocks = await flushedBlocks([Buffer.alloc(MEBIBYTE), Buffer.alloc(MEBIBYTE)])
  yield blocks[0] ?? Buffer.alloc(0)
  for (let at = 0; at < 10 * 1024; at++) yield blocks[1] ?? Buffer.alloc(0)
}

/** 10 GiB of blanks inside a document that begins as CloudTrail's do. */
async function* bombOfBlanks(): AsyncGenerator<Uint8Array> {
  const start = Buffer.from(`{"Records":[${GOOD},`)
  const blocks = await flushedBlocks([start, Buffer.alloc(MEBIBYTE, ' ')])
  yield blocks[0] ?? Buffer.alloc(0)
  for (let at = 0; at < 10 * 1024; at++) yield blocks[1] ?? Buffer.alloc(0)
}

/** The bytes that gzip gives for each piece when flushed after it; the window is forgotten at each. */
async function flushedBlocks(pieces: readonly Buffer[]): Promise<readonly Buffer[]> {
  const gzip = createGzip({ level: 9 })
  const blocks: Buffer[] = []
  for (const piece of pieces) {
    gzip.write(piece)
    await new Promise<void>((resolve) => gzip.flush(3, resolve))
    blocks.push(gzip.read() as Buffer)
  }
  gzip.destroy()
  return blocks
}

/** A record of 64 MB between two good ones. */
async function* longRecord(): AsyncGenerator<Uint8Array> {
  const [before, after] = JSON.stringify(trailRecord(2, { requestParameters: '#' })).split('#')
  const piece = Buffer.alloc(64 * 1024, 'x')
  yield Buffer.from(`{"Records":[${GOOD},${before}`)
  for (let at = 0; at < 1024; at++) yield piece
  yield Buffer.from(`${after},${GOOD}]}`)
}

/** The same as JSON lines. */
async function* longLine(): AsyncGenerator<Uint8Array> {
  const [before, after] = JSON.stringify(trailRecord(2, { requestParameters: '#' })).split('#')
  const piece = Buffer.alloc(64 * 1024, 'x')
  yield Buffer.from(`${GOOD}\n${before}`)
  for (let at = 0; at < 1024; at++) yield piece
  yield Buffer.from(`${after}\n${GOOD}\n`)
}

/** 400 MB of honest records in one document, packed 6:1. */
async function* longFile(): AsyncGenerator<Uint8Array> {
  const noise = Array.from({ length: 50 }, (_, at) => (at * 7_919_777_777).toString(36)).join()
  const many = Array.from({ length: 300 }, (_, at) =>
    JSON.stringify(trailRecord(at, { requestParameters: noise.slice(at) })),
  )
  yield gzipSync('{"Records":[')
  const piece = gzipSync(`${many.join(',')},`)
  for (let at = 0; at < 1200; at++) yield piece
  yield gzipSync(`${recordsText(GOOD).slice('{"Records":['.length)}`)
}

const FILES = { bombOfMembers, bombOfBlocks, bombOfBlanks, longRecord, longLine, longFile }

async function main(name: string): Promise<void> {
  const context = { account: null, stampMs: null, limits: FILE_LIMITS }
  const counts = { call: 0, rejected: 0, insight: 0 }
  // Everything is loaded and warm before the measurement.
  await readTrailFile(once(Buffer.from(recordsText(GOOD))), context, () => {})
  const idle = process.memoryUsage.rss()
  const start = performance.now()
  const make = FILES[name as keyof typeof FILES]
  const file = await readTrailFile(make(), context, (reading) => counts[reading.kind]++)
  const peak = process.resourceUsage().maxRSS * 1024
  const seconds = (performance.now() - start) / 1000
  process.stdout.write(JSON.stringify({ file, counts, seconds, extraMb: (peak - idle) / 1e6 }))
}

async function* once(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes
}

await main(process.argv[2] ?? '')
