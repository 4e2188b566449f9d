import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { timelineOf } from '../scenario/timeline.ts'
import { emptyStream } from '../scenario/truth.ts'
import type { Work } from '../scenario/work.ts'

/** One file of the Numenta Anomaly Benchmark, as a work of one series. */
export interface DataSet {
  readonly name: string
  readonly work: Work
  /** The bucket of each row: rows are what is scored. */
  readonly bucketOfRow: Int32Array
  /** Labelled windows in rows, first and last included. */
  readonly windows: readonly { readonly first: number; readonly last: number }[]
}

interface Row {
  readonly ms: number
  readonly count: number
}

const FOLDER = new URL('../../../test/fixtures/nab/', import.meta.url)
const DAY_MS = 86_400_000

/** The data sets that count something. */
export function readDataSets(): readonly DataSet[] {
  const windows: Record<string, [string, string][]> = JSON.parse(
    readFileSync(new URL('combined_windows.json', FOLDER), 'utf8'),
  )
  return Object.entries(windows).map(([path, spans]) => {
    const name = path.slice(path.indexOf('/') + 1).replace('.csv', '')
    const rows = readRows(name)
    const at = (text: string): number => rows.findIndex(({ ms }) => ms >= msOf(text))
    return dataSetOf(
      name,
      rows,
      spans.map(([from, to]) => ({ first: at(from), last: at(to) })),
    )
  })
}

function readRows(name: string): readonly Row[] {
  const text = gunzipSync(readFileSync(new URL(`${name}.csv.gz`, FOLDER))).toString('utf8')
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [time = '', count] = line.split(',')
      return { ms: msOf(time), count: Number(count) }
    })
}

const msOf = (text: string): number => Date.parse(`${text.slice(0, 19).replace(' ', 'T')}Z`)

/** The work begins the day before the first row, so that the series counts as new and is scored at once. */
function dataSetOf(name: string, rows: readonly Row[], windows: DataSet['windows']): DataSet {
  const first = rows[0] as Row
  const last = rows.at(-1) as Row
  const bucketS = ((rows[1] as Row).ms - first.ms) / 1000
  const startMs = Math.floor(first.ms / DAY_MS - 1) * DAY_MS
  const days = Math.ceil((last.ms + 1 - startMs) / DAY_MS)
  const timeline = timelineOf(bucketS, days / 7)
  const { counts, truth } = emptyStream(timeline)
  const bucketOfRow = Int32Array.from(rows, ({ ms }) => Math.floor((ms - startMs) / 1000 / bucketS))
  bucketOfRow.forEach((bucket, row) => {
    counts[bucket] = Math.round((rows[row] as Row).count)
  })
  const series = {
    key: name,
    shape: 'nab',
    bucketS,
    firstBucket: bucketOfRow[0] as number,
    calls: counts,
    errors: null,
    codes: new Map(),
    callTruth: truth,
    errorTruth: null,
    labels: [],
    changes: [],
    contaminated: false,
  }
  return {
    name,
    work: { seed: 1, startMs, weeks: days / 7, series: [series] },
    bucketOfRow,
    windows,
  }
}
