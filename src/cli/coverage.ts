import type { Command } from 'commander'
import { shortTime } from '../base/times.ts'
import { type CoverageReport, coverageReport } from '../pipeline/coverage-report.ts'
import { safe, safeJson } from '../sink/safe.ts'
import type { CoverageFilter } from '../store/coverage.ts'
import type { House } from './house.ts'
import { jsonText } from './json-text.ts'
import {
  type Format,
  type FormatChoice,
  formatOf,
  formatOption,
  gather,
  jsonOption,
  momentOf,
  quietOption,
  refuseBackwards,
  storeOption,
} from './options.ts'
import { withReader } from './stores.ts'
import { cutAt, type Terminal } from './terminal.ts'
import { textTable } from './text-table.ts'

interface Flags extends FormatChoice {
  readonly store: string
  readonly account?: readonly string[]
  readonly region?: readonly string[]
  readonly from?: number
  readonly to?: number
  readonly quiet?: boolean
}

/** Some hour is missing or damaged, or was not logged. */
const TRAIL_GAP = 1

/** `offtrail coverage`: which hours CloudTrail's digests prove complete; exit code 1 where they say that some are not. */
export function addCoverage(command: Command, house: House): void {
  const moment = momentOf(house.terminal)
  command
    .addOption(storeOption())
    .option('--account <id>', 'this account alone; may be repeated', gather)
    .option('--region <region>', 'this Region alone; may be repeated', gather)
    .option('--from <time>', 'hours from here on', moment)
    .option('--to <time>', 'hours before', moment)
    .addOption(formatOption(['table', 'json', 'ndjson']))
    .addOption(jsonOption())
    .addOption(quietOption())
    .action((flags: Flags) => coverageCommand(flags, house))
}

async function coverageCommand(flags: Flags, { terminal, exitWith }: House): Promise<void> {
  refuseBackwards(flags)
  const report = await withReader(flags.store, (store) => coverageReport(store, filterOf(flags)))
  print(report, formatOf(flags, terminal, false), terminal)
  if (flags.quiet !== true) terminal.err(closingWords(report))
  if (report.stretches.some(({ state }) => state !== 'proven')) exitWith(TRAIL_GAP)
}

function filterOf({ account, region, from, to }: Flags): CoverageFilter {
  return {
    ...(account === undefined ? {} : { account }),
    ...(region === undefined ? {} : { region }),
    ...(from === undefined ? {} : { fromMs: from }),
    ...(to === undefined ? {} : { untilMs: to }),
  }
}

function print(report: CoverageReport, format: Format, terminal: Terminal): void {
  if (format === 'json') terminal.out(jsonText(report))
  else if (format === 'ndjson') {
    for (const each of report.stretches) terminal.out(`${safeJson({ type: 'stretch', ...each })}\n`)
    for (const each of report.regions) terminal.out(`${safeJson({ type: 'region', ...each })}\n`)
  } else if (report.stretches.length > 0) terminal.out(tables(report, terminal))
}

function tables({ stretches, regions }: CoverageReport, terminal: Terminal): string {
  const time = (text: string): string => shortTime(Date.parse(text))
  const hours = textTable(
    ['STATE', 'ACCOUNT', 'REGION', 'FROM (UTC)', 'TO (UTC)', 'HOURS'],
    stretches.map(({ account, region, from, to, state }) => [
      ...[state, account, safe(region), time(from), time(to)],
      (Date.parse(to) - Date.parse(from)) / 3_600_000,
    ]),
    cutAt(terminal),
  )
  const places = textTable(
    ['ACCOUNT', 'REGION', 'PROVEN', 'PROVEN UNTIL (UTC)'],
    regions.map(({ account, region, provenShare, provenUntil }) => [
      ...[account, safe(region), `${(100 * provenShare).toFixed(1)} %`],
      provenUntil === null ? 'never' : time(provenUntil),
    ]),
    cutAt(terminal),
  )
  return `${hours}\n${places}`
}

function closingWords({ stretches }: CoverageReport): string {
  if (stretches.length === 0)
    return 'No digest says anything of these hours: offtrail verify SOURCE --store FILE, or run --require-verified.\n'
  const lost = stretches.filter(({ state }) => state !== 'proven')
  if (lost.length === 0) return 'Every hour that digests speak for is proven.\n'
  return 'trail-gap: not every hour is proven. No fall is reported there, and nothing is learned from it; offtrail verify says what is amiss, file by file.\n'
}
