import type { Insight } from '../insight/insight.ts'
import { insightsAsTable } from '../sink/insights-as-table.ts'
import { counted } from './progress.ts'
import { cutAt, type Terminal } from './terminal.ts'

/** What a rule or a calendar silences, for people: a line about it, how many, and which. */
export function silencedPart(
  line: string,
  insights: readonly Insight[],
  terminal: Terminal,
): string {
  const head = `${line}   silences ${counted(insights.length, 'insight')}\n`
  if (insights.length === 0) return head
  const { colour, now } = terminal
  return `${head}${insightsAsTable(insights, { width: cutAt(terminal), colour, now: now() })}`
}
