import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { Fault } from '../../base/fault.ts'
import type { AggregateSubject } from '../../insight/aggregate.ts'

/** What a replayed series is in the store: an API with an error code or none, in one direction; or an account's sum. */
export type ReplayKey = ApiKey | SumKey

export interface ApiKey {
  /** The series' id. */
  readonly series: string
  readonly errorCode: string | null
  readonly direction: 'up' | 'down'
}

export interface SumKey extends AggregateSubject {
  readonly account: string
}

const textOrNull = Type.Union([Type.String(), Type.Null()])

const Schema = Type.Union([
  Type.Tuple([Type.String(), textOrNull, Type.Enum(['up', 'down'])]),
  Type.Tuple([
    Type.String(),
    Type.Enum(['distinct', 'newcomers', 'denials']),
    textOrNull,
    textOrNull,
  ]),
])

/** The key as a text. */
export function replayKey(key: ReplayKey): string {
  return JSON.stringify(
    'series' in key
      ? [key.series, key.errorCode, key.direction]
      : [key.account, key.aggregate, key.region, key.principal],
  )
}

/** The key that such a text stands for. Throws `USAGE` where it is none. */
export function replayKeyFrom(text: string): ReplayKey {
  const parts = partsOf(text)
  if (!Value.Check(Schema, parts)) {
    throw new Fault(
      'USAGE',
      `'${text.slice(0, 100)}' is no key of a series: take one of /v1/replay`,
    )
  }
  if (parts.length === 3) {
    const [series, errorCode, direction] = parts
    return { series, errorCode, direction }
  }
  const [account, aggregate, region, principal] = parts
  return { account, aggregate, region, principal }
}

function partsOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
