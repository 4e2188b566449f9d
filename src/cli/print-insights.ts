import type { Insight } from '../insight/insight.ts'
import { insightView } from '../insight/view.ts'
import { shellWord } from '../pipeline/shell-word.ts'
import { writeAtomically } from '../sink/file.ts'
import { insightsAsCsv } from '../sink/insights-as-csv.ts'
import { insightsAsJson, insightsAsNdjson, recordsAsNdjson } from '../sink/insights-as-json.ts'
import { insightsAsTable } from '../sink/insights-as-table.ts'
import { findingsAsNdjson } from '../sink/ocsf/finding.ts'
import { safe } from '../sink/safe.ts'
import { jsonText } from './json-text.ts'
import type { Format } from './options.ts'
import type { Terminal } from './terminal.ts'

/** Lines of a table that people read; the rest is counted. */
const TABLE_LINES = 40

interface PrintOptions {
  readonly format: Format
  readonly terminal: Terminal
  /** The store they came from, for the command line that lists the rest. */
  readonly store: string
  readonly output?: string
  readonly strict?: boolean
  /** JSON only: stands beside the insights. */
  readonly report?: unknown
}

/** Prints insights in the form asked for, or writes them to a file. */
export async function printInsights(
  insights: readonly Insight[],
  options: PrintOptions,
): Promise<void> {
  const text = insightsAs(insights, options)
  if (options.output === undefined) options.terminal.out(text)
  else await writeAtomically(options.output, text)
}

function insightsAs(insights: readonly Insight[], options: PrintOptions): string {
  const { format, terminal, strict, report, store, output } = options
  if (format === 'ndjson') return insightsAsNdjson(insights)
  if (format === 'csv') return insightsAsCsv(insights)
  if (format === 'insights') return recordsAsNdjson(insights, { strict: strict === true })
  if (format === 'ocsf') return findingsAsNdjson(insights)
  if (format === 'json') {
    if (report === undefined) return insightsAsJson(insights)
    return jsonText({ insights: insights.map(insightView), report })
  }
  const lines = output === undefined ? TABLE_LINES : insights.length
  const table = insightsAsTable(insights.slice(0, lines), {
    width: output === undefined ? terminal.width : null,
    colour: terminal.colour && output === undefined,
    now: terminal.now(),
  })
  const more = insights.length - lines
  return more > 0
    ? `${table}… and ${more} more: offtrail insights list --limit ${insights.length} --store ${safe(shellWord(store))}\n`
    : table
}
