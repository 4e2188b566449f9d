import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Work, WorkSeries } from '../scenario/work.ts'

/**
 * Writes a work as tables that any other program can score: counts.csv and error_codes.csv without
 * the quiet buckets, series.csv, labels.csv and meta.json. Times are UTC.
 */
export function writeCsv(work: Work, folder: string): void {
  const end = work.startMs + work.weeks * 7 * 86_400_000
  mkdirSync(folder, { recursive: true })
  const write = (name: string, head: string, rows: readonly string[]): void =>
    writeFileSync(join(folder, name), `${[head, ...rows].join('\n')}\n`)
  const all = (rowsOf: (series: WorkSeries, work: Work) => readonly string[]): readonly string[] =>
    work.series.flatMap((series) => rowsOf(series, work))
  write('counts.csv', 'key,bucket_start,calls,errors', all(countRows))
  write('error_codes.csv', 'key,bucket_start,code,errors', all(codeRows))
  write('labels.csv', 'key,metric,kind,strength,start,end', all(labelRows))
  write(
    'series.csv',
    'key,bucket_s',
    all(({ key, bucketS }) => [`${key},${bucketS}`]),
  )
  const meta = { start: stamp(work.startMs), end: stamp(end), seed: work.seed }
  writeFileSync(join(folder, 'meta.json'), `${JSON.stringify(meta, null, 2)}\n`)
}

const stamp = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z')

const startOf = (work: Work, { bucketS }: WorkSeries, bucket: number): string =>
  stamp(work.startMs + bucket * bucketS * 1000)

function countRows(series: WorkSeries, work: Work): readonly string[] {
  const rows: string[] = []
  series.calls.forEach((count, at) => {
    if (count > 0) {
      rows.push(`${series.key},${startOf(work, series, at)},${count},${series.errors?.[at] ?? 0}`)
    }
  })
  return rows
}

function codeRows(series: WorkSeries, work: Work): readonly string[] {
  const rows: string[] = []
  for (const [code, errors] of series.codes) {
    errors.forEach((count, at) => {
      if (count > 0) rows.push(`${series.key},${startOf(work, series, at)},${code},${count}`)
    })
  }
  return rows
}

function labelRows(series: WorkSeries, work: Work): readonly string[] {
  return series.labels.map(({ key, metric, kind, strength, startBucket, untilBucket }) =>
    [
      key,
      metric,
      kind,
      strength,
      startOf(work, series, startBucket),
      startOf(work, series, untilBucket),
    ].join(','),
  )
}
