import { type Command, Option } from 'commander'
import { Fault } from '../base/fault.ts'
import { insightView } from '../insight/view.ts'
import { type Explanation, whyOf } from '../pipeline/why.ts'
import { safe } from '../sink/safe.ts'
import type { SeriesRow, StoreReader } from '../store/store.ts'
import type { House } from './house.ts'
import { jsonText } from './json-text.ts'
import { configOption, jsonOption, momentOf, storeOption } from './options.ts'
import { type SeriesFlags, seriesFilter, withSeriesOptions } from './series.ts'
import { findInsight } from './show-insight.ts'
import { settingsFor, withReader } from './stores.ts'

interface Flags extends SeriesFlags {
  readonly store: string
  readonly config?: string
  readonly whyNot?: boolean
  readonly series?: string
  readonly at?: number
  readonly errorCode?: string
  readonly json?: boolean
}

/** `offtrail explain ID`, or `explain --why-not` for a window that stayed quiet. */
export function addExplain(command: Command, house: House): void {
  const moment = momentOf(house.terminal)
  command
    .argument('[id]', 'an insight')
    .option(
      '--why-not',
      'explain a window instead: name it by --series or --service and --api, and --at',
    )
    .option('--series <id>', 'series id, of offtrail series list')
    .addOption(new Option('--at <time>', 'a moment in the window').argParser(moment))
    .option('--error-code <code>', 'the error code; left out: all calls')
    .addOption(storeOption())
    .addOption(configOption())
    .addOption(jsonOption())
  withSeriesOptions(command).action((id: string | undefined, flags: Flags) =>
    withReader(flags.store, (store) => {
      if (id !== undefined && flags.whyNot !== true) return explainInsight(store, id, flags, house)
      return explainWindow(store, flags, house)
    }),
  )
}

function explainInsight(
  store: StoreReader,
  id: string,
  { json }: Flags,
  { terminal }: House,
): void {
  const insight = findInsight(store, id)
  if (json === true) {
    terminal.out(jsonText(insightView(insight)))
    return
  }
  terminal.out(`${safe(insight.explanation)}\n\n${termLines(insight.arithmetic)}`)
}

function explainWindow(store: StoreReader, flags: Flags, { terminal }: House): void {
  if (flags.whyNot !== true && flags.series === undefined && flags.api === undefined) {
    throw new Fault(
      'USAGE',
      'say what: an insight by its id, or a window by --why-not --service ec2 --api RunInstances --at 2026-10-21T02:35:00Z',
    )
  }
  if (flags.at === undefined)
    throw new Fault('USAGE', 'say which moment: --at 2026-10-21T02:35:00Z')
  const series = seriesMeant(store, flags)
  const explanation = whyOf(store, settingsFor(store, flags))(
    series.id,
    flags.at,
    flags.errorCode ?? null,
  )
  terminal.out(flags.json === true ? jsonText(explanation) : wordsOf(series, explanation))
}

/** The one series the flags name. Throws `USAGE` where they name several or none, `NOT_FOUND` where there is no such. */
export function seriesMeant(
  store: StoreReader,
  flags: SeriesFlags & { readonly series?: string },
): SeriesRow {
  if (flags.series !== undefined) {
    const series = store.seriesById(flags.series)
    if (series !== undefined) return series
    throw new Fault(
      'NOT_FOUND',
      `no series has the id ${flags.series}: offtrail series list prints ids`,
    )
  }
  if (flags.api === undefined)
    throw new Fault('USAGE', 'say which API: --series ID, or --service ec2 --api RunInstances')
  const { rows } = store.series(seriesFilter(flags), { limit: 10, after: null })
  const [only, ...others] = rows
  if (only === undefined)
    throw new Fault('NOT_FOUND', 'no such API was seen: offtrail series list shows what was')
  if (others.length === 0) return only
  const places = rows.map(
    ({ id, account, region, eventSource }) => `${id} (${account}, ${region}, ${eventSource})`,
  )
  throw new Fault(
    'USAGE',
    `several series have that name; add --account, --region or --service, or take --series: ${places.join(', ')}`,
  )
}

function wordsOf(
  { account, region, eventSource, eventName }: SeriesRow,
  explanation: Explanation,
): string {
  const { at, standing, sentence, surprise, needed, arithmetic } = explanation
  const lines = [
    `${eventSource}:${eventName}  ${account}, ${region}  at ${at}  (${standing})`,
    sentence,
    ...(surprise === null || needed === null
      ? []
      : [`surprise ${surprise.toFixed(3)}, needed ${needed.toFixed(3)}`]),
  ]
  return `${lines.map(safe).join('\n')}\n${Object.keys(arithmetic).length > 0 ? `\n${termLines(arithmetic)}` : ''}`
}

/** The terms of a score, a line each. */
function termLines(terms: Readonly<Record<string, number | string>>): string {
  const width = Math.max(0, ...Object.keys(terms).map((name) => name.length))
  return Object.entries(terms)
    .map(([name, value]) => `${safe(name.padEnd(width))}  ${safe(String(value))}\n`)
    .join('')
}
