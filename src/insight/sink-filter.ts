import { matchesGlob } from '../base/glob.ts'
import type { SinkFilter } from '../base/sink-filter.ts'
import { type Insight, isAlarm } from './insight.ts'
import { serviceOf } from './service.ts'
import { SEVERITY_WORDS, severityWord } from './severity.ts'

/**
 * Whether a filter lets an insight through by what it is about: everything but its severity and state, which an incident has as
 * a whole. Information (first calls of an API) passes only where its type is named.
 */
export function isAbout(filter: SinkFilter, insight: Insight): boolean {
  const { eventSource, eventName, insightType, direction } = insight
  return (
    matchesSome(filter.account, insight.account) &&
    matchesSome(filter.region, insight.region) &&
    matchesSome(filter.api, `${serviceOf(eventSource)}:${eventName}`) &&
    (filter.insightType?.includes(insightType) ?? isAlarm(insight)) &&
    (filter.direction?.includes(direction) ?? true)
  )
}

/** Whether a filter lets a severity (0 to 100) and a state through. */
export function isAsBad(
  filter: SinkFilter,
  { severity, state }: Pick<Insight, 'severity' | 'state'>,
): boolean {
  const { minSeverity = 'info' } = filter
  const isSevere =
    SEVERITY_WORDS.indexOf(severityWord(severity)) >= SEVERITY_WORDS.indexOf(minSeverity)
  return isSevere && (filter.state?.includes(state) ?? true)
}

function matchesSome(patterns: readonly string[] | undefined, text: string): boolean {
  return patterns?.some((pattern) => matchesGlob(pattern, text)) ?? true
}
