import type { Command } from 'commander'
import { parseDuration } from '../base/times.ts'
import { isAlarm } from '../insight/insight.ts'
import { insightsSince, snapshotOf } from '../pipeline/changes.ts'
import { type WatchReport, watch } from '../pipeline/watch.ts'
import { safe } from '../sink/safe.ts'
import { inboxOf } from '../source/inbox.ts'
import { s3Queue } from '../source/s3-queue.ts'
import type { Store } from '../store/store.ts'
import { type AwsFlags, awsOptions, doorOf } from './aws-options.ts'
import type { House } from './house.ts'
import {
  configOption,
  type FormatChoice,
  formatOf,
  formatOption,
  jsonOption,
  momentOf,
  quietOption,
  settingsOf,
  storeOption,
} from './options.ts'
import { printInsights } from './print-insights.ts'
import { counted, progressOn } from './progress.ts'
import {
  type DeliveryFlags,
  deliveryOptions,
  exitCodeOf,
  type FailOn,
  failOnOption,
  receiversOf,
} from './run-options.ts'
import { scoringWords } from './run-progress.ts'
import { withWriter } from './stores.ts'
import type { Terminal } from './terminal.ts'
import { watchTroubles, watchWords } from './watch-words.ts'

interface WatchFlags extends FormatChoice, DeliveryFlags, AwsFlags {
  readonly queue: string
  readonly store: string
  readonly config?: string
  readonly account?: string
  readonly region?: string
  readonly strictJson?: boolean
  readonly every: number
  readonly untilEmpty?: boolean
  readonly failOn: FailOn
  readonly quiet?: boolean
}

/** `offtrail watch`: a run whenever a queue has something new, until told to stop; or once, until the queue is empty. */
export function addWatch(command: Command, house: House): void {
  command
    .requiredOption(
      '--queue <url>',
      'SQS queue that S3, SNS or EventBridge tells of new objects, or EventBridge of calls',
    )
    .addOption(storeOption())
    .addOption(configOption())
    .option('--account <id>', 'account of records that name none')
  for (const option of awsOptions('SQS and S3')) command.addOption(option)
  command
    .option('--region <name>', "AWS Region, where the queue's address does not say it")
    .option('--strict-json', 'check the JSON of what does not count, too: several times slower')
    .option('--every <time>', 'score and deliver at most so often', parseDuration, 60_000)
    .option('--until-empty', 'end when the queue is empty, as run ends: for cron')
  for (const option of deliveryOptions(momentOf(house.terminal))) command.addOption(option)
  command
    .addOption(failOnOption())
    .addOption(formatOption())
    .addOption(jsonOption())
    .addOption(quietOption())
    .action((flags: WatchFlags) => watchCommand(flags, house))
}

async function watchCommand(flags: WatchFlags, house: House): Promise<void> {
  const { terminal } = house
  const settings = settingsOf(flags)
  const receivers = receiversOf(flags, settings, terminal)
  const stop = new AbortController()
  const queue = s3Queue({ ...queueDoor(flags, terminal), ...settings.queue, signal: stop.signal })
  const isQuiet = flags.quiet === true
  await withWriter(flags.store, settings, terminal, async (store) => {
    terminal.onStop(() => stop.abort())
    if (!isQuiet && flags.untilEmpty !== true)
      terminal.err(`Watching ${queue.title} into ${safe(flags.store)} (Ctrl-C stops).\n`)
    const progress = progressOn(terminal, { quiet: isQuiet })
    let before = snapshotOf(store)
    await watch(queue, store, {
      settings,
      account: flags.account ?? null,
      strictJson: flags.strictJson === true,
      asOfMs: null,
      deliverSinceMs: flags.deliverSince ?? null,
      ...receivers,
      onMessages: ({ received }) => progress.show(() => `Reading  ${counted(received, 'message')}`),
      onDetect: (now) => progress.show(() => scoringWords(now)),
      now: terminal.now,
      sleep: terminal.sleep,
      random: terminal.random,
      inbox: inboxOf(flags.store),
      everyMs: flags.every,
      untilEmpty: flags.untilEmpty === true,
      isStopped: () => stop.signal.aborted,
      onSilence: ({ message }) => terminal.err(`offtrail: ${safe(message)}\n`),
      onRun: async (report) => {
        progress.end()
        await show(report, store, before, flags, house)
        before = snapshotOf(store)
      },
    }).finally(() => progress.end())
  })
}

function queueDoor(flags: WatchFlags, terminal: Terminal) {
  const { queue: url, region } = flags
  return { url, ...doorOf(flags, terminal), ...(region === undefined ? {} : { region }) }
}

/** Results of one run: always at the end of `--until-empty`; else where there is something to tell. */
async function show(
  report: WatchReport,
  store: Store,
  before: ReturnType<typeof snapshotOf>,
  flags: WatchFlags,
  { terminal, exitWith }: House,
): Promise<void> {
  const insights = insightsSince(store, before)
  const { messages, ingest } = report
  const isIdle = messages.received === 0 && ingest.listed === 0 && insights.length === 0
  if (flags.untilEmpty !== true && isIdle) return
  const format = formatOf(flags, terminal, false)
  if (flags.untilEmpty === true || insights.length > 0 || format === 'json')
    await printInsights(insights, {
      store: flags.store,
      format,
      report,
      terminal,
      ...strictOf(flags),
    })
  terminal.err(
    flags.quiet === true ? watchTroubles(report) : watchWords(report, flags, terminal.now()),
  )
  if (flags.untilEmpty !== true) return
  const severities = insights.filter(isAlarm).map(({ severity }) => severity)
  const code = exitCodeOf(report, severities, flags.failOn)
  exitWith(code === 0 && report.messages.left > 0 ? 3 : code)
}

const strictOf = ({ strict }: WatchFlags) => (strict === undefined ? {} : { strict })
