import { FATES } from '../../../bucket/count.ts'
import { compareText } from '../../../bucket/series-key.ts'
import { type CallTable, NO_VALUE } from '../../../event/table/call-table.ts'
import { keyText, type RowKeys } from './row-keys.ts'
import type { KeptEvent, Segments } from './segments.ts'
import type { DayRows, Sifted } from './sift.ts'

/** A kept event, and the rows of a table that are copies of it with other details. */
export interface Join {
  readonly event: KeptEvent
  readonly rows: readonly number[]
}

/**
 * Copies of one event may differ in identity, agent, resource or readOnly (an export that leaves fields out). What counts
 * is the greatest of each, so that the order of the copies cannot matter; every value becomes known. Copies within the
 * table are settled in the table returned, copies of kept events are returned as joins.
 */
export function joinVariants(
  table: CallTable,
  keys: RowKeys,
  { fresh, variants, fates }: Sifted,
  segments: Segments,
): { readonly table: CallTable; readonly joins: readonly Join[] } {
  if (variants.length === 0) return { table, joins: [] }
  const settled = withOwnColumns(table)
  const joins: Join[] = []
  for (const { account, day, rows } of variants) {
    for (const row of rows) fates[row] = FATES.name
    const first = firstRows(fresh, { account, day }, keys)
    const abroad: number[] = []
    for (const row of rows) {
      const original = first.get(keyText(keys.entry(row)))
      if (original === undefined) abroad.push(row)
      else exchange(settled, original, row)
    }
    joins.push(...joinsOf(abroad, keys, segments, { account, day }))
  }
  return { table: settled, joins }
}

interface Place {
  readonly account: number
  readonly day: number
}

function firstRows(fresh: readonly DayRows[], { account, day }: Place, keys: RowKeys) {
  const today = fresh.find((rows) => rows.account === account && rows.day === day)
  return new Map((today?.rows ?? []).map((row) => [keyText(keys.entry(row)), row]))
}

function joinsOf(
  rows: readonly number[],
  keys: RowKeys,
  segments: Segments,
  { account, day }: Place,
): Join[] {
  if (rows.length === 0) return []
  const rowsOf = new Map<string, number[]>()
  for (const row of rows) {
    const text = keyText(keys.entry(row))
    rowsOf.set(text, [...(rowsOf.get(text) ?? []), row])
  }
  const wanted = [...rowsOf.values()].map(([row = 0]) => keys.key(row))
  return segments
    .findKeys(account, day, wanted)
    .map((event) => ({ event, rows: rowsOf.get(keyText(event.key)) ?? [] }))
}

function withOwnColumns(table: CallTable): CallTable {
  const { identity, agent, resource, readOnly } = table
  return {
    ...table,
    identity: identity.slice(),
    agent: agent.slice(),
    resource: resource.slice(),
    readOnly: readOnly.slice(),
  }
}

/** Gives the greater value of each column to `original`, the other to `copy`: none is lost. */
function exchange(table: CallTable, original: number, copy: number): void {
  const { identity, agent, resource, readOnly } = table
  for (const column of [identity, agent, resource]) {
    const [kept = NO_VALUE, other = NO_VALUE] = [column[original], column[copy]]
    if (compareValues(valueAt(table, other), valueAt(table, kept)) <= 0) continue
    column[original] = other
    column[copy] = kept
  }
  readOnly[original] = (readOnly[original] ?? 0) | (readOnly[copy] ?? 0)
}

function valueAt({ values }: CallTable, place: number): string | null {
  return values[place] ?? null
}

/** Order of actor values: none comes before all. */
export function compareValues(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null)
  return compareText(a, b)
}
