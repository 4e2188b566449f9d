import type { Command } from 'commander'
import { Fault } from '../base/fault.ts'
import { safe, safeJson } from '../sink/safe.ts'
import type { Place } from '../source/digest/archive.ts'
import { openArchives } from '../source/digest/open-archives.ts'
import { type ProvenHours, verifyArchive } from '../source/digest/verify-archive.ts'
import { awsOptions, doorOf } from './aws-options.ts'
import { type DigestFlags, keysOf, publicKeysOption, refuseUnsigned } from './digest-options.ts'
import type { House } from './house.ts'
import { jsonText } from './json-text.ts'
import {
  type Format,
  type FormatChoice,
  formatOf,
  formatOption,
  jsonOption,
  momentOf,
  quietOption,
} from './options.ts'
import { bytesText, counted, progressOn } from './progress.ts'
import type { Terminal } from './terminal.ts'
import { hoursFor } from './verify-hours.ts'
import { hoursView, type VerifyResult, verifyReport } from './verify-report.ts'
import { verifyTables, verifyWords } from './verify-words.ts'

interface Flags extends FormatChoice, DigestFlags {
  readonly from?: number
  readonly to?: number
  readonly account?: string
  readonly region?: string
  readonly store?: string
  readonly all?: boolean
  readonly quiet?: boolean
}

const UNPROVEN = 1

/** `offtrail verify`: are the files what CloudTrail delivered, by its signed digests? Exit code 1 where something is not proven. */
export function addVerify(command: Command, house: House): void {
  const moment = momentOf(house.terminal)
  command
    .argument('<source...>', 'folders that hold AWSLogs, s3://BUCKET[/PREFIX]')
    .option('--from <time>', 'delivered from here on (default: all)', moment)
    .option('--to <time>', 'delivered before (default: now, so that digests must reach it)', moment)
    .option('--account <id>', 'this account alone')
    .option('--region <region>', 'this Region alone')
    .addOption(publicKeysOption())
  for (const option of awsOptions('S3 and CloudTrail')) command.addOption(option)
  command
    .option(
      '--store <file>',
      'note there which hours are proven, missing or damaged, of what that store has read',
    )
    .option('--all', 'tell what is valid as well, file by file')
    .addOption(formatOption(['table', 'json', 'ndjson']))
    .addOption(jsonOption())
    .addOption(quietOption())
    .action((sources: readonly string[], flags: Flags) => verifyCommand(sources, flags, house))
}

async function verifyCommand(
  sources: readonly string[],
  flags: Flags,
  { terminal, exitWith }: House,
): Promise<void> {
  refuseWrong(sources, flags, terminal)
  const format = formatOf(flags, terminal, false)
  const progress = progressOn(terminal, { quiet: flags.quiet === true })
  const door = doorOf(flags, terminal)
  let where = ''
  const report = verifyReport({
    all: flags.all === true,
    onVerdict:
      format === 'ndjson' ? (view) => terminal.out(line({ type: 'verdict', ...view })) : null,
    onProgress: ({ digestCount, logCount, inflatedBytes }) =>
      progress.show(
        () =>
          `Verifying  ${where} · ${counted(digestCount, 'digest')} · ${counted(logCount, 'log')} · ${bytesText(inflatedBytes)}`,
      ),
  })
  const noted = flags.store === undefined ? null : hoursFor(flags.store)
  const options = {
    ...{ keys: keysOf(flags, door), account: flags.account ?? null, region: flags.region ?? null },
    ...{ span: { fromMs: flags.from ?? 0, untilMs: flags.to ?? null }, nowMs: terminal.now() },
    onPlace: ({ account, region }: Place) => {
      where = `${account} ${safe(region)}`
    },
    ...noted?.options,
  }
  const proven: ProvenHours[] = []
  try {
    for (const archive of await openArchives(sources, door))
      proven.push(...(await verifyArchive(archive, options, report.listener)))
  } finally {
    progress.end()
    noted?.close()
  }
  if (where === '') throw nothingThere(sources, flags)
  print(report.result(), proven, { format, terminal })
  if (noted !== null) await noted.keep(terminal)
  if (flags.quiet !== true)
    terminal.err(verifyWords(report.result(), proven) + (noted?.words() ?? ''))
  if (!report.result().ok) exitWith(UNPROVEN)
}

function refuseWrong(sources: readonly string[], { from, to }: Flags, { now }: Terminal): void {
  refuseUnsigned(sources)
  if ((from ?? 0) >= (to ?? now()))
    throw new Fault('USAGE', '--from must lie before --to, and before now')
}

function nothingThere(sources: readonly string[], { account, region }: Flags): Fault {
  const asked = [account, region].filter((each) => each !== undefined).join(', ')
  return new Fault(
    'INPUT_NOT_FOUND',
    `there are no CloudTrail folders${asked === '' ? '' : ` of ${asked}`} in ${sources.join(', ')}: expected AWSLogs/ACCOUNT/CloudTrail-Digest/REGION/`,
  )
}

function print(
  result: VerifyResult,
  proven: readonly ProvenHours[],
  { format, terminal }: { readonly format: Format; readonly terminal: Terminal },
): void {
  const hours = proven.map(hoursView)
  const { verdicts: _, ...summary } = result
  if (format === 'table') terminal.out(verifyTables(result, proven, terminal))
  else if (format === 'json') terminal.out(jsonText({ ...result, proven: hours }))
  else {
    for (const each of hours) terminal.out(line({ type: 'proven', ...each }))
    terminal.out(line({ type: 'summary', ...summary }))
  }
}

const line = (value: object): string => `${safeJson(value)}\n`
