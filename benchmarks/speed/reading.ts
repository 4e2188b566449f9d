import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { localFiles, readTrailFile, settingsFrom, TrailReader } from '../../src/index.ts'
import type { Work } from './measure.ts'
import { parseAndCount } from './peer.ts'

const context = { account: null, stampMs: null, limits: settingsFrom(null).limits }

/** Reading files, from the least that can be done to the definition that all must agree with. */
export function reading(folder: string, paths: readonly string[]): Work {
  const reader = new TrailReader()
  return {
    'gunzip + JSON.parse + count (peer)': () => parseAndCount(paths),
    'gunzip alone, sized from the trailer': () => inflateAll(paths),
    'count: bytes to tables, as a run does': () => scanAll(reader, folder),
    'plain reader: bytes to calls': () => readAll(folder),
  }
}

function inflateAll(paths: readonly string[]): void {
  for (const path of paths) {
    const stored = readFileSync(path)
    const size = stored.readUInt32LE(stored.length - 4)
    gunzipSync(stored, { chunkSize: size + 1, maxOutputLength: size })
  }
}

async function scanAll(reader: TrailReader, folder: string): Promise<void> {
  for await (const entry of localFiles([folder]).list())
    if (entry.kind === 'object') await reader.read(entry.open(), context)
}

async function readAll(folder: string): Promise<void> {
  for await (const entry of localFiles([folder]).list())
    if (entry.kind === 'object') await readTrailFile(entry.open(), context, () => {})
}
