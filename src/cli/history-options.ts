import { Option } from 'commander'
import type { BacktestAsk } from '../pipeline/tuning/backtest.ts'
import { readLabels } from '../source/labels-file.ts'
import { momentOf, refuseBackwards } from './options.ts'
import type { Terminal } from './terminal.ts'

/** What `backtest` and `tune` are asked alike. */
export interface HistoryFlags {
  readonly labels?: string
  readonly from?: number
  readonly to?: number
}

/** The options behind `HistoryFlags`. */
export function historyOptions(terminal: Terminal): readonly Option[] {
  return [
    new Option(
      '--labels <file>',
      'incidents you know of, beside those in the store: YAML, JSON or CSV',
    ),
    new Option('--from <moment>', 'judge what began from then on').argParser(momentOf(terminal)),
    new Option('--to <moment>', 'judge what began before').argParser(momentOf(terminal)),
  ]
}

/** The labels read, and the span. Throws `USAGE` where it runs backwards. */
export async function historyAsk(flags: HistoryFlags): Promise<BacktestAsk> {
  const { labels } = flags
  const span = spanAsked(flags)
  return { ...span, labels: labels === undefined ? [] : await readLabels(labels) }
}

/** The span, all of time unless said otherwise. Throws `USAGE` where it runs backwards. */
export function spanAsked({ from, to }: HistoryFlags): Pick<BacktestAsk, 'fromMs' | 'untilMs'> {
  const span = { fromMs: from ?? 0, untilMs: to ?? Number.MAX_SAFE_INTEGER }
  refuseBackwards({ from: span.fromMs, to: span.untilMs })
  return span
}
