import type { Command } from 'commander'
import type { Sensitivity } from '../../models/index.ts'
import { Fault } from '../base/fault.ts'
import { scoreCounts } from '../pipeline/score-counts.ts'
import { safe, safeJson } from '../sink/safe.ts'
import { writeScoreFiles } from '../sink/score-files.ts'
import { type CountFiles, readCountFiles } from '../source/count-files.ts'
import type { House } from './house.ts'
import { jsonText } from './json-text.ts'
import {
  configOption,
  type FormatChoice,
  formatOf,
  formatOption,
  jsonOption,
  quietOption,
  settingsOf,
} from './options.ts'
import { grouped, progressOn } from './progress.ts'
import {
  readWords,
  type ScoreSummary,
  scoredWords,
  summaryOf,
  summaryTable,
} from './score-words.ts'
import type { Terminal } from './terminal.ts'

interface Flags extends CountFiles, FormatChoice {
  readonly out: string
  readonly config?: string
  readonly alarmBudget?: number
  readonly quiet?: boolean
}

const HIGHEST_BUDGET = 1000

/** `offtrail score`: counts from elsewhere in, scores and events as CSV out; no store. */
export function addScore(command: Command, { terminal }: House): void {
  command
    .requiredOption('--counts <file>', 'CSV: key,bucket_start,calls,errors; .gz too')
    .requiredOption('--series <file>', 'CSV: key,bucket_s; meta.json beside it: start, end')
    .option('--error-codes <file>', 'CSV: key,bucket_start,code,errors: score errors by code')
    .requiredOption('--out <folder>', 'where to write scores.csv and events.csv')
    .option(
      '--alarm-budget <count>',
      'events a week you are willing to look at, all keys together (default: alarmBudget.account)',
      budgetOf,
    )
    .addOption(configOption())
    .addOption(formatOption(['table', 'json', 'ndjson']))
    .addOption(jsonOption())
    .addOption(quietOption())
    .action((flags: Flags) => scoreCommand(flags, terminal))
}

async function scoreCommand(flags: Flags, terminal: Terminal): Promise<void> {
  const startedMs = terminal.now()
  const sensitivity = sensitivityOf(flags)
  const progress = progressOn(terminal, { quiet: flags.quiet === true })
  const say = (line: string): void => {
    progress.end()
    if (flags.quiet !== true) terminal.err(`${line}\n`)
  }
  const reading = await readCountFiles(flags, ({ path, rows }) =>
    progress.show(() => `Reading  ${safe(path)} · ${grouped(rows)} rows`),
  ).finally(progress.end)
  for (const line of readWords(reading, flags)) say(line)
  const scored = scoreCounts(reading.table, {
    sensitivity,
    onProgress: ({ bucketS, daysDone, days }) =>
      progress.show(() => `Scoring  buckets of ${bucketS} s · ${daysDone} of ${days} days`),
  })
  const files = await writeScoreFiles(flags.out, scored.scores, scored.events)
  const elapsedS = (terminal.now() - startedMs) / 1000
  say(`${scoredWords(reading, scored)} in ${elapsedS.toFixed(1)} s`)
  print(summaryOf(reading, scored, files), flags, terminal)
}

function budgetOf(text: string): number {
  const budget = Number(text)
  if (text.trim() !== '' && budget > 0 && budget <= HIGHEST_BUDGET) return budget
  throw new Fault(
    'USAGE',
    `--alarm-budget takes a number above 0, at most ${HIGHEST_BUDGET}, not '${text}'`,
  )
}

function sensitivityOf(flags: Flags): Sensitivity {
  const { alarmBudget, shares, floors } = settingsOf(flags)
  return { alarmBudget: flags.alarmBudget ?? alarmBudget.account, shares, floors }
}

function print(summary: ScoreSummary, flags: Flags, terminal: Terminal): void {
  const format = formatOf(flags, terminal, false)
  if (format === 'table') terminal.out(summaryTable(summary, terminal))
  else terminal.out(format === 'json' ? jsonText(summary) : `${safeJson(summary)}\n`)
}
