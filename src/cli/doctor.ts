import type { Command } from 'commander'
import { FAULTS, Fault } from '../base/fault.ts'
import { type Checked, doubtful, type Finding, failing, worstOf } from '../base/finding.ts'
import type { SinkSettings } from '../base/sinks.ts'
import { checkDelivery } from '../pipeline/checkup/check-delivery.ts'
import { checkCoverage, checkRuns } from '../pipeline/checkup/check-history.ts'
import { safe } from '../sink/safe.ts'
import { checkStore } from '../store/doctor.ts'
import { accessKeysOption } from './access-key.ts'
import { awsOptions } from './aws-options.ts'
import { lookAll } from './checkup.ts'
import { looksAt, type Wanted } from './doctor-looks.ts'
import type { House } from './house.ts'
import { jsonText } from './json-text.ts'
import { configOption, jsonOption, quietOption, settingsOf, storeOption } from './options.ts'
import { progressOn } from './progress.ts'
import { withReader } from './stores.ts'
import { tokensOption } from './token.ts'

interface Flags extends Omit<Wanted, 'sources' | 'sinks'> {
  readonly store: string
  readonly config?: string
  readonly json?: boolean
  readonly quiet?: boolean
}

/** How long one look may take. */
const LIMIT_MS = 10_000
/** That at Node.js. */
const LOOKS_AT_ANY_RATE = 1
const STORE: Checked = { check: 'store', place: null }

/** `offtrail doctor`: does everything work, and add up? Exit code 3 where something does not. Writes and sends nothing. */
export function addDoctor(command: Command, house: House): void {
  command
    .argument(
      '[source...]',
      'what runs read: files, folders, s3://BUCKET[/PREFIX], lookup://REGION; none: the store and the sinks alone',
    )
    .option('--queue <url>', 'the SQS queue that watch reads')
    .addOption(storeOption())
    .addOption(configOption())
    .addOption(tokensOption())
    .addOption(accessKeysOption())
    .option('--region <name>', "AWS Region, where the queue's address does not say it")
  for (const option of awsOptions('S3, SQS and LookupEvents')) command.addOption(option)
  command
    .addOption(jsonOption())
    .addOption(quietOption())
    .action((sources: readonly string[], flags: Flags) => doctor(sources, flags, house))
}

async function doctor(
  sources: readonly string[],
  flags: Flags,
  { terminal, exitWith }: House,
): Promise<void> {
  const { sinks } = settingsOf(flags)
  const looks = looksAt({ ...flags, sources, sinks }, terminal)
  const progress = progressOn(terminal, { quiet: flags.quiet === true })
  const found = await lookAll(looks, LIMIT_MS, (count) =>
    progress.show(() => `Looking  ${count} of ${looks.length} places`),
  ).finally(progress.end)
  // Afterwards, for it holds up everything else while it reads.
  const kept = await inStore(flags.store, {
    sinks,
    nowMs: terminal.now(),
    isNeeded: looks.length <= LOOKS_AT_ANY_RATE,
  })
  const findings = [...found, ...kept]
  const worst = worstOf(findings)
  if (flags.json === true) terminal.out(jsonText({ ok: worst !== 'fail', worst, findings }))
  else for (const finding of findings) terminal.out(lineOf(finding))
  if (worst === 'fail') exitWith(FAULTS.INPUT_INCOMPLETE.exit)
}

/** What the store says of itself and of how runs fare. Where it is all that is looked at, throws what keeps it from being opened. */
async function inStore(
  path: string,
  asked: {
    readonly sinks: readonly SinkSettings[]
    readonly nowMs: number
    readonly isNeeded: boolean
  },
): Promise<readonly Finding[]> {
  const { sinks, nowMs, isNeeded } = asked
  try {
    return await withReader(path, (store) => [
      ...checkStore(store).map(({ check, ok, words }) =>
        ok
          ? { ...{ check, place: null, state: 'ok' as const, words }, remedy: null }
          : failing({ check, place: null }, words, 'restore a copy, or count the files anew'),
      ),
      ...checkCoverage(store, nowMs),
      checkRuns(store, nowMs),
      ...sinks.map(({ name }) => checkDelivery(store, name, nowMs)),
    ])
  } catch (error) {
    if (isNeeded || !(error instanceof Fault)) throw error
    return [(error.code === 'STORE_MISSING' ? doubtful : failing)(STORE, error.message)]
  }
}

const SIGNS = { ok: 'ok', warn: 'warn', fail: 'FAILED' } as const

function lineOf({ state, check, place, words, remedy }: Finding): string {
  const subject = place === null ? check : `${check} ${safe(place)}`
  const rest = remedy === null ? '' : ` -> ${safe(remedy)}`
  return `${SIGNS[state].padEnd(8)}${subject}: ${safe(words)}${rest}\n`
}
