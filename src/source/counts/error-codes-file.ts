import { cellsBefore } from '../../../models/index.ts'
import type { CallCounts } from './calls-file.ts'
import { CellList } from './cell-list.ts'
import type { CountSpan, ErrorCounts } from './count-table.ts'
import { shown } from './counts-fault.ts'
import { readCsvFile } from './csv-file.ts'
import { owned } from './owned.ts'
import { RowValues, twiceWords } from './row-values.ts'

/** Errors by key, and by code within it. */
export interface ErrorCodesReading {
  readonly byKey: ReadonlyMap<string, readonly ErrorCounts[]>
  readonly rows: number
  readonly errors: number
}

interface Intake extends CallCounts {
  readonly key: string
  readonly codes: Map<string, CellList>
}

const COLUMNS = { needed: ['key', 'bucket_start', 'code', 'errors'] }

/** Reads the file of errors by code, rows in any order. Throws `COUNTS_INVALID` for the first row that cannot be counted. */
export async function readErrorCodesFile(
  path: string,
  callsByKey: ReadonlyMap<string, CallCounts>,
  span: CountSpan,
  onRows: (rows: number) => void,
): Promise<ErrorCodesReading> {
  const intakes = new Map(
    [...callsByKey].map(([key, calls]): [string, Intake] => [
      key,
      { ...calls, key, codes: new Map() },
    ]),
  )
  const read = new RowValues(path, intakes, span)
  let errorSum = 0
  const onRow = (values: readonly string[], line: number): void => {
    const [key = '', start = '', code = '', errorsText = ''] = values
    const series = read.series(key, line)
    const bucket = read.bucket(series, start, line)
    const errors = read.count('errors', errorsText, line)
    const calls = callsIn(series, bucket)
    if (errors > calls) throw read.fault(line, tooManyWords(errors, code, calls))
    cellsOf(series, code).add(bucket, errors, line)
    errorSum += errors
  }
  const rows = await readCsvFile(path, COLUMNS, onRow, onRows)
  const byKey = new Map([...intakes.values()].map((series) => [series.key, errorsOf(series, read)]))
  return { byKey, rows, errors: errorSum }
}

function callsIn({ calls }: CallCounts, bucket: number): number {
  const cell = cellsBefore(calls, bucket)
  return calls.at[cell] === bucket ? (calls.count[cell] as number) : 0
}

function tooManyWords(errors: number, code: string, calls: number): string {
  return `${errors} errors of code ${shown(code)}, but the counts have ${calls} calls in this bucket: count a failed call as a call, too`
}

function cellsOf({ codes }: Intake, code: string): CellList {
  const known = codes.get(code)
  if (known !== undefined) return known
  const cells = new CellList()
  codes.set(owned(code), cells)
  return cells
}

function errorsOf(series: Intake, read: RowValues<Intake>): readonly ErrorCounts[] {
  return [...series.codes]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([code, cells]) => {
      const counts = cells.counts(({ line, firstLine }) =>
        read.fault(line, twiceWords(series.key, firstLine)),
      )
      return { code, counts }
    })
    .filter(({ counts }) => counts.at.length > 0)
}
