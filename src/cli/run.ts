import type { Command } from 'commander'
import { collectNow, collectSooner } from '../base/engine.ts'
import { isAlarm } from '../insight/insight.ts'
import { insightsSince, snapshotOf } from '../pipeline/changes.ts'
import { withInbox } from '../pipeline/inbox.ts'
import { run } from '../pipeline/run.ts'
import { inboxOf } from '../source/inbox.ts'
import { awsOptions, doorOf } from './aws-options.ts'
import { type DigestFlags, publicKeysOption, verificationOf } from './digest-options.ts'
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
import { passedOver } from './passed-over.ts'
import { printInsights } from './print-insights.ts'
import {
  type DeliveryFlags,
  deliveryOptions,
  exitCodeOf,
  type FailOn,
  failOnOption,
  receiversOf,
} from './run-options.ts'
import { runProgress } from './run-progress.ts'
import { closingWords, newTroubles } from './run-words.ts'
import { refuseMissing, type SourceOptions, sourcesOf } from './sources.ts'
import { withWriter } from './stores.ts'
import type { Terminal } from './terminal.ts'

interface RunFlags extends SourceOptions, FormatChoice, DeliveryFlags, DigestFlags {
  readonly requireVerified?: boolean
  readonly input?: readonly string[]
  readonly store: string
  readonly config?: string
  readonly account?: string
  readonly asOf?: number
  readonly strictJson?: boolean
  readonly workers?: number
  readonly failOn: FailOn
  readonly output?: string
  readonly quiet?: boolean
}

const MOST_WORKERS = 64
/** Beyond, the one that writes does not keep up. */
const DEFAULT_WORKERS = 4

/** `offtrail run`: trail files in, insights out; the command for cron. */
export function addRun(command: Command, house: House): void {
  const moment = momentOf(house.terminal)
  command
    .argument(
      '[input...]',
      'files, folders, s3://BUCKET[/PREFIX], lookup://REGION for LookupEvents, - for standard input; what was pushed to `serve` is read as well',
    )
    .option('-i, --input <input>', 'the same, as an option; may be repeated', gather)
    .addOption(storeOption())
    .addOption(configOption())
    .option('--account <id>', 'account of records that name none')
    .option(
      '--from <time>',
      'files and S3: delivered from here on, as their names say; LookupEvents: from here (default: 90 days ago)',
      moment,
    )
    .option(
      '--to <time>',
      'files and S3: delivered up to a day after; LookupEvents: up to here (default: now)',
      moment,
    )
  for (const option of awsOptions('S3 and LookupEvents')) command.addOption(option)
  command
    .option(
      '--require-verified',
      'count only logs that a valid digest names, as it names them; others wait for a later run, pushed events too',
    )
    .addOption(publicKeysOption())
    .option('--strict-json', 'check the JSON of what does not count, too: several times slower')
    .option(
      '--workers <count>',
      `threads that read files and score, the one that writes among them (default: ${defaultWorkers(house.terminal)} that read, 1 that scores)`,
      wholeNumber('--workers', { min: 1, max: MOST_WORKERS }),
    )
    .option('--as-of <time>', 'take the data as complete up to here', moment)
  for (const option of deliveryOptions(moment)) command.addOption(option)
  command
    .addOption(failOnOption())
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
  const inbox = inboxOf(flags.store)
  if (named.length > 0 || !(await inbox.isThere())) await refuseMissing(named)
  const isVerified = flags.requireVerified === true
  const verification = isVerified
    ? await verificationOf(named, flags, doorOf(flags, terminal))
    : null
  const sources = sourcesOf(named, flags, terminal)
  const receivers = receiversOf(flags, settings, terminal)
  await withWriter(flags.store, settings, terminal, async (store) => {
    // Standard input is read whenever it was delivered.
    if (named.some((input) => input !== '-')) terminal.err(passedOver(flags, store) ?? '')
    const before = snapshotOf(store)
    const progress = runProgress(terminal, sources, { quiet: flags.quiet === true })
    const all = isVerified ? sources : withInbox(sources, inbox, store, settings)
    const report = await run(all, store, {
      settings,
      account: flags.account ?? null,
      strictJson: flags.strictJson === true,
      workers: flags.workers ?? defaultWorkers(terminal),
      scorers: flags.workers ?? 1,
      asOfMs: flags.asOf ?? null,
      deliverSinceMs: flags.deliverSince ?? null,
      ...receivers,
      ...(verification === null
        ? {}
        : { verification: { ...verification, onDigest: progress.onDigest } }),
      onIngest: progress.onIngest,
      onRead: collectSooner,
      onDetect: progress.onDetect,
      onBlock: collectNow,
      now: terminal.now,
      sleep: terminal.sleep,
      random: terminal.random,
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
