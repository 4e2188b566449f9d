import type { AccountHistory, Counts, SeriesHistory } from '../../models/index.ts'
import { everyPage } from '../store/every-page.ts'
import type { MinuteCells, SeriesRow, StoreReader } from '../store/store.ts'
import type { CoverageOf } from './coverage-windows.ts'
import type { SkipsOf } from './skipped-windows.ts'

/** What one series of the models is in the store: the API's calls, or one of its error codes. */
export interface SeriesName {
  readonly series: SeriesRow
  readonly errorCode: string | null
}

/** An account's counts as the models read them, and the names behind their opaque keys. */
export interface LoadedAccount {
  readonly history: AccountHistory
  readonly names: ReadonlyMap<string, SeriesName>
}

/** Minutes to load, and the grid to count them on. */
export interface LoadSpan {
  readonly fromMinute: number
  readonly untilMinute: number
  readonly windowMinutes: number
  /** Only this Region; left out: all. */
  readonly region?: string
  /** What teaches nothing; left out: all teaches. */
  readonly skipsOf?: SkipsOf
  /** What is known of deliveries; left out: nothing. */
  readonly coverageOf?: CoverageOf
}

/**
 * Loads one account's counts for the models. Keys are content, not row numbers, so that ties break the same in every store.
 */
export function loadAccount(store: StoreReader, account: string, span: LoadSpan): LoadedAccount {
  const codeNames = store.codeNames()
  const complete = completeWindows(store, account, span)
  const names = new Map<string, SeriesName>()
  const series: SeriesHistory[] = []
  let firstMinute = Number.POSITIVE_INFINITY
  for (const row of allSeries(store, account)) {
    firstMinute = Math.min(firstMinute, row.firstMinute)
    if (span.region !== undefined && span.region !== row.region) continue
    const untilWindow = complete.get(row.region) ?? 0
    const cells = store.minuteCells(row.ref, span.fromMinute, span.untilMinute)
    const firsts = store.codeFirstMinutes(row.ref)
    for (const part of partsOf(row, cells, {
      codeNames,
      firsts,
      windowMinutes: span.windowMinutes,
    })) {
      names.set(part.key, { series: row, errorCode: part.errorCode })
      const { key, metric, counts, exposure, firstWindow } = part
      const skips = span.skipsOf?.(row)
      series.push({
        ...{ key, metric, pool: metric, group: row.region },
        ...{ counts, exposure, firstWindow, untilWindow, skips },
        coverage: span.coverageOf?.(row.region),
        of: metric === 'errors' ? row.id : null,
      })
    }
  }
  series.sort((a, b) => (a.key < b.key ? -1 : 1))
  return { history: { series, firstWindow: Math.floor(firstMinute / span.windowMinutes) }, names }
}

/** What the models know a series by: an API's calls, or its errors of one code. */
export function seriesKey({ id }: Pick<SeriesRow, 'id'>, errorCode: string | null): string {
  return errorCode === null ? id : `${id} ${errorCode}`
}

/** Every series of an account, in the store's own order. */
export function allSeries(store: StoreReader, account: string): Iterable<SeriesRow> {
  return everyPage((page) => store.series({ account: [account] }, page))
}

/** By Region, the first window of an account that is not complete yet. */
export function completeWindows(
  store: StoreReader,
  account: string,
  span: Pick<LoadSpan, 'untilMinute' | 'windowMinutes'>,
): ReadonlyMap<string, number> {
  return new Map(
    store
      .watermarks(account)
      .map(({ region, watermarkMs }) => [
        region,
        Math.floor(Math.min(watermarkMs / 60_000, span.untilMinute) / span.windowMinutes),
      ]),
  )
}

interface PartContext {
  readonly codeNames: readonly (string | null)[]
  readonly firsts: ReadonlyMap<number, number>
  readonly windowMinutes: number
}

interface Part {
  readonly key: string
  readonly metric: 'calls' | 'errors'
  readonly errorCode: string | null
  readonly counts: Counts
  readonly exposure: Counts | null
  readonly firstWindow: number
}

function partsOf(
  row: SeriesRow,
  cells: MinuteCells,
  { codeNames, firsts, windowMinutes }: PartContext,
): readonly Part[] {
  const calls = onGrid(cells, windowMinutes, null)
  if (calls.at.length === 0) return []
  const firstWindow = Math.floor(row.firstMinute / windowMinutes)
  const whole: Part = {
    key: seriesKey(row, null),
    metric: 'calls',
    errorCode: null,
    counts: calls,
    exposure: null,
    firstWindow,
  }
  const errors = [...new Set(cells.codes)]
    .filter((code) => code !== 0)
    .map((code): Part => {
      const errorCode = codeNames[code] ?? null
      const counts = onGrid(cells, windowMinutes, code)
      const key = seriesKey(row, errorCode)
      const first = Math.floor((firsts.get(code) ?? 0) / windowMinutes)
      return { key, metric: 'errors', errorCode, counts, exposure: calls, firstWindow: first }
    })
  return [whole, ...errors]
}

/** Minute cells summed onto the window grid; `code` null sums over all of them. */
export function onGrid(
  { minutes, codes, counts }: MinuteCells,
  windowMinutes: number,
  code: number | null,
): Counts {
  if (room.length < 2 * minutes.length) room = new Int32Array(4 * minutes.length)
  const sums = room.subarray(minutes.length)
  let cells = 0
  let last = Number.NEGATIVE_INFINITY
  for (let i = 0; i < minutes.length; i++) {
    if (code !== null && codes[i] !== code) continue
    const window = Math.floor((minutes[i] as number) / windowMinutes)
    const count = counts[i] as number
    if (window === last) sums[cells - 1] = (sums[cells - 1] as number) + count
    else {
      room[cells] = window
      sums[cells++] = count
      last = window
    }
  }
  return { at: shared(room.subarray(0, cells)), count: shared(sums.subarray(0, cells)) }
}

/** A copy that threads are handed without copying it once more. */
function shared(numbers: Int32Array): Int32Array {
  const copy = new Int32Array(new SharedArrayBuffer(numbers.byteLength))
  copy.set(numbers)
  return copy
}

/** Where cells are summed: their number is known at the end. */
let room = new Int32Array(1024)
