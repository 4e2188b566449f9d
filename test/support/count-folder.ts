import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { CountFiles } from '../../src/source/count-files.ts'

/** What is in the files of counts; `meta` and `series` are of one key `a` and one day unless told otherwise. */
export interface CountTexts {
  readonly counts: string | Uint8Array
  readonly series?: string | Uint8Array
  readonly meta?: string
  readonly codes?: string
}

export const ONE_DAY_META = '{ "start": "2026-09-07T00:00:00Z", "end": "2026-09-08T00:00:00Z" }'

/** Writes files of counts into a folder that is gone after the test; answers their paths. */
export function countFolder({ counts, series, meta, codes }: CountTexts): CountFiles {
  const folder = mkdtempSync(join(tmpdir(), 'offtrail-counts-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const written = (name: string, content: string | Uint8Array): string => {
    const path = join(folder, name)
    writeFileSync(path, content)
    return path
  }
  written('meta.json', meta ?? ONE_DAY_META)
  return {
    series: written('series.csv', series ?? 'key,bucket_s\na,300\n'),
    counts: written('counts.csv', counts),
    ...(codes === undefined ? {} : { errorCodes: written('codes.csv', codes) }),
  }
}
