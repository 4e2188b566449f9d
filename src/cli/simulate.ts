import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type Command, Option } from 'commander'
import { rfc3339 } from '../base/times.ts'
import { type LabelledIncident, simulate } from '../simulate/simulate.ts'
import { writeAtomically } from '../sink/file.ts'
import type { House } from './house.ts'
import { momentOf, quietOption, wholeNumber } from './options.ts'
import { counted, progressOn } from './progress.ts'
import type { Terminal } from './terminal.ts'

/** The first day of simulated trails, unless asked otherwise: a Monday. */
export const SIMULATED_START_MS = Date.UTC(2026, 8, 7)

interface Flags {
  readonly out: string
  readonly seed: number
  readonly days: number
  readonly start: number
  readonly quiet?: boolean
}

/** `offtrail simulate`: trail files of made-up accounts, with labelled incidents in them. */
export function addSimulate(command: Command, { terminal }: House): void {
  command
    .requiredOption('--out <folder>', 'where to write them')
    .option(
      '--seed <number>',
      'the same seed gives the same files',
      wholeNumber('--seed', { min: 0, max: 2 ** 31 }),
      7,
    )
    .option('--days <count>', 'days of traffic', wholeNumber('--days', { min: 3, max: 400 }), 35)
    .addOption(
      new Option('--start <time>', 'first day')
        .argParser(momentOf(terminal))
        .default(SIMULATED_START_MS, rfc3339(SIMULATED_START_MS).slice(0, 10)),
    )
    .addOption(quietOption())
    .action(async ({ out, seed, days, start, quiet }: Flags) => {
      const written = await writeTrail(
        out,
        { seed, days, startMs: start },
        terminal,
        quiet === true,
      )
      terminal.err(
        `Wrote ${counted(written.events, 'event')} in ${counted(written.files, 'file')} to ${out}\n`,
      )
    })
}

/** Writes a simulated trail as `.json.gz` files in CloudTrail's layout, and its labels; answers what was written. */
export async function writeTrail(
  root: string,
  options: { readonly seed: number; readonly days: number; readonly startMs: number },
  terminal: Terminal,
  quiet: boolean,
) {
  // The same seed makes them again, so nobody need wait for the disk.
  const repeatable = { durable: false }
  const simulation = simulate(options)
  const progress = progressOn(terminal, { quiet })
  let files = 0
  let events = 0
  for (const file of simulation.files()) {
    await writeAtomically(join(root, file.key), gzipSync(file.text, { level: 1 }), repeatable)
    files += 1
    events += file.events
    progress.show(() => `Writing  ${counted(files, 'file')} · ${counted(events, 'event')}`)
  }
  progress.end()
  await writeAtomically(
    join(root, 'labels.json'),
    `${JSON.stringify({ labels: simulation.incidents.map(labelView) }, null, 2)}\n`,
  )
  return { files, events, incidents: simulation.incidents }
}

/** As a file of labels holds it. */
function labelView({ startMs, endMs, ...label }: LabelledIncident): object {
  return { ...label, startTime: rfc3339(startMs), endTime: rfc3339(endMs) }
}
