import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { simulate } from '../../src/index.ts'

/** Trail files on disk. */
export interface Trail {
  readonly paths: readonly string[]
  readonly eventCount: number
  readonly rawBytes: number
  readonly storedBytes: number
}

/** Bytes that do not compress, a record: of session tokens and ids, which real records have more of. */
const RANDOM_BYTES = 115

/** Records of a made-up company as texts, of the size and density of real ones: 1.6 kB each, about 6 : 1 in gzip. */
export function* recordTexts(seed: number): Generator<string> {
  let at = 0
  const options = { seed, startMs: Date.UTC(2026, 8, 7), days: 3, scale: 3 }
  for (const { text } of simulate(options).files()) {
    const { Records } = JSON.parse(text) as { readonly Records: readonly object[] }
    for (const record of Records) {
      const token = randomText(seed, at++)
      yield JSON.stringify(record).replace('"eventVersion"', `"token":"${token}","eventVersion"`)
    }
  }
}

/** Writes records to gzip files of these numbers of records, over and over, until there are none left. */
export function writeTrail(
  folder: string,
  records: Iterable<string>,
  sizes: readonly number[],
): Trail {
  mkdirSync(folder, { recursive: true })
  const paths: string[] = []
  const trail = { paths, eventCount: 0, rawBytes: 0, storedBytes: 0 }
  let file: string[] = []
  for (const record of records) {
    file.push(record)
    if (file.length < (sizes[paths.length % sizes.length] ?? 1)) continue
    const text = `{"Records":[${file.join(',')}]}`
    const stored = gzipSync(text)
    const path = join(folder, `${String(paths.length).padStart(5, '0')}.json.gz`)
    writeFileSync(path, stored)
    paths.push(path)
    trail.eventCount += file.length
    trail.rawBytes += Buffer.byteLength(text)
    trail.storedBytes += stored.length
    file = []
  }
  return trail
}

function randomText(seed: number, at: number): string {
  const blocks = Array.from({ length: Math.ceil(RANDOM_BYTES / 32) }, (_, block) =>
    createHash('sha256').update(`${seed} ${at} ${block}`).digest(),
  )
  return Buffer.concat(blocks).subarray(0, RANDOM_BYTES).toString('base64')
}
