import { fits } from '../../base/glob.ts'
import type { Settings } from '../../base/settings.ts'
import { isDropping, type Suppression } from '../../base/suppressions.ts'
import { isInScope } from '../../insight/scope.ts'
import type { CountedDetails, SeriesRow } from '../../store/store.ts'

const DAY_MS = 86_400_000

/** The suppressions that drop calls from the counts, in their order. */
export function dropRules({
  suppressions,
}: Pick<Settings, 'suppressions'>): readonly Suppression[] {
  return suppressions.filter(isDropping)
}

/** The UTC days that a rule's times touch, `[from, until)`. */
export function daysOfRule({ from, until }: Suppression): {
  readonly from: number
  readonly until: number
} {
  return {
    from: from === undefined ? Number.NEGATIVE_INFINITY : Math.floor(Date.parse(from) / DAY_MS),
    until: until === undefined ? Number.POSITIVE_INFINITY : Math.ceil(Date.parse(until) / DAY_MS),
  }
}

/** The rules that hold on a UTC day. */
export function rulesOn(rules: readonly Suppression[], day: number): readonly Suppression[] {
  return rules.filter((rule) => {
    const { from, until } = daysOfRule(rule)
    return day >= from && day < until
  })
}

/** The rules that may be about calls of a series, whoever made them. */
export function rulesFor(rules: readonly Suppression[], series: SeriesRow): readonly Suppression[] {
  return rules.filter((rule) => isInScope(rule, series))
}

/** The first of a series' rules that a call matches; -1: none. A caller that is not known matches no rule about callers. */
export function droppedBy(
  rules: readonly Suppression[],
  call: Pick<CountedDetails, 'identity' | 'agent' | 'errorCode'>,
): number {
  return rules.findIndex(
    (rule) =>
      fits(rule.principal, call.identity) &&
      fits(rule.userAgent, call.agent) &&
      fits(rule.errorCode, call.errorCode),
  )
}
