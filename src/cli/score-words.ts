import type { Metric } from '../../models/index.ts'
import type { ClassTally, CountScores } from '../pipeline/score-counts.ts'
import { safe } from '../sink/safe.ts'
import type { CountFiles, CountReading } from '../source/count-files.ts'
import { counted, grouped } from './progress.ts'
import { cutAt, type Terminal } from './terminal.ts'
import { textTable } from './text-table.ts'

const DAY_MS = 86_400_000
const METRICS: readonly Metric[] = ['calls', 'errors']

/** What came of one metric: its series by class on the last day, rows of `scores.csv` and of `events.csv`. */
interface MetricSummary extends ClassTally {
  readonly scores: number
  readonly events: number
}

/** What `offtrail score` answers on stdout. */
export interface ScoreSummary extends Readonly<Record<Metric, MetricSummary>> {
  readonly rows: CountReading['rows']
  /** Keys without a single call. */
  readonly silentKeys: number
  readonly files: readonly string[]
}

/** What was read, on stderr, so that nothing is lost silently. */
export function readWords(
  { rows, errors, table }: CountReading,
  files: CountFiles,
): readonly string[] {
  const silent = table.series.filter(({ calls }) => calls.at.length === 0).length
  const parts = [
    `${counted(rows.counts, 'row')} of ${safe(files.counts)}`,
    ...(files.errorCodes === undefined
      ? []
      : [`${counted(rows.errorCodes ?? 0, 'row')} of ${safe(files.errorCodes)}`]),
    `${counted(rows.series, 'key')} in ${safe(files.series)}`,
    ...(silent === 0 ? [] : [`${grouped(silent)} of them without calls`]),
  ]
  const differ =
    files.errorCodes !== undefined && errors.counts > 0 && errors.errorCodes !== errors.counts
  return [
    `Read     ${parts.join(', ')}`,
    ...(differ
      ? [
          `  ! ${grouped(errors.counts)} errors in ${safe(files.counts)}, ${grouped(errors.errorCodes ?? 0)} in ${safe(files.errorCodes ?? '')}: only the latter are scored`,
        ]
      : []),
  ]
}

/** What was scored, on stderr. */
export function scoredWords({ table }: CountReading, scored: CountScores): string {
  const keys = table.series.length - scored.silentKeys
  const errors = Object.values(scored.series.errors).reduce((sum, count) => sum + count, 0)
  const days = (table.endMs - table.startMs) / DAY_MS
  return `Scored   ${counted(keys, 'series', 'series')} of calls and ${grouped(errors)} of errors over ${days.toFixed(1)} days`
}

export function summaryOf(
  { rows }: CountReading,
  scored: CountScores,
  files: readonly string[],
): ScoreSummary {
  const of = (metric: Metric): MetricSummary => ({
    ...scored.series[metric],
    scores: scored.scores.filter((row) => row.metric === metric).length,
    events: scored.events.filter((event) => event.metric === metric).length,
  })
  return { rows, silentKeys: scored.silentKeys, calls: of('calls'), errors: of('errors'), files }
}

export function summaryTable(summary: ScoreSummary, terminal: Terminal): string {
  const table = textTable(
    ['METRIC', 'DENSE', 'SPARSE', 'LEARNING', 'SCORES', 'EVENTS'],
    METRICS.map((metric) => {
      const { dense, sparse, learning, scores, events } = summary[metric]
      return [metric, dense, sparse, learning, scores, events]
    }),
    cutAt(terminal),
  )
  return `${table}${summary.files.map((path) => `${safe(path)}\n`).join('')}`
}
