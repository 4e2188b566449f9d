import { join } from 'node:path'
import { rfc3339 } from '../base/times.ts'
import { exactCsvRow } from './exact-csv.ts'
import { writeAtomically } from './file.ts'

/** A row of `scores.csv`. */
export interface ScoreLine {
  readonly key: string
  readonly metric: string
  readonly bucketStartMs: number
  readonly score: number
}

/** A row of `events.csv`. */
export interface EventLine {
  readonly key: string
  readonly metric: string
  readonly startMs: number
  readonly endMs: number
  readonly score: number
  readonly direction: string
  readonly severity: number
}

const SCORE_COLUMNS = ['key', 'metric', 'bucket_start', 'score']
const EVENT_COLUMNS = ['key', 'metric', 'start', 'end', 'score', 'direction', 'severity']

/**
 * Writes `scores.csv` and `events.csv` into a folder, each whole or not at all; answers their paths. Keys read back exactly,
 * scores have six digits. Throws `STORAGE_FAILED`.
 */
export async function writeScoreFiles(
  folder: string,
  scores: readonly ScoreLine[],
  events: readonly EventLine[],
): Promise<readonly string[]> {
  const files = [
    { path: join(folder, 'scores.csv'), rows: [SCORE_COLUMNS, ...scores.map(scoreCells)] },
    { path: join(folder, 'events.csv'), rows: [EVENT_COLUMNS, ...events.map(eventCells)] },
  ]
  for (const { path, rows } of files) await writeAtomically(path, rows.map(exactCsvRow).join(''))
  return files.map(({ path }) => path)
}

function scoreCells({ key, metric, bucketStartMs, score }: ScoreLine) {
  return [key, metric, rfc3339(bucketStartMs), sixDigits(score)]
}

function eventCells({ key, metric, startMs, endMs, score, direction, severity }: EventLine) {
  return [key, metric, rfc3339(startMs), rfc3339(endMs), sixDigits(score), direction, severity]
}

function sixDigits(value: number): number {
  return Number(value.toPrecision(6))
}
