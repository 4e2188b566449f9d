import type { Direction } from './insight.ts'

/** Calls by identity over a span, with all its calls (those without an identity included). */
export interface IdentitySpan {
  /** `null`: past the cap of distinct identities, so none is known. */
  readonly identities: ReadonlyMap<string, number> | null
  readonly count: number
  readonly minutes: number
}

/** The one identity that stands behind an insight. */
export interface Principal {
  readonly value: string
  /** Its share, 0 to 1: of the calls made (a rise), or of the calls missing (a fall). */
  readonly share: number
  /** No call of it in the baseline. */
  readonly isNew: boolean
}

/**
 * The identity behind more than half of the excess: the calls of the insight's window less what the
 * baseline's mean would bring in as many minutes (on a fall, the other way round). `null` where no
 * identity has that much, where either side is past the cap, or where the whole window does not
 * leave the baseline in the direction asked for.
 */
export function principalOf(question: {
  readonly insight: IdentitySpan
  readonly baseline: IdentitySpan
  readonly direction: Direction
}): Principal | null {
  const { insight, baseline, direction } = question
  const [now, before] = [insight.identities, baseline.identities]
  if (now === null || before === null) return null
  const sign = direction === 'up' ? 1 : -1
  // Scaled by the baseline's minutes, so that every term is a whole number and ties are exact.
  const excess = (count = 0, usual = 0): number =>
    sign * (count * baseline.minutes - usual * insight.minutes)
  const all = excess(insight.count, baseline.count)
  const [leader] = [...new Set([...now.keys(), ...before.keys()])]
    .map((value) => ({ value, excess: excess(now.get(value), before.get(value)) }))
    .filter((own) => 2 * own.excess > all)
    .sort((a, b) => b.excess - a.excess || (a.value < b.value ? -1 : 1))
  if (all <= 0 || leader === undefined) return null
  const made = (now.get(leader.value) ?? 0) / insight.count
  return {
    value: leader.value,
    share: direction === 'up' ? made : Math.min(1, leader.excess / all),
    isNew: (before.get(leader.value) ?? 0) === 0,
  }
}

/**
 * An identity as a person calls it: `role/ci-runner`, `user/mallory`, `root`. IAM paths and the
 * account go; what is no ARN of IAM or STS stays as it is.
 */
export function shortPrincipal(identity: string): string {
  const [scheme, , service, , , ...rest] = identity.split(':')
  if (scheme !== 'arn' || (service !== 'iam' && service !== 'sts')) return identity
  const segments = rest.join(':').split('/')
  const [kind = '', name] = [segments[0], segments.at(-1)]
  if (segments.length === 1) return kind === '' ? identity : kind
  return `${kind === 'assumed-role' ? 'role' : kind}/${name}`
}
