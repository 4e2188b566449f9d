import type { Db } from '../file/db.ts'
import { plucked } from '../file/prepared.ts'
import { DAY_MINUTES } from './cell-blob.ts'

/** The days a table has rows for inside a span of minutes: first and last; none where last comes before first. */
export function daySpan(
  db: Db,
  table: 'cells' | 'actors',
  { fromMinute, untilMinute }: { readonly fromMinute: number; readonly untilMinute: number },
): { readonly first: number; readonly last: number } {
  const first = plucked(db, `SELECT min(day) FROM ${table}`).get() as number | null
  const last = plucked(db, `SELECT max(day) FROM ${table}`).get() as number | null
  if (first === null || last === null) return { first: 0, last: -1 }
  return {
    first: Math.max(first, Math.floor(fromMinute / DAY_MINUTES)),
    last: Math.min(last, Math.ceil(untilMinute / DAY_MINUTES) - 1),
  }
}
