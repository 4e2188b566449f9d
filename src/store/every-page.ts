import type { InsightRevision, Page, PageRequest, SeriesRow, StoreReader } from './store.ts'

const PAGE_ROWS = 500

/** Every row of a list, page by page. */
export function* everyPage<Row>(ask: (page: PageRequest) => Page<Row>): Generator<Row> {
  let after: string | null = null
  do {
    const { rows, next }: Page<Row> = ask({ limit: PAGE_ROWS, after })
    yield* rows
    after = next
  } while (after !== null)
}

/** Every series, in the store's order. */
export function allSeries(reader: StoreReader): Generator<SeriesRow> {
  return everyPage((page) => reader.series({}, page))
}

/** Every insight that stands, by start. */
export function allInsights(reader: StoreReader): Generator<InsightRevision> {
  return everyPage((page) => reader.insights({}, 'startTime', page))
}
