import { Option } from 'commander'
import { Fault } from '../base/fault.ts'
import type { Settings } from '../base/settings.ts'
import { scoredCounts } from '../pipeline/score-counts.ts'
import { backtestCounts } from '../pipeline/tuning/backtest-counts.ts'
import { type Change, changedSettings } from '../pipeline/tuning/changed-settings.ts'
import { safe } from '../sink/safe.ts'
import { readCountFiles } from '../source/count-files.ts'
import { readCountLabels } from '../source/counts/labels-file.ts'
import { type HistoryFlags, spanAsked } from './history-options.ts'
import { grouped, progressOn } from './progress.ts'
import { readWords } from './score-words.ts'
import type { Terminal } from './terminal.ts'
import type { BacktestLine } from './tuning-words.ts'

/** Where counts that were made elsewhere lie. */
export interface CountsFlags {
  readonly counts?: string
  readonly series?: string
  readonly errorCodes?: string
}

/** The options behind `CountsFlags`. */
export function countsOptions(): readonly Option[] {
  return [
    new Option('--counts <file>', 'instead of a store: counts as offtrail score takes them, CSV'),
    new Option('--series <file>', 'with --counts: CSV: key,bucket_s; meta.json beside it'),
    new Option('--error-codes <file>', 'with --counts: CSV: key,bucket_start,code,errors'),
  ]
}

/** All keys are one account without reads or writes: these settings decide nothing about them. */
const IDLE =
  /^(profile|alarmBudget\.(organization|newApis)|shares\.aggregates|floors\.(distinct|newcomers|denials|breadth))$/

/** Scores counts once, and decides them with each combination of settings. Throws `USAGE` where files are missing or a setting decides nothing. */
export async function backtestOfCounts(
  flags: CountsFlags & HistoryFlags & { readonly quiet?: boolean },
  { settings, grid }: { settings: Settings; grid: readonly (readonly Change[])[] },
  terminal: Terminal,
): Promise<readonly BacktestLine[]> {
  const { counts, series, errorCodes } = flags
  if (counts === undefined || series === undefined)
    throw new Fault('USAGE', 'counts take both --counts and --series, as offtrail score does')
  const idle = grid[0]?.find(([path]) => IDLE.test(path))
  if (idle !== undefined)
    throw new Fault('USAGE', `${idle[0]} decides nothing about counts: all keys are one account`)
  const progress = progressOn(terminal, { quiet: flags.quiet === true })
  const files = { counts, series, ...(errorCodes !== undefined && { errorCodes }) }
  try {
    const reading = await readCountFiles(files, ({ path, rows }) =>
      progress.show(() => `Reading  ${safe(path)} · ${grouped(rows)} rows`),
    )
    const { table } = reading
    const labels = flags.labels === undefined ? [] : await readCountLabels(flags.labels, table)
    const ask = { ...spanAsked(flags), labels }
    const scored = scoredCounts(table, ({ bucketS, daysDone, days }) =>
      progress.show(() => `Scoring  buckets of ${bucketS} s · ${daysDone} of ${days} days`),
    )
    progress.end()
    if (flags.quiet !== true)
      for (const line of readWords(reading, files)) terminal.err(`${line}\n`)
    return grid.map((changes): BacktestLine => {
      const { alarmBudget, shares, floors } = changedSettings(settings, changes, 1)
      const sensitivity = { alarmBudget: alarmBudget.account, shares, floors }
      return { changes, result: backtestCounts(scored, table, { ...ask, sensitivity }) }
    })
  } finally {
    progress.end()
  }
}
