import type { FileContext } from '../../event/api-call.ts'
import type { FilePlace } from '../../source/local/read-bytes.ts'
import type { PackedTables } from './packed-tables.ts'

/** A file for a thread to read. */
export interface FileOrder {
  readonly place: FilePlace
  readonly context: FileContext
}

/** What a thread answers, once for each order of files, in the same order; and now and then that it lives. */
export type ThreadReply =
  | { readonly kind: 'alive' }
  | { readonly kind: 'read'; readonly tables: PackedTables }
  /** We are wrong: a bug met while it read. */
  | { readonly kind: 'broken'; readonly error: unknown }
