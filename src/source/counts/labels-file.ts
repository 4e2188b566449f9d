import type { CountTable } from './count-table.ts'
import { countsFault, type Place, shown } from './counts-fault.ts'
import { readCsvFile } from './csv-file.ts'
import { utcOf } from './values.ts'

/** A time at which a key is known to have left what is normal. */
export interface CountLabel {
  readonly key: string
  /** null: its calls or its errors. */
  readonly metric: 'calls' | 'errors' | null
  /** In the words of whoever keeps the labels; `drop`: fewer calls than usual, any other: more. */
  readonly kind: string
  /** `[startMs, endMs)`, epoch milliseconds. */
  readonly startMs: number
  readonly endMs: number
}

/**
 * Reads labels of counts: `key,kind,startTime,endTime`, and `metric` where one is meant. Throws `INPUT_NOT_FOUND`, and
 * `COUNTS_INVALID` with the line of a key that the counts do not have, or of what is no time or metric.
 */
export async function readCountLabels(
  path: string,
  { series }: Pick<CountTable, 'series'>,
): Promise<readonly CountLabel[]> {
  const keys = new Set(series.map(({ key }) => key))
  const labels: CountLabel[] = []
  const columns = { needed: ['key', 'kind', 'startTime', 'endTime'], optional: ['metric'] }
  await readCsvFile(path, columns, (values, line) => {
    const [key = '', kind = '', start = '', end = '', metric = ''] = values
    const place = { path, line }
    if (!keys.has(key))
      throw countsFault(
        place,
        `key ${shown(key)} is not in the series: add it there, or leave the label out`,
      )
    if (kind === '')
      throw countsFault(place, 'kind is empty: write what it was, or drop for a fall')
    const startMs = timeOf(start, 'startTime', place)
    const endMs = timeOf(end, 'endTime', place)
    if (endMs <= startMs) throw countsFault(place, 'endTime must lie after startTime')
    labels.push({ key, kind, startMs, endMs, metric: metricOf(metric, place) })
  })
  return labels
}

function timeOf(text: string, name: string, place: Place): number {
  const timeMs = utcOf(text)
  if (timeMs !== null) return timeMs
  throw countsFault(place, `${name} is ${shown(text)}: write a time in UTC, 2026-09-07T10:05:00Z`)
}

function metricOf(text: string, place: Place): CountLabel['metric'] {
  if (text === '') return null
  if (text === 'calls' || text === 'errors') return text
  throw countsFault(place, `metric is ${shown(text)}: write calls, errors or nothing`)
}
