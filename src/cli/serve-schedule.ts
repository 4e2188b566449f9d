import { Option } from 'commander'
import { Fault } from '../base/fault.ts'
import { makeInbox } from '../sink/inbox.ts'
import { type AwsFlags, awsOptions, doorOf } from './aws-options.ts'
import { publicKeysOption } from './digest-options.ts'
import { gather, momentOf } from './options.ts'
import { storeExists } from './stores.ts'
import type { Again, Terminal } from './terminal.ts'

/** What scheduled runs of a server read, and how. */
export interface ScheduleFlags extends AwsFlags {
  readonly store: string
  readonly config?: string
  readonly tokens?: string
  readonly schedule?: string
  readonly input?: readonly string[]
  /** As it was typed: `7d` is another time at each run. */
  readonly from?: string
  readonly deliver?: string
  readonly requireVerified?: boolean
  readonly publicKeys?: readonly string[]
}

export function scheduleOptions(terminal: Terminal): readonly Option[] {
  return [
    new Option('--schedule <cron>', "run by itself, too: '*/15 * * * *' (UTC)"),
    new Option(
      '-i, --input <input>',
      'what scheduled runs read, beside what is pushed (repeatable)',
    ).argParser(gather),
    new Option(
      '--from <time>',
      'scheduled runs read what was delivered from here on: 30d, at each run',
    ).argParser(typedMoment(terminal)),
    new Option('--deliver <folder>', 'where scheduled runs write Insights records'),
    new Option('--require-verified', 'scheduled runs count only logs that a valid digest names'),
    publicKeysOption(),
    ...awsOptions('S3 and LookupEvents of scheduled runs'),
  ]
}

/** A moment as it was typed. Throws `USAGE` where it is none. */
function typedMoment(terminal: Terminal): (text: string) => string {
  const moment = momentOf(terminal)
  return (text) => {
    moment(text)
    return text
  }
}

/** Throws `USAGE` where what is said of scheduled runs has none to be about. */
export function refuseUnscheduled(flags: ScheduleFlags): void {
  const { schedule, input = [], from, requireVerified } = flags
  if (schedule === undefined && input.length > 0) {
    throw new Fault(
      'USAGE',
      'what --input names is read by scheduled runs: give --schedule as well',
    )
  }
  const [idle] = [
    ...(from === undefined ? [] : ['--from']),
    ...(requireVerified === true ? ['--require-verified'] : []),
  ]
  if (idle !== undefined && input.length === 0) {
    throw new Fault(
      'USAGE',
      `${idle} is for what --input names: give --schedule and --input as well`,
    )
  }
}

/** Runs without inputs have what is pushed to read. Throws `USAGE` where nobody may push. */
export async function expectPushes({ store, tokens }: ScheduleFlags): Promise<void> {
  if (tokens === undefined) {
    throw new Fault(
      'USAGE',
      'a --schedule runs over what --input names, or what is pushed with a token: give --input or --tokens',
    )
  }
  await makeInbox(store)
}

/** Where no store is yet, there is nothing to answer with before a run has made it. False: told to stop meanwhile. */
export async function firstRun(
  { store }: ScheduleFlags,
  begin: () => Again,
  terminal: Terminal,
): Promise<boolean> {
  if (storeExists(store)) return true
  const first = begin()
  let isStopped = false
  terminal.onStop(() => {
    isStopped = true
    first.stop()
  })
  const { code, err } = await first.ended
  if (isStopped) return false
  if (!storeExists(store)) {
    throw new Fault(
      'STORE_MISSING',
      `the first run ended with ${code} and made no store: ${err.trimEnd()}`,
    )
  }
  return true
}

/** The command line of a scheduled run. Throws `USAGE` for AWS options that go ill together. */
export function runArgs(flags: ScheduleFlags, terminal: Terminal): readonly string[] {
  const { profile, endpointUrl, roleArn, externalId } = doorOf(flags, terminal)
  const given = (option: string, value: string | undefined): readonly string[] =>
    value === undefined ? [] : [option, value]
  const { store, config, input = [], from, deliver, requireVerified, publicKeys = [] } = flags
  return [
    ...['run', '--quiet', '--store', store],
    ...input.flatMap((each) => ['--input', each]),
    ...given('--config', config),
    ...given('--from', from),
    ...given('--deliver', deliver),
    ...given('--profile', profile),
    ...given('--endpoint-url', endpointUrl),
    ...given('--role-arn', roleArn),
    ...given('--external-id', externalId),
    ...(requireVerified === true ? ['--require-verified'] : []),
    ...publicKeys.flatMap((file) => ['--public-keys', file]),
  ]
}
