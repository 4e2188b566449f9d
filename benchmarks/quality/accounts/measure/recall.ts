import type { AttackKind, Label } from '../simulate/account-work.ts'
import { PER_HOUR } from '../simulate/calendar.ts'
import type { Reported } from './reported.ts'

/** One label, and what an entrant made of it. */
export interface Catch {
  readonly kind: AttackKind
  /** Windows from its begin until it was seen; null where it was not. */
  readonly delay: number | null
}

/** How attacks of one kind fared. */
export interface Recall {
  readonly labels: number
  readonly caught: number
  /** Median of those caught, in hours; null where none was. */
  readonly medianHours: number | null
}

/** Windows after its end in which an attack can still be reported. */
const GRACE = PER_HOUR

/** Holds an account's labels against what it was told; the first find of each counts. */
export function catchesOf(
  labels: readonly Label[],
  reported: readonly Reported[],
): readonly Catch[] {
  return labels.map((label) => {
    const delays = reported
      .filter((each) => isAbout(each, label))
      .map(({ detectedWindow }) => detectedWindow - label.startWindow)
    return { kind: label.kind, delay: delays.length === 0 ? null : Math.min(...delays) }
  })
}

/**
 * Whether an anomaly is the attack: a rise on one of its APIs, or an aggregate's with the attacker
 * behind it, that starts before the attack is an hour over. A window of 24 hours may start before
 * the attack; but what was seen before it began was something else.
 */
function isAbout(reported: Reported, { keys, principal, startWindow, endWindow }: Label): boolean {
  const isInTime = reported.detectedWindow > startWindow && reported.startWindow < endWindow + GRACE
  const isSame = reported.isAggregate
    ? reported.principal === principal
    : keys.includes(reported.key)
  return isInTime && isSame && reported.direction === 'up'
}

/** Sums up catches by the kind of attack. */
export function recallsOf(catches: readonly Catch[]): ReadonlyMap<AttackKind, Recall> {
  const kinds = [...new Set(catches.map(({ kind }) => kind))].sort()
  return new Map(
    kinds.map((kind) => [kind, recallOf(catches.filter((each) => each.kind === kind))]),
  )
}

function recallOf(catches: readonly Catch[]): Recall {
  const delays = catches.flatMap(({ delay }) => delay ?? []).sort((one, other) => one - other)
  const median = delays[Math.floor((delays.length - 1) / 2)]
  return {
    labels: catches.length,
    caught: delays.length,
    medianHours: median === undefined ? null : median / PER_HOUR,
  }
}
