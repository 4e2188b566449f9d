import type { Counts } from '../../../models/index.ts'
import { CellList } from './cell-list.ts'
import type { BucketSeconds, CountSpan } from './count-table.ts'
import { readCsvFile } from './csv-file.ts'
import { RowValues, twiceWords } from './row-values.ts'
import type { SeriesGrids } from './series-file.ts'

/** What `counts.csv` tells of one key. */
export interface CallCounts {
  readonly bucketS: BucketSeconds
  readonly calls: Counts
  /** Of every code. */
  readonly errors: Counts
}

/** Calls and errors of every series, those without rows too, in the order of the series. */
export interface CallsReading {
  readonly byKey: ReadonlyMap<string, CallCounts>
  readonly rows: number
  readonly errors: number
}

/** What has come of one key so far. */
interface Intake {
  readonly bucketS: BucketSeconds
  readonly calls: CellList
  readonly errors: CellList
}

const COLUMNS = { needed: ['key', 'bucket_start', 'calls'], optional: ['errors'] }

/** Reads `counts.csv`, rows in any order. Throws `COUNTS_INVALID` for the first row that cannot be counted. */
export async function readCallsFile(
  path: string,
  grids: SeriesGrids,
  span: CountSpan,
  onRows: (rows: number) => void,
): Promise<CallsReading> {
  const intakes = new Map(
    [...grids].map(([key, bucketS]): [string, Intake] => [
      key,
      { bucketS, calls: new CellList(), errors: new CellList() },
    ]),
  )
  const read = new RowValues(path, intakes, span)
  let errorSum = 0
  const onRow = (values: readonly string[], line: number): void => {
    const [key = '', start = '', callsText = '', errorsText = ''] = values
    const series = read.series(key, line)
    const bucket = read.bucket(series, start, line)
    const calls = read.count('calls', callsText, line)
    const errors = errorsText === '' ? 0 : read.count('errors', errorsText, line)
    if (errors > calls)
      throw read.fault(
        line,
        `${errors} errors of ${calls} calls: count a failed call as a call, too`,
      )
    series.calls.add(bucket, calls, line)
    if (errors > 0) series.errors.add(bucket, errors, line)
    errorSum += errors
  }
  const rows = await readCsvFile(path, COLUMNS, onRow, onRows)
  return { byKey: new Map([...intakes].map(counted)), rows, errors: errorSum }

  function counted([key, { bucketS, calls, errors }]: [string, Intake]): [string, CallCounts] {
    const refuse = ({ line, firstLine }: { line: number; firstLine: number }): Error =>
      read.fault(line, twiceWords(key, firstLine))
    return [key, { bucketS, calls: calls.counts(refuse), errors: errors.counts(refuse) }]
  }
}
