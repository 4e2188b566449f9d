import picocolors from 'picocolors'
import { rfc3339, shortTime } from '../base/times.ts'
import { apiWords } from '../insight/api-words.ts'
import type { Insight } from '../insight/insight.ts'
import { shortPrincipal } from '../insight/principal.ts'
import { type SeverityWord, severityWord } from '../insight/severity.ts'
import { safe } from './safe.ts'

const MINUTE_MS = 60_000
const GAP = '  '

export interface TableOptions {
  /** Columns of the terminal; null: as wide as it gets. */
  readonly width: number | null
  readonly colour: boolean
  /** Epoch milliseconds: times of that year are shown without it. */
  readonly now?: number
}

interface Column {
  readonly title: string
  readonly align: 'left' | 'right'
  /** How narrow it may become before the table grows beyond the terminal; null: never cut. */
  readonly least: number | null
  readonly cell: (insight: Insight, options: TableOptions) => string
}

const COLUMNS: readonly Column[] = [
  { title: 'SEV', align: 'left', least: null, cell: ({ severity }) => severityWord(severity) },
  {
    title: 'SCORE',
    align: 'right',
    least: null,
    cell: ({ severity }) => String(Math.floor(severity)),
  },
  { title: 'WHEN (UTC)', align: 'left', least: null, cell: whenOf },
  { title: 'ACCOUNT', align: 'left', least: 12, cell: ({ account }) => account },
  { title: 'API', align: 'left', least: 16, cell: apiWords },
  { title: 'ACTUAL / EXPECTED', align: 'right', least: null, cell: countsOf },
  { title: 'WHO', align: 'left', least: 8, cell: whoOf },
]

/**
 * Insights as a table for a terminal, a line each, in the order given. SCORE is the severity (0 to 100);
 * ACTUAL / EXPECTED are the calls of the window that fired. The widest of API, WHO and ACCOUNT
 * are cut with `…` to fit the width.
 */
export function insightsAsTable(insights: readonly Insight[], options: TableOptions): string {
  if (insights.length === 0) return 'No insights.\n'
  const rows = insights.map((insight) => COLUMNS.map(({ cell }) => safe(cell(insight, options))))
  const titles = COLUMNS.map(({ title }) => title)
  const widths = widthsOf([titles, ...rows], options.width)
  const colours = picocolors.createColors(options.colour)
  const lines = rows.map((row, place) => {
    const line = lineOf(row, widths)
    const word = severityWord(insights[place]?.severity ?? 0)
    return colours[COLOURS[word]](line.slice(0, word.length)) + line.slice(word.length)
  })
  return `${[colours.bold(lineOf(titles, widths)), ...lines].join('\n')}\n`
}

const COLOURS = {
  critical: 'red',
  major: 'yellow',
  minor: 'cyan',
  info: 'dim',
} as const satisfies Record<SeverityWord, string>

function whenOf({ startMs, endMs }: Insight, { now }: TableOptions): string {
  const thisYear = now !== undefined && rfc3339(now).slice(0, 4) === rfc3339(startMs).slice(0, 4)
  const start = thisYear ? shortTime(startMs) : rfc3339(startMs).slice(0, 16).replace('T', ' ')
  if (endMs !== null) return `${start} +${lengthOf(endMs - startMs)}`
  return `${start} open`
}

function lengthOf(spanMs: number): string {
  const minutes = Math.max(0, Math.floor(spanMs / MINUTE_MS))
  if (minutes < 120) return `${minutes}m`
  const hours = Math.floor(minutes / 60)
  if (hours >= 48) return `${Math.floor(hours / 24)}d${hours % 24 === 0 ? '' : `${hours % 24}h`}`
  return `${hours}h${minutes % 60 === 0 ? '' : `${minutes % 60}m`}`
}

function countsOf({ trigger, expected }: Insight): string {
  return `${trigger.count} / ${roughly(expected)} per ${lengthOf(trigger.duration * MINUTE_MS)}`
}

function roughly(expected: number): string {
  if (expected >= 9.95) return String(Math.round(expected))
  if (expected > 0 && expected < 0.05) return '<0.1'
  return String(Number(expected.toFixed(1)))
}

function whoOf({ principal }: Insight): string {
  return principal === null ? '-' : shortPrincipal(principal)
}

/** The natural widths, then a character at a time off the widest column that may still be cut. */
function widthsOf(rows: readonly (readonly string[])[], limit: number | null): readonly number[] {
  const widths = COLUMNS.map((_, place) => Math.max(...rows.map((row) => lengthIn(row[place]))))
  const gaps = GAP.length * (COLUMNS.length - 1)
  let excess = limit === null ? 0 : widths.reduce((sum, width) => sum + width, gaps) - limit
  while (excess > 0) {
    const widest = widestOf(widths)
    if (widest === null) break
    widths[widest] = (widths[widest] ?? 0) - 1
    excess -= 1
  }
  return widths
}

function widestOf(widths: readonly number[]): number | null {
  let widest: number | null = null
  for (const [place, { least }] of COLUMNS.entries()) {
    const width = widths[place] ?? 0
    if (least === null || width <= least) continue
    if (widest === null || width > (widths[widest] ?? 0)) widest = place
  }
  return widest
}

function lineOf(cells: readonly string[], widths: readonly number[]): string {
  return COLUMNS.map(({ align }, place) => fitted(cells[place] ?? '', widths[place] ?? 0, align))
    .join(GAP)
    .trimEnd()
}

function fitted(text: string, width: number, align: 'left' | 'right'): string {
  const characters = [...text]
  if (characters.length > width) return `${characters.slice(0, width - 1).join('')}…`
  const padding = ' '.repeat(width - characters.length)
  return align === 'left' ? text + padding : padding + text
}

function lengthIn(text: string | undefined): number {
  return [...(text ?? '')].length
}
