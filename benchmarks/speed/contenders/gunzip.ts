import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { Outcome, Task } from '../measure/sample.ts'
import { trailPaths } from './trail-paths.ts'

/** Inflates and forgets: what nobody who reads trail files can do without. */
export function gunzip({ folder }: Task): Outcome {
  for (const path of trailPaths(folder)) inflated(path)
  return {}
}

/** A file's bytes, inflated into memory of the size its trailer names: the fastest way Node has. */
export function inflated(path: string): Buffer {
  const stored = readFileSync(path)
  return gunzipSync(stored, {
    chunkSize: Math.max(64, stored.readUInt32LE(stored.length - 4) + 64),
  })
}
