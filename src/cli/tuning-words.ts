import type { JudgedHistory } from '../../models/index.ts'
import type { Change } from '../pipeline/tuning/changed-settings.ts'
import { csvCell, safe } from '../sink/safe.ts'
import { counted } from './progress.ts'
import { textTable } from './text-table.ts'

/** A line of a backtest: what was turned, and what came of it. */
export interface BacktestLine {
  readonly changes: readonly Change[]
  readonly result: JudgedHistory
}

/** Headings of `cellsOf`. */
export const TITLES = [
  'OTHERS A WEEK',
  '95 %',
  'INCIDENTS',
  'CAUGHT',
  'PREC',
  'REC',
  'F1',
  'AP',
  'DELAY',
]

/** A backtest as a table: a line for each combination. */
export function backtestTable(lines: readonly BacktestLine[], width: number | null): string {
  const paths = lines[0]?.changes.map(([path]) => path) ?? []
  const rows = lines.map(({ changes, result }) => [
    ...changes.map(([, value]) => value),
    ...cellsOf(result),
  ])
  return textTable([...paths, ...TITLES], rows, width)
}

/** A backtest as CSV: the same columns under names for programs, and one for each kind of label. */
export function backtestCsv(lines: readonly BacktestLine[]): string {
  const [first] = lines
  if (first === undefined) return ''
  const kinds = Object.keys(first.result.kinds).sort()
  const header = [
    ...first.changes.map(([path]) => path),
    ...['others_a_week', 'low', 'high', 'incidents', 'labelled', 'caught', 'precision', 'recall'],
    ...['f1', 'average_precision', 'median_delay_minutes'],
    ...kinds.map((kind) => `caught_${kind}`),
  ]
  const rows = lines.map(({ changes, result }) => [
    ...changes.map(([, value]) => value),
    ...[result.othersPerWeek.got, result.othersPerWeek.low, result.othersPerWeek.high],
    ...[result.incidents, result.labelled, result.caught, result.precision, result.recall],
    ...[result.f1, result.averagePrecision, result.medianDelay],
    ...kinds.map((kind) => result.kinds[kind]?.caught ?? 0),
  ])
  return [header, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')
}

/** Which kinds of labelled incidents were caught, of the line that caught most. */
export function kindsTable(lines: readonly BacktestLine[]): string {
  const rows = kindsOf(lines).map(([kind = '', caught = '']) => [safe(kind), caught])
  return rows.length === 0 ? '' : textTable(['KIND', 'CAUGHT AT MOST'], rows, null)
}

/** Each kind, and how many of it that line caught. */
export function kindsOf(lines: readonly BacktestLine[]): readonly (readonly string[])[] {
  const best = [...lines].sort((a, b) => b.result.caught - a.result.caught)[0]
  return Object.entries(best?.result.kinds ?? {}).map(([kind, { caught, labelled }]) => [
    kind,
    `${caught} of ${labelled}`,
  ])
}

/** What the figures are about. */
export function basisWords({ result }: BacktestLine): string {
  const labels =
    result.labelled === 0
      ? 'no labels: every incident counts as another one'
      : counted(result.labelled, 'label')
  return `Over ${result.accountWeeks.toFixed(1)} account-weeks, ${labels}. OTHERS are incidents about no label.\n`
}

/** The figures of a line, as people read them. */
export function cellsOf(result: JudgedHistory): readonly (string | number)[] {
  const { othersPerWeek, labelled, caught, medianDelay } = result
  return [
    othersPerWeek.got.toFixed(2),
    `${othersPerWeek.low.toFixed(2)}–${othersPerWeek.high.toFixed(2)}`,
    result.incidents,
    labelled === 0 ? '-' : `${caught} of ${labelled}`,
    ...[result.precision, result.recall, result.f1, result.averagePrecision].map(twoDigits),
    medianDelay === null ? '-' : `${Math.round(medianDelay)} min`,
  ]
}

const twoDigits = (value: number | null): string => (value === null ? '-' : value.toFixed(2))
