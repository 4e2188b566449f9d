import type { Contests } from '../measure/contest.ts'
import type { Noise } from '../measure/noise.ts'
import type { Offender } from '../measure/offenders.ts'
import type { Options } from '../options.ts'

/** Everything that was measured. */
export interface Measured {
  readonly options: Options
  readonly noises: ReadonlyMap<number, Noise>
  /** Null where no account was attacked. */
  readonly contests: Contests | null
  readonly offenders: readonly Offender[]
}

/** For machines: maps become objects, in the same order. */
export function asJson(measured: Measured): string {
  const plain = (_: string, value: unknown): unknown =>
    value instanceof Map ? Object.fromEntries(value) : value
  return `${JSON.stringify(measured, plain, 2)}\n`
}
