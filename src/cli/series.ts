import type { Command } from 'commander'
import { rfc3339 } from '../base/times.ts'
import { safe, safeJson } from '../sink/safe.ts'
import type { SeriesFilter, SeriesRow, StoreReader } from '../store/store.ts'
import type { House } from './house.ts'
import { jsonText } from './json-text.ts'
import {
  type FormatChoice,
  formatOf,
  formatOption,
  fullSource,
  gather,
  jsonOption,
  storeOption,
  wholeNumber,
} from './options.ts'
import { withReader } from './stores.ts'
import { cutAt } from './terminal.ts'
import { textTable } from './text-table.ts'

export interface SeriesFlags {
  readonly account?: readonly string[]
  readonly region?: readonly string[]
  readonly service?: readonly string[]
  readonly api?: readonly string[]
}

interface Flags extends SeriesFlags, FormatChoice {
  readonly store: string
  readonly limit: number
}

/** Adds the options that choose series. */
export function withSeriesOptions(command: Command): Command {
  return command
    .option('--account <id>', 'repeatable', gather)
    .option('--region <name>', 'repeatable', gather)
    .option('--service <name>', 'ec2 or ec2.amazonaws.com; repeatable', gather)
    .option('--api <name>', 'RunInstances; repeatable', gather)
}

/** The filter those options mean. */
export function seriesFilter({ account, region, service, api }: SeriesFlags): SeriesFilter {
  return {
    ...(account && { account }),
    ...(region && { region }),
    ...(service && { eventSource: service.map(fullSource) }),
    ...(api && { eventName: api }),
  }
}

/** `offtrail series list`: every API seen, with its counts. */
export function addSeries(series: Command, { terminal }: House): void {
  withSeriesOptions(
    series
      .command('list', { isDefault: true })
      .description('every API of every account and Region, with its counts'),
  )
    .addOption(storeOption())
    .option(
      '--limit <count>',
      'at most so many',
      wholeNumber('--limit', { min: 1, max: 1_000_000 }),
      1000,
    )
    .addOption(formatOption(['table', 'json', 'ndjson']))
    .addOption(jsonOption())
    .action((flags: Flags) =>
      withReader(flags.store, (store) => {
        const rows = [...pages(store, seriesFilter(flags), flags.limit)]
        const format = formatOf(flags, terminal, false)
        if (format === 'table') terminal.out(tableOf(rows, cutAt(terminal)))
        else if (format === 'json') terminal.out(jsonText(rows.map(seriesView)))
        else for (const row of rows) terminal.out(`${safeJson(seriesView(row))}\n`)
      }),
    )
}

function* pages(store: StoreReader, filter: SeriesFilter, limit: number): Generator<SeriesRow> {
  let after: string | null = null
  let left = limit
  do {
    const page = store.series(filter, { limit: Math.min(500, left), after })
    yield* page.rows
    left -= page.rows.length
    after = page.next
  } while (after !== null && left > 0)
}

function seriesView({ ref: _, firstMinute, lastMinute, ...row }: SeriesRow): object {
  return {
    ...row,
    firstTime: rfc3339(firstMinute * 60_000),
    lastTime: rfc3339(lastMinute * 60_000),
  }
}

function tableOf(rows: readonly SeriesRow[], width: number | null): string {
  if (rows.length === 0) return 'No series.\n'
  return textTable(
    ['ID', 'ACCOUNT', 'REGION', 'API', 'CALLS', 'ERRORS', 'FIRST (UTC)', 'LAST (UTC)'],
    rows.map((row) => [
      row.id,
      row.account,
      row.region,
      safe(`${row.eventSource.replace('.amazonaws.com', '')}:${row.eventName}`),
      row.calls,
      row.errors,
      rfc3339(row.firstMinute * 60_000).slice(0, 16),
      rfc3339(row.lastMinute * 60_000).slice(0, 16),
    ]),
    width,
  )
}
