import type { Command } from 'commander'
import { Fault } from '../base/fault.ts'
import { buildApp } from '../http/app.ts'
import { httpSettings } from '../http/http-settings.ts'
import { type ReportData, reportData } from '../http/report/report-data.ts'
import { reportHtml } from '../http/report/report-html.ts'
import { whyOf } from '../pipeline/why.ts'
import { writeAtomically } from '../sink/file.ts'
import { pageFiles } from '../source/page-files.ts'
import { newestWatermarkMs } from '../store/newest-watermark.ts'
import type { StoreReader } from '../store/store.ts'
import type { House } from './house.ts'
import {
  configOption,
  momentOf,
  quietOption,
  refuseBackwards,
  storeOption,
  wholeNumber,
} from './options.ts'
import { counted, progressOn } from './progress.ts'
import { settingsFor, withReader } from './stores.ts'
import type { Terminal } from './terminal.ts'

interface Flags {
  readonly store: string
  readonly config?: string
  readonly from?: number
  readonly to?: number
  readonly most: number
  readonly output: string
  readonly quiet?: boolean
}

const DAY_MS = 86_400_000
const DEFAULT_DAYS = 7
const MOST_DAYS = 400

/** `offtrail report`: the page and what it shows of a span, as one file. */
export function addReport(command: Command, { terminal }: House): void {
  command
    .addOption(storeOption())
    .addOption(configOption())
    .option(
      '--from <moment>',
      `what began from then on (default: ${DEFAULT_DAYS} days)`,
      momentOf(terminal),
    )
    .option(
      '--to <moment>',
      'what began before (default: as far as the trail is known)',
      momentOf(terminal),
    )
    .option(
      '--most <count>',
      'the most severe so many insights',
      wholeNumber('--most', { min: 1, max: 5000 }),
      200,
    )
    .option('-o, --output <file>', 'where it goes', 'offtrail-report.html')
    .addOption(quietOption())
    .action((flags: Flags) => withReader(flags.store, (store) => make(store, flags, terminal)))
}

async function make(store: StoreReader, flags: Flags, terminal: Terminal): Promise<void> {
  const page = pageFiles()
  if (page === null) throw new Fault('USAGE', 'there is no built page here: npm run build makes it')
  const { fromMs, untilMs } = spanOf(store, flags)
  const settings = settingsFor(store, flags)
  const { now } = terminal
  const app = await buildApp({
    ...{ store, now, page, settings: httpSettings(settings), why: whyOf(store, settings) },
  })
  const progress = progressOn(terminal, { quiet: flags.quiet === true })
  try {
    const ask = { fromMs, untilMs, nowMs: now(), most: flags.most }
    const data = await reportData(app, ask, (done, of) =>
      progress.show(() => `Gathering  ${done} of ${counted(of, 'insight')}`),
    )
    await writeAtomically(flags.output, reportHtml(page, data))
    progress.end()
    if (flags.quiet !== true) terminal.err(wordsOf(flags.output, data))
  } finally {
    progress.end()
    await app.close()
  }
}

/** The last week that is known, unless something else is asked for. Throws `USAGE`. */
function spanOf(store: StoreReader, { from, to }: Flags) {
  const untilMs = to ?? newestWatermarkMs(store)
  const fromMs = from ?? untilMs - DEFAULT_DAYS * DAY_MS
  refuseBackwards({ from: fromMs, to: untilMs })
  if (untilMs - fromMs > MOST_DAYS * DAY_MS) {
    throw new Fault('USAGE', `a report is on ${MOST_DAYS} days at most: name a later --from`)
  }
  return { fromMs, untilMs }
}

function wordsOf(file: string, { insights, incidents, leftOut }: ReportData): string {
  const more = leftOut === 0 ? '' : ` ${counted(leftOut, 'other')} are left out (--most).`
  return `${file} holds ${counted(incidents.length, 'incident')} of ${counted(insights.length, 'insight')}.${more} Open it in a browser; it asks nobody for anything.\n`
}
