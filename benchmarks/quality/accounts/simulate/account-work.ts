import type { Counts } from '../../../../models/index.ts'

/** How an account is used. */
export type AccountKind = 'people' | 'team' | 'platform' | 'dormant' | 'growing'

export const ACCOUNT_KINDS: readonly AccountKind[] = [
  'people',
  'team',
  'platform',
  'dormant',
  'growing',
]

/** What sort of caller it is. */
export type Shape = 'person' | 'terraform' | 'deployment' | 'clock' | 'application' | 'job'

/** Who calls, as CloudTrail would name it without session names. */
export interface Principal {
  readonly name: string
  readonly shape: Shape | 'intruder'
}

/** Calls apart by window and caller, ascending by window. */
export interface ActorCells {
  readonly at: Int32Array
  /** Places in the account's `principals`. */
  readonly who: Int32Array
  readonly count: Int32Array
}

/** One rate: how often per window, and who. */
export interface Tallied {
  readonly counts: Counts
  readonly actors: ActorCells
}

/** One API in one Region. */
export interface ApiSeries {
  readonly key: string
  readonly region: string
  readonly service: string
  readonly calls: Tallied
  /** By error code; the failing calls are among `calls`. */
  readonly errors: ReadonlyMap<string, Tallied>
}

/** What an attack does: the name says how many calls, over what. */
export type AttackKind =
  | '50 on a new API'
  | '100 on a new API'
  | '500 on a new API'
  | '50 on a rare API'
  | '100 on a rare API'
  | '500 on a rare API'
  | '200 in 6 h'
  | '60 APIs x 2'
  | '25 APIs denied'
  | '3x level'
  | '3x again'
  | '15 % a day'

/** A planted attack: where and by whom. */
export interface Label {
  readonly kind: AttackKind
  readonly startWindow: number
  /** One past the last. */
  readonly endWindow: number
  readonly keys: readonly string[]
  readonly principal: string
}

/** A change for good that no attack is behind. */
export interface Change {
  readonly kind: 'launch' | 'level' | 'new trail'
  readonly window: number
  readonly what: string
}

/** All that is known of one simulated account. */
export interface AccountWork {
  readonly seed: number
  readonly kind: AccountKind
  /** The trail's first window; the first call may come later. */
  readonly fromWindow: number
  readonly untilWindow: number
  readonly principals: readonly Principal[]
  /** Ascending by key. */
  readonly series: readonly ApiSeries[]
  readonly labels: readonly Label[]
  readonly changes: readonly Change[]
}
