import { type Command, Option } from 'commander'
import type { Insight } from '../insight/insight.ts'
import type { InsightFilter, InsightOrder, StoreReader } from '../store/store.ts'
import type { House } from './house.ts'
import {
  configOption,
  type FormatChoice,
  formatOf,
  formatOption,
  fullSource,
  gather,
  jsonOption,
  momentOf,
  outputOption,
  refuseBackwards,
  storeOption,
  wholeNumber,
} from './options.ts'
import { printInsights } from './print-insights.ts'
import { findInsight, type ShowFlags, showInsight } from './show-insight.ts'
import { withReader } from './stores.ts'
import { addVerdict } from './verdict.ts'

interface ListFlags extends FormatChoice {
  readonly store: string
  readonly from?: number
  readonly to?: number
  readonly account?: readonly string[]
  readonly region?: readonly string[]
  readonly service?: readonly string[]
  readonly api?: readonly string[]
  readonly state?: string
  readonly minSeverity?: number
  readonly sort: InsightOrder
  readonly limit: number
  readonly strict?: boolean
  readonly output?: string
}

const ORDERS: readonly InsightOrder[] = [
  'startTime',
  '-startTime',
  'severity',
  '-severity',
  'score',
  '-score',
]

/** `offtrail insights list|show`. */
export function addInsights(insights: Command, house: House): void {
  const moment = momentOf(house.terminal)
  insights
    .command('list', { isDefault: true })
    .description('insights, newest first')
    .addOption(storeOption())
    .option('--from <time>', 'overlapping this time or later', moment)
    .option('--to <time>', 'overlapping a time before this', moment)
    .option('--account <id>', 'repeatable', gather)
    .option('--region <name>', 'repeatable', gather)
    .option('--service <name>', 'ec2 or ec2.amazonaws.com; repeatable', gather)
    .option('--api <name>', 'RunInstances; repeatable', gather)
    .addOption(new Option('--state <state>', 'only these').choices(['open', 'closed']))
    .option(
      '--min-severity <0-100>',
      'at least this severe',
      wholeNumber('--min-severity', { min: 0, max: 100 }),
    )
    .addOption(
      new Option('--sort <order>', '- in front: falling').choices(ORDERS).default('-startTime'),
    )
    .option(
      '--limit <count>',
      'at most so many',
      wholeNumber('--limit', { min: 1, max: 100_000 }),
      100,
    )
    .option('--strict', "with --format insights: only AWS's own fields")
    .addOption(formatOption())
    .addOption(jsonOption())
    .addOption(outputOption())
    .action((flags: ListFlags) => listCommand(flags, house))
  insights
    .command('show')
    .description(
      'one insight whole; --events: the calls behind it, read again from the trail files',
    )
    .argument('<id>', 'its id, or the first characters of it')
    .addOption(storeOption())
    .addOption(configOption())
    .option('--events', 'the calls behind it')
    .option('--records', 'its CloudTrail Insights records')
    .option('--strict', "with --records: only AWS's own fields")
    .addOption(jsonOption())
    .action((id: string, flags: ShowFlags) =>
      withReader(flags.store, (store) => showInsight(findInsight(store, id), store, flags, house)),
    )
  addVerdict(insights, house)
}

async function listCommand(flags: ListFlags, { terminal }: House): Promise<void> {
  refuseBackwards(flags)
  const format = formatOf(flags, terminal, flags.output !== undefined)
  await withReader(flags.store, (store) =>
    printInsights(listed(store, flags), { ...flags, format, terminal }),
  )
}

function listed(store: StoreReader, flags: ListFlags): readonly Insight[] {
  const found: Insight[] = []
  let after: string | null = null
  do {
    const limit = Math.min(500, flags.limit - found.length)
    const page = store.insights(filterOf(flags), flags.sort, { limit, after })
    found.push(...page.rows.map(({ insight }) => insight))
    after = page.next
  } while (after !== null && found.length < flags.limit)
  return found
}

function filterOf(flags: ListFlags): InsightFilter {
  const { from, to, account, region, service, api, state, minSeverity } = flags
  return {
    ...(from === undefined ? {} : { fromMs: from }),
    ...(to === undefined ? {} : { untilMs: to }),
    ...(account && { account }),
    ...(region && { region }),
    ...(service && { eventSource: service.map(fullSource) }),
    ...(api && { eventName: api }),
    ...(state === undefined ? {} : { state: [state] }),
    ...(minSeverity === undefined ? {} : { minSeverity }),
  }
}
