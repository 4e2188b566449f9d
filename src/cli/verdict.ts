import { type Command, Option } from 'commander'
import { Fault } from '../base/fault.ts'
import { VERDICT_REASONS, VERDICT_WORDS, type Verdict, verdictView } from '../insight/verdict.ts'
import { safe } from '../sink/safe.ts'
import { editorOf } from '../store/sqlite/edit-store.ts'
import type { House } from './house.ts'
import { jsonText } from './json-text.ts'
import { jsonOption, storeOption } from './options.ts'
import { findInsight } from './show-insight.ts'
import { withReader } from './stores.ts'
import { textTable } from './text-table.ts'

interface Flags {
  readonly store: string
  readonly reason?: Verdict['reason']
  readonly note?: string
  readonly by: string
  readonly json?: boolean
}

const WITHDRAWN = 'none'

/** `offtrail insights verdict` and `verdicts`: what those who looked say of insights. */
export function addVerdict(insights: Command, { terminal }: House): void {
  insights
    .command('verdict')
    .description('say what an insight was; backtest and tune take the true ones for labels')
    .argument('<id>', 'its id, or the first characters of it')
    .argument('<verdict>', `${VERDICT_WORDS.join(', ')}; ${WITHDRAWN} takes one back`)
    .addOption(storeOption())
    .addOption(new Option('--reason <reason>', 'why not true').choices(VERDICT_REASONS))
    .option('--note <text>', 'whatever helps whoever comes next')
    .option('--by <name>', 'who says so', 'command line')
    .action(async (id: string, word: string, flags: Flags) => {
      const insight = await withReader(flags.store, (store) => findInsight(store, id).id)
      say(insight, word, flags, terminal)
    })
  insights
    .command('verdicts')
    .description('what was said, oldest first')
    .addOption(storeOption())
    .addOption(jsonOption())
    .action((flags: Flags) =>
      withReader(flags.store, (store) => {
        const verdicts = store.verdicts()
        if (flags.json === true) return terminal.out(jsonText(verdicts.map(verdictView)))
        const cells = verdicts.map(({ insight, verdict, reason, note, by }) => {
          const known = store.insightById(insight)?.insight
          const api = known === undefined ? '-' : `${known.eventSource}:${known.eventName}`
          return [
            ...[insight.slice(0, 8), verdict, reason ?? '-'],
            ...[safe(api), safe(by), safe(note ?? '')],
          ]
        })
        terminal.out(textTable(['INSIGHT', 'VERDICT', 'REASON', 'API', 'BY', 'NOTE'], cells, null))
      }),
    )
}

function say(insight: string, word: string, flags: Flags, terminal: House['terminal']): void {
  const editor = editorOf(flags.store)
  if (word === WITHDRAWN) {
    editor.removeVerdict(insight)
    terminal.err(`The verdict on ${insight} is taken back.\n`)
    return
  }
  const verdict = VERDICT_WORDS.find((each) => each === word)
  if (verdict === undefined) {
    throw new Fault(
      'USAGE',
      `a verdict is ${VERDICT_WORDS.join(', ')} or ${WITHDRAWN}, not '${word}'`,
    )
  }
  const { reason = null, note = null, by } = flags
  editor.putVerdict({ insight, verdict, reason, note, by, atMs: terminal.now() })
  terminal.err(`${insight}: ${verdict}.\n`)
}
