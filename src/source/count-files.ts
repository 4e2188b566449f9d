import { dirname, join } from 'node:path'
import { type CallCounts, readCallsFile } from './counts/calls-file.ts'
import type { CountTable, ErrorCounts } from './counts/count-table.ts'
import { readErrorCodesFile } from './counts/error-codes-file.ts'
import { readSeriesFile } from './counts/series-file.ts'
import { readSpanFile } from './counts/span-file.ts'

/** Paths of the files that counts come in. `meta.json` is expected beside the series. */
export interface CountFiles {
  readonly series: string
  readonly counts: string
  readonly errorCodes?: string
}

/** Counts as read, and how much there was. */
export interface CountReading {
  readonly table: CountTable
  readonly rows: {
    readonly series: number
    readonly counts: number
    readonly errorCodes: number | null
  }
  /** Errors in all, by each file that counts them. */
  readonly errors: { readonly counts: number; readonly errorCodes: number | null }
}

export interface ReadProgress {
  readonly path: string
  readonly rows: number
}

/**
 * Reads counts that were made elsewhere. With a file of error codes errors are those it counts, by code; without one, those
 * of the column `errors`. Rows may come in any order; memory grows with their number, not with the size of the files.
 * Throws `INPUT_NOT_FOUND`, and `COUNTS_INVALID` with file, line and remedy: every row is counted, or none.
 */
export async function readCountFiles(
  files: CountFiles,
  onProgress: (progress: ReadProgress) => void = () => {},
): Promise<CountReading> {
  const rowsOf = (path: string) => (rows: number) => onProgress({ path, rows })
  const grids = await readSeriesFile(files.series)
  const span = readSpanFile(join(dirname(files.series), 'meta.json'))
  const calls = await readCallsFile(files.counts, grids, span, rowsOf(files.counts))
  const codes =
    files.errorCodes === undefined
      ? null
      : await readErrorCodesFile(files.errorCodes, calls.byKey, span, rowsOf(files.errorCodes))
  const series = [...calls.byKey].map(([key, counted]) => ({
    key,
    bucketS: counted.bucketS,
    calls: counted.calls,
    errors: codes === null ? withoutCodes(counted) : (codes.byKey.get(key) ?? []),
  }))
  return {
    table: { ...span, series },
    rows: { series: grids.size, counts: calls.rows, errorCodes: codes?.rows ?? null },
    errors: { counts: calls.errors, errorCodes: codes?.errors ?? null },
  }
}

function withoutCodes({ errors }: CallCounts): readonly ErrorCounts[] {
  return errors.at.length === 0 ? [] : [{ code: null, counts: errors }]
}
