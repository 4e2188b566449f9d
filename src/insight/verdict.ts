import { rfc3339 } from '../base/times.ts'

/** What somebody who looked into an insight says of it. */
export const VERDICT_WORDS = ['true', 'expected', 'false'] as const
/** Why it was expected, or no anomaly at all. */
export const VERDICT_REASONS = [
  'deployment',
  'maintenance',
  'known-job',
  'test',
  'too-small',
  'other',
] as const

export interface Verdict {
  /** Id of the insight. */
  readonly insight: string
  /** `true`: it mattered; `expected`: rightly found, and known beforehand; `false`: nothing was unusual. */
  readonly verdict: (typeof VERDICT_WORDS)[number]
  readonly reason: (typeof VERDICT_REASONS)[number] | null
  readonly note: string | null
  /** Who says so: a token's name, or the user of a command line. */
  readonly by: string
  /** Epoch milliseconds. */
  readonly atMs: number
}

/** A verdict as the outside sees it: its time RFC 3339 in UTC. */
export function verdictView({ atMs, ...verdict }: Verdict) {
  return { ...verdict, time: rfc3339(atMs) }
}
