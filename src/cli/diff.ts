import type { Command } from 'commander'
import type { Insight } from '../insight/insight.ts'
import { insightView } from '../insight/view.ts'
import { differenceOf } from '../pipeline/tuning/difference.ts'
import { insightsAsTable } from '../sink/insights-as-table.ts'
import { readSettings } from '../source/settings-file.ts'
import type { House } from './house.ts'
import { jsonText } from './json-text.ts'
import { jsonOption, storeOption } from './options.ts'
import { settingsFor, withReader } from './stores.ts'
import { cutAt, type Terminal } from './terminal.ts'

interface Flags {
  readonly store: string
  readonly failOnChange?: boolean
  readonly json?: boolean
}

/** `offtrail diff A [B]`: the alarms that one settings file raises and another does not, on the same history. */
export function addDiff(command: Command, { terminal, exitWith }: House): void {
  command
    .argument('<before>', 'a settings file')
    .argument(
      '[after]',
      'another; unless given, before is held against what the newest run decided by',
    )
    .addOption(storeOption())
    .option('--fail-on-change', 'exit code 1 where any decision differs, for CI')
    .addOption(jsonOption())
    .action((first: string, second: string | undefined, flags: Flags) =>
      withReader(flags.store, (store) => {
        const before = second === undefined ? settingsFor(store, {}) : readSettings(first)
        const after = readSettings(second ?? first)
        const { gained, lost, kept } = differenceOf(store, before, after)
        terminal.out(
          flags.json === true
            ? jsonText({ gained: gained.map(insightView), lost: lost.map(insightView), kept })
            : `${part('gained', gained, terminal)}${part('lost', lost, terminal)}${kept} alarms stay.\n`,
        )
        if (flags.failOnChange === true && gained.length + lost.length > 0) exitWith(1)
      }),
    )
}

function part(word: string, insights: readonly Insight[], terminal: Terminal): string {
  const head = `${insights.length} ${word}\n`
  if (insights.length === 0) return head
  const { colour, now } = terminal
  return `${head}${insightsAsTable(insights, { width: cutAt(terminal), colour, now: now() })}\n`
}
