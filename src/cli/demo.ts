import { join } from 'node:path'
import type { Command } from 'commander'
import { tally } from '../../models/index.ts'
import { collectNow, collectSooner } from '../base/engine.ts'
import { settingsFrom } from '../base/settings.ts'
import { rfc3339 } from '../base/times.ts'
import { type Catch, catches } from '../pipeline/catch.ts'
import { insightsSince, snapshotOf } from '../pipeline/changes.ts'
import { type RunReport, run } from '../pipeline/run.ts'
import { shellWord } from '../pipeline/shell-word.ts'
import { safe } from '../sink/safe.ts'
import { localFiles } from '../source/local-files.ts'
import type { House } from './house.ts'
import { jsonOption, quietOption, wholeNumber } from './options.ts'
import { printInsights } from './print-insights.ts'
import { counted } from './progress.ts'
import { runProgress } from './run-progress.ts'
import { closingWords } from './run-words.ts'
import { SIMULATED_START_MS, writeTrail } from './simulate.ts'
import { withFreshWriter } from './stores.ts'

interface Flags {
  readonly seed: number
  readonly days: number
  readonly out: string
  readonly json?: boolean
  readonly quiet?: boolean
}

/** `offtrail demo`: labelled traffic, the main job on it, and which incidents were caught. */
export function addDemo(command: Command, house: House): void {
  command
    .option(
      '--seed <number>',
      'another seed, other traffic',
      wholeNumber('--seed', { min: 0, max: 2 ** 31 }),
      7,
    )
    .option('--days <count>', 'days of traffic', wholeNumber('--days', { min: 14, max: 120 }), 35)
    .option('--out <folder>', 'where everything goes; replaced', 'offtrail-demo')
    .addOption(jsonOption())
    .addOption(quietOption())
    .action((flags: Flags) => demo(flags, house))
}

async function demo({ seed, days, out, json, quiet }: Flags, { terminal }: House): Promise<void> {
  const settings = settingsFrom(null)
  const trail = join(out, `trail-${seed}-${days}`)
  const store = join(out, 'offtrail.db')
  const written = await writeTrail(
    trail,
    { seed, days, startMs: SIMULATED_START_MS },
    terminal,
    quiet === true,
  )
  terminal.err(
    `Generated ${days} days of CloudTrail (seed ${seed}): ${counted(written.events, 'event')} in ${counted(written.files, 'file')}, ${written.incidents.length} labelled incidents\n`,
  )
  await withFreshWriter(store, settings, terminal, async (opened) => {
    const before = snapshotOf(opened)
    const sources = [localFiles([trail])]
    const progress = runProgress(terminal, sources, { quiet: quiet === true })
    const report = await run(sources, opened, {
      settings,
      ...{ account: null, asOfMs: null, deliverSinceMs: null, sinks: [], now: terminal.now },
      ...{ onIngest: progress.onIngest, onRead: collectSooner, onDetect: progress.onDetect },
      onBlock: collectNow,
    }).finally(progress.end)
    const insights = insightsSince(opened, before)
    const { caught, extra } = catches(written.incidents, insights)
    const format = json === true ? 'json' : 'table'
    await printInsights(insights, {
      ...{ format, store },
      terminal,
      report: { ...report, caught: caught.map(catchView) },
    })
    if (json !== true) {
      terminal.out(
        `\n${catchLines(caught)}${summary(caught, new Set(extra.map(({ incident }) => incident)).size, days)}`,
      )
    }
    if (quiet !== true) terminal.err(`\n${closing(report, store, insights[0]?.id)}`)
  })
}

function catchLines(caught: readonly Catch[]): string {
  return caught
    .map(({ incident, insight, delay }) => {
      const word = insight === null ? 'missed' : 'caught'
      const after = delay === null ? '' : `  after ${Math.round(delay)} min`
      return `${word}  ${rfc3339(incident.startMs).slice(0, 16)}Z  ${safe(incident.title)}${after}\n`
    })
    .join('')
}

function summary(caught: readonly Catch[], others: number, days: number): string {
  const delays = caught.flatMap(({ delay }) => (delay === null ? [] : [delay]))
  const missed = caught.length - delays.length
  const { medianDelay, othersPerWeek } = tally({ delays, missed, others, weeks: days / 7 })
  const delay = medianDelay === null ? '' : `, median delay ${Math.round(medianDelay)} min`
  const rest = `${counted(others, 'other incident')} (${othersPerWeek.toFixed(1)} a week)`
  return `${delays.length} of ${caught.length} labelled incidents caught${delay}; ${rest}\n`
}

function catchView({ incident, insight, delay }: Catch): object {
  return { incident, insight: insight?.id ?? null, delay }
}

function closing(report: RunReport, store: string, worst: string | undefined): string {
  const named = shellWord(store)
  const next = [
    `  npx offtrail serve --store ${named}      the same over HTTP`,
    ...(worst === undefined
      ? []
      : [
          `  npx offtrail explain ${worst.slice(0, 8)} --store ${named}      why the first line was raised`,
        ]),
  ]
  return `${closingWords(report, { store })}Next:\n${next.join('\n')}\n`
}
