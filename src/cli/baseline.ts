import type { Command } from 'commander'
import {
  type BurstLaw,
  band,
  dayExpectation,
  type KeptBaseline,
  type Standing,
} from '../../models/index.ts'
import { safe, safeJson } from '../sink/safe.ts'
import type { SeriesRow, StoredBaseline, StoreReader } from '../store/store.ts'
import { weekPlot } from './band-plot.ts'
import { seriesMeant } from './explain.ts'
import type { House } from './house.ts'
import { jsonText } from './json-text.ts'
import {
  type FormatChoice,
  formatOf,
  formatOption,
  jsonOption,
  storeOption,
  wholeNumber,
} from './options.ts'
import { type SeriesFlags, seriesFilter, withSeriesOptions } from './series.ts'
import { withReader } from './stores.ts'
import { cutAt } from './terminal.ts'
import { textTable } from './text-table.ts'

interface ListFlags extends SeriesFlags, FormatChoice {
  readonly store: string
  readonly limit: number
}

interface ShowFlags extends SeriesFlags {
  readonly store: string
  readonly series?: string
  readonly errorCode?: string
  readonly json?: boolean
}

/** `offtrail baseline list|show`: what is normal. */
export function addBaseline(baseline: Command, house: House): void {
  withSeriesOptions(
    baseline.command('list', { isDefault: true }).description('where every series stands'),
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
    .action((flags: ListFlags) => withReader(flags.store, (store) => list(store, flags, house)))
  withSeriesOptions(
    baseline.command('show').description("one series' normal week, with its band as a plot"),
  )
    .option('--series <id>', 'series id, of offtrail series list')
    .option('--error-code <code>', 'the error code; left out: all calls')
    .addOption(storeOption())
    .addOption(jsonOption())
    .action((flags: ShowFlags) => withReader(flags.store, (store) => show(store, flags, house)))
}

function list(store: StoreReader, flags: ListFlags, { terminal }: House): void {
  const rows: { readonly series: SeriesRow; readonly baseline: StoredBaseline }[] = []
  let after: string | null = null
  do {
    const page = store.baselines(seriesFilter(flags), {
      limit: Math.min(500, flags.limit - rows.length),
      after,
    })
    rows.push(...page.rows)
    after = page.next
  } while (after !== null && rows.length < flags.limit)
  const views = rows.map(({ series, baseline }) => listView(series, baseline))
  const format = formatOf(flags, terminal, false)
  if (format === 'json') terminal.out(jsonText(views))
  else if (format === 'ndjson') for (const view of views) terminal.out(`${safeJson(view)}\n`)
  else terminal.out(tableOf(views, cutAt(terminal)))
}

function listView(
  { id, account, region, eventSource, eventName }: SeriesRow,
  { errorCode, standing }: StoredBaseline,
) {
  const stands = standing as Standing
  const perHour =
    stands.kind === 'dense'
      ? stands.baseline.hourOfWeek.reduce((sum, rate) => sum + rate, 0) / 168
      : null
  return {
    series: id,
    account,
    region,
    eventSource,
    eventName,
    errorCode,
    standing: stands.kind,
    expectedPerHour: perHour,
  }
}

function tableOf(views: readonly ReturnType<typeof listView>[], width: number | null): string {
  if (views.length === 0) return 'No baselines yet: they come with a run.\n'
  return textTable(
    ['SERIES', 'ACCOUNT', 'REGION', 'API', 'STANDING', 'EXPECTED/H'],
    views.map(
      ({
        series,
        account,
        region,
        eventSource,
        eventName,
        errorCode,
        standing,
        expectedPerHour,
      }) => [
        series,
        account,
        region,
        safe(
          `${eventSource.replace('.amazonaws.com', '')}:${eventName}${errorCode === null ? '' : ` ${errorCode}`}`,
        ),
        standing,
        expectedPerHour === null ? '-' : expectedPerHour.toFixed(2),
      ],
    ),
    width,
  )
}

function show(store: StoreReader, flags: ShowFlags, { terminal }: House): void {
  const series = seriesMeant(store, flags)
  const stored = store.baseline(series.ref, flags.errorCode ?? null)
  const standing = (stored?.standing as Standing | undefined) ?? null
  const laws = store.law(series.account, Number.MAX_SAFE_INTEGER) as Record<
    'calls' | 'errors',
    BurstLaw
  > | null
  const law = laws?.[flags.errorCode === undefined ? 'calls' : 'errors'] ?? null
  if (flags.json === true) {
    terminal.out(jsonText({ series, standing, law }))
    return
  }
  const name = `${series.eventSource}:${series.eventName}${flags.errorCode === undefined ? '' : ` ${flags.errorCode}`}`
  terminal.out(safe(`${name}  ${series.account}, ${series.region}`).concat('\n'))
  if (standing?.kind === 'dense') terminal.out(denseWords(standing.baseline))
  else terminal.out(sparseWords(standing, law))
}

function denseWords(baseline: KeptBaseline): string {
  const words = `dense: ${baseline.calls} in the ${baseline.observedDays} days before; expected per hour over the week (UTC), with the range of 98 % of hours:\n`
  const bands = baseline.hourOfWeek.map((_, slot) => hourBand(baseline, slot))
  return words + weekPlot(bands)
}

/** The band of one hour of the week, from the expectation of the weekday it lies in. Day 4 was a Monday. */
function hourBand(baseline: KeptBaseline, slot: number) {
  const day = 4 + Math.floor(slot / 24)
  const perHour = 60 / baseline.windowMinutes
  const from = (day * 24 + (slot % 24)) * perHour
  return band(dayExpectation({ ...baseline, day }), { from, until: from + perHour })
}

function sparseWords(standing: Standing | null, law: BurstLaw | null): string {
  const state =
    standing?.kind === 'learning'
      ? `learning: seen for ${standing.seenDays} of ${standing.neededDays} days`
      : 'sparse: too rare for a baseline of its own'
  if (law === null) return `${state}.\n`
  const { location, spread, perWeek, bursts } = law
  return `${state}. Judged by the account's law of bursts: ${perWeek.toFixed(1)} a week, half of them above ${Math.exp(location).toFixed(1)}, one in a hundred above ${Math.exp(location + 2.326 * spread).toFixed(0)} (from ${bursts} bursts).\n`
}
