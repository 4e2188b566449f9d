import { fits } from '../base/glob.ts'
import { isDropping, type Suppression } from '../base/suppressions.ts'
import type { Insight } from './insight.ts'
import { isInScope } from './scope.ts'
import { serviceOf } from './service.ts'

/** What rules speak of. */
export type Silenceable = Pick<
  Insight,
  | 'account'
  | 'attributions'
  | 'direction'
  | 'errorCode'
  | 'eventName'
  | 'eventSource'
  | 'insightType'
  | 'principal'
  | 'region'
  | 'startMs'
>

/** The first rule that silences an insight; -1: none does. Rules that drop calls from the counts silence nothing. */
export function silencedBy(rules: readonly Suppression[], insight: Silenceable): number {
  return rules.findIndex((rule) => isSilenced(rule, insight))
}

/** What names an insight and those like it: its API, account and code, and the caller behind it where one stands out. */
export function likeness({
  eventSource,
  eventName,
  account,
  principal,
  errorCode,
  direction,
}: Insight): Omit<Suppression, 'reason'> {
  return {
    ...{ api: `${serviceOf(eventSource)}:${eventName}`, account, direction },
    ...(principal !== null && { principal }),
    ...(errorCode !== null && { errorCode }),
  }
}

/** Whether an insight matches everything a rule names. */
function isSilenced(rule: Suppression, insight: Silenceable): boolean {
  const { startMs, direction, insightType } = insight
  if (isDropping(rule)) return false
  if (rule.from !== undefined && startMs < Date.parse(rule.from)) return false
  if (rule.until !== undefined && startMs >= Date.parse(rule.until)) return false
  if (rule.direction !== undefined && rule.direction !== direction) return false
  if (rule.insightType !== undefined && rule.insightType !== insightType) return false
  return (
    isInScope(rule, insight) &&
    fits(rule.principal, insight.principal) &&
    fits(rule.userAgent, agentOf(insight)) &&
    fits(rule.errorCode, insight.errorCode)
  )
}

/** The user agent behind most of it. */
function agentOf({ attributions }: Silenceable): string | null {
  const agents = attributions.find(({ attribute }) => attribute === 'userAgent')
  return agents?.insight[0]?.value ?? null
}
