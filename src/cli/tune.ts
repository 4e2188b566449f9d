import type { Command } from 'commander'
import { type TuneStep, type Tuning, tune } from '../pipeline/tuning/tune.ts'
import { writeAtomically } from '../sink/file.ts'
import { settingsText } from '../source/settings-file.ts'
import { type HistoryFlags, historyAsk, historyOptions } from './history-options.ts'
import type { House } from './house.ts'
import { jsonText } from './json-text.ts'
import { configOption, jsonOption, positiveNumber, quietOption, storeOption } from './options.ts'
import { progressOn } from './progress.ts'
import { settingsFor, withReader } from './stores.ts'
import type { Terminal } from './terminal.ts'
import { backtestTable, basisWords } from './tuning-words.ts'

interface Flags extends HistoryFlags {
  readonly store: string
  readonly config?: string
  readonly budget: number
  readonly write?: string
  readonly json?: boolean
  readonly quiet?: boolean
}

/** `offtrail tune`: settings that would have kept to a budget of false alarms, with what shows it. */
export function addTune(command: Command, { terminal }: House): void {
  command
    .addOption(storeOption())
    .addOption(configOption())
    .requiredOption(
      '--budget <count>',
      'false alarms a week and account that one is willing to look at',
      positiveNumber('--budget', 100),
    )
    .option('--write <file>', 'put what is proposed into this settings file; the rest of it stays')
    .addOption(jsonOption())
    .addOption(quietOption())
  for (const option of historyOptions(terminal)) command.addOption(option)
  command.action((flags: Flags) => tuneHistory(flags, terminal))
}

async function tuneHistory(flags: Flags, terminal: Terminal): Promise<void> {
  const ask = await historyAsk(flags)
  const progress = progressOn(terminal, { quiet: flags.quiet === true })
  const tuning = await withReader(flags.store, (store) =>
    tune(store, settingsFor(store, flags), { ...ask, budget: flags.budget }, (done, of) =>
      progress.show(() => `Deciding again  ${done} of ${of}`),
    ),
  ).finally(progress.end)
  const proposed = proposalOf(tuning.chosen)
  terminal.out(flags.json === true ? jsonText(viewOf(tuning, proposed)) : wordsOf(tuning, terminal))
  if (flags.write !== undefined) {
    await writeAtomically(flags.write, settingsText(flags.write, proposed))
  }
  if (flags.quiet !== true) terminal.err(closing(tuning, flags))
}

/** The settings that are proposed, by path. */
function proposalOf({ settings }: TuneStep): readonly (readonly [string, number])[] {
  const { account, organization } = settings.alarmBudget
  return [
    ['alarmBudget.account', account],
    ['alarmBudget.organization', organization],
  ]
}

function viewOf({ steps, chosen, keeps }: Tuning, proposed: ReturnType<typeof proposalOf>): object {
  return {
    proposed: Object.fromEntries(proposed),
    ...{ keeps, result: chosen.result },
    steps: steps.map(({ asked, result }) => ({ asked, ...result })),
  }
}

function wordsOf({ steps }: Tuning, terminal: Terminal): string {
  const lines = steps.map(({ asked, result }) => ({
    changes: [['alarmBudget.account', asked] as const],
    result,
  }))
  return backtestTable(lines, terminal.width)
}

function closing({ chosen, keeps }: Tuning, { budget, write }: Flags): string {
  const { got, low, high } = chosen.result.othersPerWeek
  const brought = `${got.toFixed(2)} a week and account (95 %: ${low.toFixed(2)} to ${high.toFixed(2)})`
  const proposal = `alarmBudget: { account: ${chosen.asked}, organization: ${chosen.settings.alarmBudget.organization} }`
  const verdict = keeps
    ? `Proposed: ${proposal}. It would have brought ${brought}, for ${budget} asked.\n`
    : `Even ${proposal} would have brought ${brought}, more than ${budget}: label what was real (--labels), or raise floors.\n`
  const end =
    write === undefined
      ? 'Nothing was written: --write offtrail.yaml puts it into the settings.\n'
      : `Written to ${write}; offtrail run -c ${write} decides by it.\n`
  return `${basisWords({ changes: [], result: chosen.result })}${verdict}${end}`
}
