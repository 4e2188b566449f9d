import type { Command } from 'commander'
import { backtest } from '../pipeline/tuning/backtest.ts'
import { type Change, changedSettings, gridOf } from '../pipeline/tuning/changed-settings.ts'
import { writeAtomically } from '../sink/file.ts'
import { backtestOfCounts, type CountsFlags, countsOptions } from './backtest-counts.ts'
import { backtestHtml } from './backtest-html.ts'
import { type HistoryFlags, historyAsk, historyOptions } from './history-options.ts'
import type { House } from './house.ts'
import { jsonText } from './json-text.ts'
import {
  configOption,
  type FormatChoice,
  formatOf,
  formatOption,
  gather,
  jsonOption,
  outputOption,
  quietOption,
  settingsOf,
  storeOption,
} from './options.ts'
import { progressOn } from './progress.ts'
import { settingsFor, withReader } from './stores.ts'
import type { Terminal } from './terminal.ts'
import {
  type BacktestLine,
  backtestCsv,
  backtestTable,
  basisWords,
  kindsTable,
} from './tuning-words.ts'

interface Flags extends HistoryFlags, CountsFlags, FormatChoice {
  readonly store: string
  readonly config?: string
  readonly grid?: readonly string[]
  readonly output?: string
  readonly quiet?: boolean
}

const DEFAULT_GRID = ['alarmBudget.account=0.25,0.5,1,2,4,8']
const MOST_COMBINATIONS = 500

/** `offtrail backtest`: what other settings would have brought, on the history as it was scored, or on counts from elsewhere. */
export function addBacktest(command: Command, { terminal }: House): void {
  command
    .addOption(storeOption())
    .addOption(configOption())
    .option(
      '--grid <path=values>',
      'a setting and its values (repeatable: all combinations); alarmBudget.account=0.25,…,8 unless given',
      gather,
    )
    .addOption(formatOption(['table', 'json', 'ndjson', 'csv', 'html']))
    .addOption(jsonOption())
    .addOption(outputOption())
    .addOption(quietOption())
  for (const option of [...historyOptions(terminal), ...countsOptions()]) command.addOption(option)
  command.action(async (flags: Flags) => {
    const grid = gridOf(flags.grid ?? DEFAULT_GRID, MOST_COMBINATIONS)
    const ofCounts =
      flags.counts !== undefined || flags.series !== undefined || flags.errorCodes !== undefined
    const lines = ofCounts
      ? await backtestOfCounts(flags, { settings: settingsOf(flags), grid }, terminal)
      : await backtestOfStore(flags, grid, terminal)
    const text = asText(lines, flags, terminal)
    if (flags.output === undefined) terminal.out(text)
    else await writeAtomically(flags.output, text)
    const [first] = lines
    if (flags.quiet !== true && first !== undefined) terminal.err(basisWords(first))
  })
}

async function backtestOfStore(
  flags: Flags,
  grid: readonly (readonly Change[])[],
  terminal: Terminal,
): Promise<readonly BacktestLine[]> {
  const ask = await historyAsk(flags)
  const progress = progressOn(terminal, { quiet: flags.quiet === true })
  return withReader(flags.store, (store) => {
    const settings = settingsFor(store, flags)
    const accounts = store.accounts().length
    return grid.map((changes, done): BacktestLine => {
      progress.show(() => `Deciding again  ${done} of ${grid.length}`)
      return {
        changes,
        result: backtest(store, changedSettings(settings, changes, accounts), ask),
      }
    })
  }).finally(progress.end)
}

function asText(lines: readonly BacktestLine[], flags: Flags, terminal: House['terminal']): string {
  const views = lines.map(({ changes, result }) => ({
    settings: Object.fromEntries(changes),
    ...result,
  }))
  const format = formatOf(flags, terminal, flags.output !== undefined)
  if (format === 'json') return jsonText(views)
  if (format === 'ndjson') return views.map((view) => `${JSON.stringify(view)}\n`).join('')
  if (format === 'csv') return backtestCsv(lines)
  if (format === 'html') return backtestHtml(lines)
  const kinds = kindsTable(lines)
  return `${backtestTable(lines, terminal.width)}${kinds === '' ? '' : `\n${kinds}`}`
}
