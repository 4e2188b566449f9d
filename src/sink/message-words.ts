import { rfc3339 } from '../base/times.ts'
import { apiWords } from '../insight/api-words.ts'
import type { Insight } from '../insight/insight.ts'
import { shortPrincipal } from '../insight/principal.ts'
import { severityWord } from '../insight/severity.ts'
import { safe } from './safe.ts'
import type { Message } from './sink.ts'

const INSIGHTS_SHOWN = 10

/** A message in one line: `critical: ec2:RunInstances and 2 more in 123456789012`. */
export function titleOf({ kind, incident }: Message): string {
  const { account, insights, severity, state } = incident
  const what = [...new Set(insights.map(apiWords))]
  const more = what.length > 1 ? ` and ${what.length - 1} more` : ''
  const isOver = kind === 'ended' || (kind === 'grown' && state === 'closed')
  const word = kind === 'test' ? 'test' : isOver ? 'over' : severityWord(severity)
  return safe(`${word}: ${what[0] ?? ''}${more} in ${account}`)
}

/** Its insights, worst first, a line each: what, where, and the sentence. */
export function insightLines({ incident }: Message): readonly string[] {
  const { insights } = incident
  const lines = insights.slice(0, INSIGHTS_SHOWN).map(lineOf)
  const more = insights.length - INSIGHTS_SHOWN
  return more > 0 ? [...lines, `… and ${more} more`] : lines
}

/** When, by whom, and the id to ask for. */
export function contextOf({ incident }: Message): string {
  const { id, startMs, endMs, principal } = incident
  const span =
    endMs === null ? `since ${rfc3339(startMs)}` : `${rfc3339(startMs)} to ${rfc3339(endMs)}`
  const who = principal === null ? [] : [`by ${shortPrincipal(principal)}`]
  return safe([span, ...who, `incident ${id}`].join(' · '))
}

function lineOf(insight: Insight): string {
  return safe(`${apiWords(insight)}, ${insight.region}: ${insight.explanation}`)
}
