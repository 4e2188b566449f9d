import { type Command, Option } from 'commander'
import { isAlarm } from '../insight/insight.ts'
import { type SeverityWord, severityWord } from '../insight/severity.ts'
import { insightsSince, snapshotOf } from '../pipeline/changes.ts'
import { type RunReport, run } from '../pipeline/run.ts'
import { insightFolder } from '../sink/insight-folder.ts'
import type { House } from './house.ts'
import {
  configOption,
  type FormatChoice,
  formatOf,
  formatOption,
  gather,
  jsonOption,
  momentOf,
  outputOption,
  quietOption,
  settingsOf,
  storeOption,
  wholeNumber,
} from './options.ts'
import { printInsights } from './print-insights.ts'
import { runProgress } from './run-progress.ts'
import { closingWords, newTroubles } from './run-words.ts'
import { refuseMissing, type SourceOptions, sourcesOf } from './sources.ts'
import { withWriter } from './stores.ts'
import type { Terminal } from './terminal.ts'

interface RunFlags extends SourceOptions, FormatChoice {
  readonly input?: readonly string[]
  readonly store: string
  readonly config?: string
  readonly account?: string
  readonly asOf?: number
  readonly deliver?: string
  readonly deliverSince?: number
  readonly strict?: boolean
  readonly strictJson?: boolean
  readonly workers?: number
  readonly failOn: SeverityWord | 'none'
  readonly output?: string
  readonly quiet?: boolean
}

const MOST_WORKERS = 64
/** Beyond, the one that writes does not keep up. */
const DEFAULT_WORKERS = 4

const SEVERITIES: readonly SeverityWord[] = ['info', 'minor', 'major', 'critical']

/** `offtrail run`: trail files in, insights out; the command for cron. */
export function addRun(command: Command, house: House): void {
  const moment = momentOf(house.terminal)
  command
    .argument(
      '[input...]',
      'files, folders, s3://BUCKET[/PREFIX], lookup://REGION for LookupEvents, - for standard input',
    )
    .option('-i, --input <input>', 'the same, as an option; may be repeated', gather)
    .addOption(storeOption())
    .addOption(configOption())
    .option('--account <id>', 'account of records that name none')
    .option(
      '--from <time>',
      'S3: delivered from that day on; LookupEvents: from here (default: 90 days ago)',
      moment,
    )
    .option('--to <time>', 'S3, LookupEvents: up to here (default: now)', moment)
    .option('--profile <name>', 'AWS profile for S3 and LookupEvents')
    .option('--endpoint-url <url>', 'another endpoint for S3 or LookupEvents')
    .option('--strict-json', 'check the JSON of what does not count, too: several times slower')
    .option(
      '--workers <count>',
      `threads that read files; 1: none beside the one that counts (default: ${defaultWorkers(house.terminal)})`,
      wholeNumber('--workers', { min: 1, max: MOST_WORKERS }),
    )
    .option('--as-of <time>', 'take the data as complete up to here', moment)
    .option(
      '--deliver <folder>',
      'write Insights records there, in the S3 CloudTrail-Insight layout',
    )
    .option(
      '--deliver-since <time>',
      'deliver insights that start from here on (default: the end of the first run)',
      moment,
    )
    .option('--strict', "only AWS's own fields in Insights records")
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 when a new insight is at least that severe')
        .choices(['none', ...SEVERITIES])
        .default('none'),
    )
    .addOption(formatOption())
    .addOption(jsonOption())
    .addOption(outputOption())
    .addOption(quietOption())
    .action((inputs: readonly string[], flags: RunFlags) => runCommand(inputs, flags, house))
}

const defaultWorkers = ({ cores }: Terminal): number => Math.min(cores, DEFAULT_WORKERS)

async function runCommand(inputs: readonly string[], flags: RunFlags, house: House): Promise<void> {
  const { terminal } = house
  const settings = settingsOf(flags)
  const named = [...inputs, ...(flags.input ?? [])]
  await refuseMissing(named)
  const sources = sourcesOf(named, flags, terminal)
  await withWriter(flags.store, settings, terminal, async (store) => {
    const before = snapshotOf(store)
    const progress = runProgress(terminal, sources, { quiet: flags.quiet === true })
    const report = await run(sources, store, {
      settings,
      account: flags.account ?? null,
      strictJson: flags.strictJson === true,
      workers: flags.workers ?? defaultWorkers(terminal),
      asOfMs: flags.asOf ?? null,
      deliverSinceMs: flags.deliverSince ?? null,
      sinks:
        flags.deliver === undefined
          ? []
          : [insightFolder(flags.deliver, { strict: flags.strict === true })],
      onIngest: progress.onIngest,
      onDetect: progress.onDetect,
      now: terminal.now,
    }).finally(progress.end)
    const insights = insightsSince(store, before)
    const format = formatOf(flags, terminal, flags.output !== undefined)
    await printInsights(insights, { ...flags, format, report, terminal })
    terminal.err(flags.quiet === true ? newTroubles(report) : closingWords(report, flags))
    house.exitWith(
      exitCodeOf(
        report,
        insights.filter(isAlarm).map(({ severity }) => severity),
        flags.failOn,
      ),
    )
  })
}

/** 1 where something at least as severe as asked is new; else 3 where input was incomplete; else 0. */
function exitCodeOf(
  { ingest }: RunReport,
  severities: readonly number[],
  failOn: RunFlags['failOn'],
): number {
  const least = failOn === 'none' ? SEVERITIES.length : SEVERITIES.indexOf(failOn)
  if (severities.some((severity) => SEVERITIES.indexOf(severityWord(severity)) >= least)) return 1
  return ingest.troubles.length > 0 || ingest.tally.rejected > 0 ? 3 : 0
}
