import type { Insight } from '../insight/insight.ts'
import type { Dropped } from '../pipeline/tuning/dropped.ts'
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

/** What a rule drops from the counts, for people: a line about it, how many calls, and the insights it takes away and brings. */
export function droppedPart(
  line: string,
  { calls, lost, gained }: Dropped,
  terminal: Terminal,
): string {
  const { colour, now } = terminal
  const head = `${line}   drops ${counted(calls, 'call')}, takes away ${counted(lost.length, 'alarm')}, brings ${gained.length}\n`
  const tables = [lost, gained]
    .filter((insights) => insights.length > 0)
    .map((insights) => insightsAsTable(insights, { width: cutAt(terminal), colour, now: now() }))
  return `${head}${tables.join('\n')}`
}
