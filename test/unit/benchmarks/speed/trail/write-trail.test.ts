import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { month, SCALES } from '../../../../../benchmarks/shapes.ts'
import { count } from '../../../../../benchmarks/speed/contenders/count.ts'
import { jsonParse } from '../../../../../benchmarks/speed/contenders/json-parse.ts'
import { trailPaths } from '../../../../../benchmarks/speed/contenders/trail-paths.ts'
import { writeTrail } from '../../../../../benchmarks/speed/trail/write-trail.ts'
import { parseObjectName } from '../../../../../src/source/object-name.ts'

const root = mkdtempSync(join(tmpdir(), 'offtrail-'))
afterAll(() => rmSync(root, { recursive: true }))
const shape = { ...month(SCALES.small, 1), events: 2000 }
const trail = writeTrail('month', shape, root)

describe('writeTrail', () => {
  it('knows what is in it without reading it: our reader and JSON.parse find the same', async () => {
    const task = { folder: trail.folder, threads: 1 }
    expect(jsonParse(task).digest).toEqual(trail.digest)
    expect((await count(task)).digest).toEqual(trail.digest)
    expect(trail.digest.events).toBe(shape.events + trail.repeats)
    expect(trail.repeats).toBeGreaterThan(0)
  })

  it('writes records as large as real ones, about 6 : 1 in gzip', () => {
    const { rawBytes, storedBytes, digest } = trail
    expect(rawBytes / digest.events).toBeGreaterThan(1500)
    expect(rawBytes / digest.events).toBeLessThan(1800)
    expect(rawBytes / storedBytes).toBeGreaterThan(5.5)
    expect(rawBytes / storedBytes).toBeLessThan(7)
  })

  it('names files as CloudTrail does, stamped after their last event', () => {
    for (const path of trailPaths(trail.folder)) {
      const stampMs = parseObjectName(path)?.stampMs ?? 0
      const { Records } = JSON.parse(gunzipSync(readFileSync(path)).toString())
      expect(stampMs).toBeGreaterThan(Date.parse(Records.at(-1).eventTime))
    }
  })

  it('writes the same bytes for the same shape, and uses what is there', () => {
    const again = writeTrail('again', shape, root)
    const bytes = (folder: string) =>
      trailPaths(folder).map((path) => readFileSync(path).toString('base64'))
    expect(bytes(again.folder)).toEqual(bytes(trail.folder))
    expect(writeTrail('month', shape, root)).toEqual(trail)
  })
})
