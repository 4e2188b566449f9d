import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { writeScoreFiles } from '../../../../src/sink/score-files.ts'

const START_MS = Date.UTC(2026, 8, 7)

it('writes keys exactly, times as RFC 3339 and scores with six digits', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'offtrail-scores-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const files = await writeScoreFiles(
    join(folder, 'new'),
    [
      { key: '=a,"b"', metric: 'calls', bucketStartMs: START_MS, score: 2.345678901 },
      { key: '\u202Ea\nb', metric: 'errors', bucketStartMs: START_MS, score: 1e6 },
    ],
    [
      {
        ...{ key: '__proto__', metric: 'calls', startMs: START_MS, endMs: START_MS + 300_000 },
        ...{ score: 0.1 + 0.2, direction: 'up', severity: 81 },
      },
    ],
  )
  expect(files.map((path) => readFileSync(path, 'utf8'))).toEqual([
    'key,metric,bucket_start,score\n"=a,""b""",calls,2026-09-07T00:00:00Z,2.34568\n"\u202Ea\nb",errors,2026-09-07T00:00:00Z,1000000\n',
    'key,metric,start,end,score,direction,severity\n__proto__,calls,2026-09-07T00:00:00Z,2026-09-07T00:05:00Z,0.3,up,81\n',
  ])
})
