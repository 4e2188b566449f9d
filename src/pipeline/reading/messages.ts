import type { FileContext } from '../../event/api-call.ts'
import type { TrailTable } from '../../event/trail-reader.ts'
import type { FilePlace } from '../../source/local/read-bytes.ts'

/** A file for a thread to read. */
export interface FileOrder {
  readonly place: FilePlace
  readonly context: FileContext
}

/** What a thread answers, once for each order of files, in the same order; and now and then that it lives. */
export type ThreadReply =
  | { readonly kind: 'alive' }
  | { readonly kind: 'read'; readonly tables: readonly TrailTable[] }
  /** We are wrong: a bug met while it read. */
  | { readonly kind: 'broken'; readonly error: unknown }

/** The memory of the columns of some tables, to be handed over instead of copied. */
export function columnsOf(tables: readonly TrailTable[]): readonly ArrayBuffer[] {
  const buffers = tables.flatMap(({ takings: { calls } }) =>
    [
      ...[calls.pair, calls.minute, calls.second, calls.identity, calls.agent, calls.resource],
      ...[calls.readOnly, calls.id, calls.pairs.series, calls.pairs.code],
    ].map(({ buffer }) => buffer as ArrayBuffer),
  )
  return [...new Set(buffers)]
}
