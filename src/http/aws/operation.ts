import type { StoreEditor, StoreReader } from '../../store/store.ts'
import type { AwsCaller } from './caller.ts'
import type { Input } from './input.ts'
import type { Replays } from './replays.ts'
import type { Tokens } from './tokens.ts'

/** What an operation may use; the store knows the caller's accounts alone. */
export interface AwsHouse {
  readonly store: StoreReader
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly tokens: Tokens
  /** Writes what people say; null: this server only reads. */
  readonly editor: StoreEditor | null
  readonly replays: Replays
  /** Takes down that a write was refused, and by which error. */
  readonly deny: (result: string) => void
  /** When the last run ended, epoch milliseconds; null: none has. */
  readonly lastRunMs: () => number | null
}

/** One operation of the CloudTrail API. Throws `AwsError` for what it refuses. */
export type Operation = (house: AwsHouse, caller: AwsCaller, input: Input) => object
