import type { BucketSeconds, CountSpan } from './count-table.ts'
import { countsFault, shown } from './counts-fault.ts'
import { owned } from './owned.ts'
import { LARGEST_COUNT, utcOf, wholeOf } from './values.ts'

/** A year of buckets of 5 minutes. */
const TIMES_KEPT = 105_120

/** Reads the values in the rows of one file, and throws `COUNTS_INVALID` for what cannot be counted. */
export class RowValues<Series extends { readonly bucketS: BucketSeconds }> {
  readonly #path: string
  readonly #byKey: ReadonlyMap<string, Series>
  readonly #span: CountSpan
  /** Times that were read before: every key has the same ones. */
  readonly #times = new Map<string, number>()

  constructor(path: string, byKey: ReadonlyMap<string, Series>, span: CountSpan) {
    this.#path = path
    this.#byKey = byKey
    this.#span = span
  }

  series(key: string, line: number): Series {
    const series = this.#byKey.get(key)
    if (series !== undefined) return series
    throw this.fault(line, `key ${shown(key)} is not in the series file: add a row for it there`)
  }

  /** The bucket that starts then, counted since the epoch. It lies in the span, whole. */
  bucket({ bucketS }: Series, start: string, line: number): number {
    const startMs = this.#timeOf(start)
    if (startMs === null)
      throw this.fault(
        line,
        `bucket_start is ${shown(start)}: write a time in UTC like 2026-09-07T10:05:00Z`,
      )
    const bucketMs = bucketS * 1000
    if (startMs % bucketMs !== 0)
      throw this.fault(
        line,
        `no bucket of ${bucketS} s starts at ${start}: count on the clock, from midnight UTC on, or correct bucket_s in the series file`,
      )
    if (startMs < this.#span.startMs || startMs + bucketMs > this.#span.endMs)
      throw this.fault(
        line,
        `the bucket at ${start} lies outside start and end in meta.json: correct them, or leave it out`,
      )
    return startMs / bucketMs
  }

  count(column: string, text: string, line: number): number {
    const count = wholeOf(text)
    if (count !== null) return count
    throw this.fault(
      line,
      `${column} is ${shown(text)}: write a whole number from 0 to ${LARGEST_COUNT}`,
    )
  }

  #timeOf(text: string): number | null {
    const known = this.#times.get(text)
    if (known !== undefined) return known
    const timeMs = utcOf(text)
    if (timeMs !== null && this.#times.size < TIMES_KEPT) this.#times.set(owned(text), timeMs)
    return timeMs
  }

  fault(line: number, words: string): Error {
    return countsFault({ path: this.#path, line }, words)
  }
}

/** What to say of a bucket that is counted in two rows. */
export function twiceWords(key: string, firstLine: number): string {
  return `line ${firstLine} counts the same bucket of ${shown(key)} already: leave one row, or add them up`
}
