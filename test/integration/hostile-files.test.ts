import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { FileReading } from '../../src/event/api-call.ts'

interface Report {
  readonly file: FileReading
  readonly counts: { readonly call: number; readonly rejected: number }
  readonly seconds: number
  /** Peak of the process above what it had before the file. */
  readonly extraMb: number
}

const SCRIPT = fileURLToPath(new URL('../support/read-hostile.ts', import.meta.url))

async function read(name: string): Promise<Report> {
  const run = await promisify(execFile)(process.execPath, ['--import', 'tsx', SCRIPT, name])
  return JSON.parse(run.stdout) as Report
}

describe('readTrailFile, of hostile files', () => {
  it.each(['bombOfMembers', 'bombOfBlocks', 'bombOfBlanks'])(
    'stops early at a gzip bomb of 10 GiB, in bounded memory (%s)',
    async (name) => {
      const { file, seconds, extraMb } = await read(name)
      expect(file).toMatchObject({ outcome: 'failed', code: 'GZIP_BOMB' })
      expect(extraMb).toBeLessThan(150)
      expect(seconds).toBeLessThan(10)
    },
    60_000,
  )

  it.each(['longRecord', 'longLine'])(
    'passes over a record of 64 MB without holding it (%s)',
    async (name) => {
      const { file, counts, extraMb } = await read(name)
      expect(file).toMatchObject({ outcome: 'done', records: 3 })
      expect(counts).toMatchObject({ call: 2, rejected: 1 })
      expect(extraMb).toBeLessThan(50)
    },
    60_000,
  )

  it('counts a large honest file as a stream', async () => {
    const { file, counts, extraMb } = await read('longFile')
    expect(file).toMatchObject({ outcome: 'done', records: 360_001 })
    expect(file.inflatedBytes).toBeGreaterThan(250e6)
    expect(counts).toMatchObject({ call: 360_001, rejected: 0 })
    expect(extraMb).toBeLessThan(150)
  }, 60_000)
})
