import type { Insight } from '../insight/insight.ts'
import { type InsightView, insightView } from '../insight/view.ts'
import { csvRow, safe } from './safe.ts'

type Cell = string | number | boolean | null

/** Column names with the cell each takes from an insight; `count` to `high` are about the window that fired. */
const COLUMNS: readonly (readonly [string, (view: InsightView) => Cell])[] = [
  ['id', (view) => view.id],
  ['state', (view) => view.state],
  ['severity', (view) => view.severity],
  ['severityWord', (view) => view.severityWord],
  ['score', (view) => view.score],
  ['peakScore', (view) => view.peakScore],
  ['startTime', (view) => view.startTime],
  ['endTime', (view) => view.endTime],
  ['detectedTime', (view) => view.detectedTime],
  ['account', (view) => view.account],
  ['region', (view) => view.region],
  ['category', (view) => view.category],
  ['eventSource', (view) => view.eventSource],
  ['eventName', (view) => view.eventName],
  ['insightType', (view) => view.insightType],
  ['errorCode', (view) => view.errorCode],
  ['direction', (view) => view.direction],
  ['readOnly', (view) => view.readOnly],
  ['count', (view) => view.trigger.count],
  ['minutes', (view) => view.trigger.minutes],
  ['expected', (view) => view.expected],
  ['low', (view) => view.low],
  ['high', (view) => view.high],
  ['episodeCount', (view) => view.episode?.count ?? null],
  ['episodeMinutes', (view) => view.episode?.minutes ?? null],
  ['baselineAverage', (view) => view.baseline.average],
  ['insightAverage', (view) => (view.episode ?? view.trigger).average],
  ['firstSeen', (view) => view.firstSeen],
  ['unconfirmedLevel', (view) => view.unconfirmedLevel],
  ['principal', (view) => view.principal],
  ['incident', (view) => view.incident],
  ['aggregate', (view) => view.aggregate?.kind ?? null],
  ['scope', (view) => view.aggregate?.scope ?? null],
  ['explanation', (view) => view.explanation],
]

/** A header row and one row an insight, for spreadsheets: text is inert, numbers are numbers. Lines end in LF. */
export function insightsAsCsv(insights: readonly Insight[]): string {
  const rows = insights.map((insight) => {
    const view = insightView(insight)
    return csvRow(COLUMNS.map(([, cellOf]) => printable(cellOf(view))))
  })
  return [csvRow(COLUMNS.map(([title]) => title)), ...rows].join('')
}

/** CSV is also read on terminals, and CSV has no escapes of its own. */
function printable(cell: Cell): Cell {
  return typeof cell === 'string' ? safe(cell) : cell
}
