import type { Command } from 'commander'
import { Fault } from '../base/fault.ts'
import { compareInsights, spanOfPublished } from '../pipeline/compare/compare.ts'
import { type PublishedReading, readPublished } from '../pipeline/compare/read-published.ts'
import { writeAtomically } from '../sink/file.ts'
import { safeJson } from '../sink/safe.ts'
import { type AwsFlags, awsOptions } from './aws-options.ts'
import {
  comparisonCsv,
  comparisonTable,
  comparisonWords,
  type ToldComparison,
} from './compare-words.ts'
import type { House } from './house.ts'
import { jsonText } from './json-text.ts'
import {
  configOption,
  type FormatChoice,
  formatOf,
  formatOption,
  gather,
  jsonOption,
  momentOf,
  outputOption,
  quietOption,
  refuseBackwards,
  storeOption,
} from './options.ts'
import { counted, progressOn } from './progress.ts'
import { refuseMissing, sourcesOf } from './sources.ts'
import { settingsFor, withReader } from './stores.ts'
import { cutAt, type Terminal } from './terminal.ts'

interface Flags extends FormatChoice, AwsFlags {
  readonly insights: readonly string[]
  readonly store: string
  readonly config?: string
  readonly from?: number
  readonly to?: number
  readonly output?: string
  readonly quiet?: boolean
}

/** `offtrail compare-insights`: what CloudTrail's own Insights found beside what is in the store, and why not. */
export function addCompareInsights(command: Command, { terminal }: House): void {
  const moment = momentOf(terminal)
  command
    .requiredOption(
      '--insights <place>',
      "where CloudTrail's Insights files are: a path, s3://BUCKET[/PREFIX], or - (repeatable)",
      gather,
    )
    .addOption(storeOption())
    .addOption(configOption())
    .option('--from <moment>', "what began from then on (default: AWS's first day)", moment)
    .option('--to <moment>', 'what began before', moment)
  for (const option of awsOptions('S3')) command.addOption(option)
  command
    .addOption(formatOption(['table', 'json', 'ndjson', 'csv']))
    .addOption(jsonOption())
    .addOption(outputOption())
    .addOption(quietOption())
    .action((flags: Flags) => compareCommand(flags, terminal))
}

async function compareCommand(flags: Flags, terminal: Terminal): Promise<void> {
  await refuseWrong(flags)
  const told = await withReader(flags.store, async (store): Promise<ToldComparison> => {
    const settings = settingsFor(store, flags)
    const progress = progressOn(terminal, { quiet: flags.quiet === true })
    const sources = sourcesOf(flags.insights, { ...flags, files: 'insights' }, terminal)
    const reading = await readPublished(sources, settings.limits, (files) =>
      progress.show(() => `Reading  ${counted(files, 'file')} of Insights`),
    ).finally(progress.end)
    if (reading.records === 0) throw nothingThere(flags.insights, reading)
    const default_ = spanOfPublished(reading.insights)
    const span = { fromMs: flags.from ?? default_.fromMs, untilMs: flags.to ?? default_.untilMs }
    const compared = store.snapshot(() => compareInsights(store, settings, reading.insights, span))
    return { ...compared, records: reading.records, unread: reading.unread }
  })
  const format = formatOf(flags, terminal, flags.output !== undefined)
  const text = TEXTS[format as keyof typeof TEXTS](told, terminal)
  if (flags.output === undefined) terminal.out(text)
  else await writeAtomically(flags.output, text)
  if (flags.quiet !== true) terminal.err(comparisonWords(told))
}

const TEXTS = {
  table: (told: ToldComparison, terminal: Terminal) => comparisonTable(told, cutAt(terminal)),
  json: jsonText as (told: ToldComparison) => string,
  ndjson: ({ rows }: ToldComparison) => rows.map((row) => `${safeJson(row)}\n`).join(''),
  csv: comparisonCsv,
}

async function refuseWrong(flags: Flags): Promise<void> {
  const { insights } = flags
  const lookup = insights.find((place) => place.startsWith('lookup:'))
  if (lookup !== undefined)
    throw new Fault(
      'USAGE',
      `'${lookup}' has calls, and no Insights: name a folder or s3://BUCKET, or pipe in what "aws cloudtrail lookup-events --event-category insight" prints, as -`,
    )
  refuseBackwards(flags)
  await refuseMissing(insights)
}

function nothingThere(insights: readonly string[], { unread }: PublishedReading): Fault {
  const [first] = unread
  const found =
    first === undefined
      ? 'expected files as in AWSLogs/ACCOUNT/CloudTrail-Insight/REGION/, which CloudTrail writes where Insights is switched on for the trail'
      : `${counted(unread.length, 'file or record', 'files or records')} could not be read, the first: ${first.name}: ${first.reason}`
  return new Fault(
    'INPUT_NOT_FOUND',
    `there are no Insights records of CloudTrail in ${insights.join(', ')}: ${found}`,
  )
}
