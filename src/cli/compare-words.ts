import { shortTime } from '../base/times.ts'
import { serviceOf } from '../insight/service.ts'
import type { ComparedInsight, Comparison, Finding } from '../pipeline/compare/compare.ts'
import type { Unread } from '../pipeline/compare/read-published.ts'
import type { FoundBy } from '../pipeline/compare/side-by-side.ts'
import { csvRow, safe } from '../sink/safe.ts'
import { counted } from './progress.ts'
import { textTable } from './text-table.ts'

/** A comparison with what was read for it. */
export interface ToldComparison extends Comparison {
  /** Insights records of CloudTrail read. */
  readonly records: number
  readonly unread: readonly Unread[]
}

const FOUND_BY: Readonly<Record<FoundBy, string>> = {
  both: 'both',
  aws: 'only AWS',
  offtrail: 'only Offtrail',
}
const TITLES = [
  ...['FOUND BY', 'WHEN (UTC)', 'ACCOUNT', 'REGION', 'API'],
  ...['AWS A MINUTE', 'OURS A MINUTE', 'OURS / AWS'],
]
/** What could not be read is named up to so many. */
const MOST_NAMED = 10

/** Both sides as a table, then why one of them did not find it. Lines of the table are cut to the width, if one is given. */
export function comparisonTable({ rows }: ToldComparison, width: number | null): string {
  const cells = rows.map((row) => [
    ...[FOUND_BY[row.foundBy], shortTime(Date.parse(row.startTime))],
    ...[safe(row.account), safe(row.region), apiWords(row), averages(row.aws)],
    ...[averages(row.offtrail), ratios(row)],
  ])
  const reasons = (['aws', 'offtrail'] as const).flatMap((by) => {
    const alone = rows.filter(({ foundBy }) => foundBy === by)
    return alone.length === 0 ? [] : [`\nWhy ${FOUND_BY[by]}:`, ...alone.map(whyLine)]
  })
  return `${textTable(TITLES, cells, width)}${reasons.map((line) => `${line}\n`).join('')}`
}

/** How many there are of each, what was compared, and what could not be read. */
export function comparisonWords(told: ToldComparison): string {
  const { totals, records, accounts, startTime, endTime, graceMinutes, ofOtherAccounts } = told
  const until = endTime === null ? 'on' : `until ${endTime}`
  const others =
    ofOtherAccounts === 0
      ? []
      : [
          `${counted(ofOtherAccounts, 'insight')} of Offtrail in accounts of which AWS's records say nothing: left out.`,
        ]
  const unread = told.unread.slice(0, MOST_NAMED).map(({ name, reason }) => `  ${name}: ${reason}`)
  const more = told.unread.length - unread.length
  const lines = [
    `${totals.both} found by both, ${totals.aws} by AWS alone, ${totals.offtrail} by Offtrail alone: what began from ${startTime} ${until}, in ${counted(accounts, 'account')}.`,
    `${counted(records, 'record')} of CloudTrail Insights. The same: account, Region, API, type and error code, at most ${graceMinutes} minutes apart. Averages: baseline → insight.`,
    ...others,
    ...(unread.length === 0
      ? []
      : [`${counted(told.unread.length, 'file or record', 'files or records')} not read:`]),
    ...unread,
    ...(more > 0 ? [`  and ${more} more: --json names all`] : []),
  ]
  return `${lines.map(safe).join('\n')}\n`
}

/** Column names with the cell each takes from a row. */
const COLUMNS: readonly (readonly [string, (row: ComparedInsight) => string | number | null])[] = [
  ['foundBy', (row) => row.foundBy],
  ['startTime', (row) => row.startTime],
  ['account', (row) => row.account],
  ['region', (row) => row.region],
  ['eventSource', (row) => row.eventSource],
  ['eventName', (row) => row.eventName],
  ['insightType', (row) => row.insightType],
  ['errorCode', (row) => row.errorCode],
  ['awsId', (row) => row.aws?.id ?? null],
  ['awsStartTime', (row) => row.aws?.startTime ?? null],
  ['awsEndTime', (row) => row.aws?.endTime ?? null],
  ['awsBaselineAverage', (row) => row.aws?.baselineAverage ?? null],
  ['awsInsightAverage', (row) => row.aws?.insightAverage ?? null],
  ['offtrailId', (row) => row.offtrail?.id ?? null],
  ['offtrailStartTime', (row) => row.offtrail?.startTime ?? null],
  ['offtrailEndTime', (row) => row.offtrail?.endTime ?? null],
  ['offtrailBaselineAverage', (row) => row.offtrail?.baselineAverage ?? null],
  ['offtrailInsightAverage', (row) => row.offtrail?.insightAverage ?? null],
  ['severity', (row) => row.offtrail?.severity ?? null],
  ['others', (row) => row.others.length],
  ['baselineRatio', (row) => row.baselineRatio],
  ['insightRatio', (row) => row.insightRatio],
  ['why', (row) => row.why],
]

/** A header row and one row a pair, for spreadsheets: text is inert, numbers are numbers. */
export function comparisonCsv({ rows }: ToldComparison): string {
  const cells = rows.map((row) =>
    csvRow(
      COLUMNS.map(([, cellOf]) => {
        const cell = cellOf(row)
        return typeof cell === 'string' ? safe(cell) : cell
      }),
    ),
  )
  return [csvRow(COLUMNS.map(([title]) => title)), ...cells].join('')
}

function apiWords({ eventSource, eventName, errorCode }: ComparedInsight): string {
  const code = errorCode === null ? '' : ` ${errorCode}`
  return safe(`${serviceOf(eventSource)}:${eventName}${code}`)
}

function averages(finding: Finding | null): string {
  if (finding === null) return '-'
  return `${short(finding.baselineAverage)} → ${short(finding.insightAverage)}`
}

function ratios({ baselineRatio, insightRatio }: ComparedInsight): string {
  if (baselineRatio === null && insightRatio === null) return '-'
  return [baselineRatio, insightRatio].map((each) => (each === null ? '-' : short(each))).join(', ')
}

/** Three digits that count. */
const short = (value: number): string => String(Number(value.toPrecision(3)))

function whyLine(row: ComparedInsight): string {
  const place = safe(`${row.account} ${row.region}`)
  return `${shortTime(Date.parse(row.startTime))}  ${place}  ${apiWords(row)}  ${safe(row.why ?? '')}`
}
