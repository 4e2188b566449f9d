import { completeUntil, lateBefore, secondOf } from '../../../bucket/completeness.ts'
import { countCalls, FATES } from '../../../bucket/count.ts'
import type { BucketPartial } from '../../../bucket/partial.ts'
import type { CallTable } from '../../../event/table/call-table.ts'
import { Delta } from '../counts/delta.ts'
import { ENTRY_WORDS } from '../seen/id-set.ts'
import { joinVariants } from '../seen/join-variants.ts'
import { RowKeys } from '../seen/row-keys.ts'
import { settleReplacements, type Turn } from '../seen/settle-replacements.ts'
import { type Sifted, sift } from '../seen/sift.ts'
import { applyJoins, applyTurns, minuteOf } from './corrections.ts'
import type { Desk } from './desk.ts'
import { type Posted, postPartial } from './post-partial.ts'

/** What became of a table's calls. */
export interface Taken {
  readonly counted: number
  readonly duplicate: number
  readonly late: number
  readonly conflicts: number
  /** Events counted before that no longer stand, less those that stand again. */
  readonly corrected: number
  /** Rows that are new events but do not stand. */
  readonly superseded: number
  /** First minute that changed, by account row. */
  readonly changed: ReadonlyMap<number, number>
  /** Epoch milliseconds of the first and last accepted event; null: there is none. */
  readonly span: { readonly fromMs: number; readonly untilMs: number } | null
  /** How far the table proves an account's Region complete. */
  readonly complete: readonly {
    readonly account: number
    readonly region: string
    readonly untilMs: number
  }[]
  /** How much was added to what is pending. */
  readonly size: number
}

/** De-duplicates a table, counts it and keeps its events. Inside a transaction. */
export function takeCalls(raw: CallTable, stampMs: number | null, desk: Desk): Taken {
  const { names, seen, segments, rules } = desk
  const delta = new Delta()
  const keys = new RowKeys(raw, names)
  const sifted = sift(raw, keys, seen, lateBefore(stampMs))
  const { table, joins } = joinVariants(raw, keys, sifted, segments)
  applyJoins(joins, table, desk, delta)
  const turns = settleReplacements(table, keys, sifted, desk)
  applyTurns(turns, desk, delta)
  const partial = countCalls(table, sifted.fates, rules)
  const posted = postPartial(partial, keys, desk, delta)
  keepEvents(table, keys, sifted, { posted, desk })
  delta.save(desk.db)
  return {
    ...tallyOf(table, sifted, turns),
    changed: changedMinutes(partial, turns, keys),
    size: delta.size,
    ...reachOf(table, sifted, { stampMs, keys }),
  }
}

function keepEvents(
  table: CallTable,
  keys: RowKeys,
  { fresh }: Sifted,
  { posted, desk }: { readonly posted: Posted; readonly desk: Desk },
): void {
  for (const { account, day, rows } of fresh) {
    const details = rows.map((row) => posted.details(table, row))
    desk.segments.append(account, day, entriesOf(rows, keys), details)
  }
}

/** Most tables hold one day's events and nothing but new ones. */
function entriesOf(rows: readonly number[], keys: RowKeys): Uint32Array {
  if (rows.length * ENTRY_WORDS === keys.entries.length) return keys.entries
  const entries = new Uint32Array(rows.length * ENTRY_WORDS)
  for (let i = 0; i < rows.length; i++) entries.set(keys.entry(rows[i] ?? 0), i * ENTRY_WORDS)
  return entries
}

function tallyOf(
  table: CallTable,
  { fates, fresh, late, conflicts }: Sifted,
  turns: readonly Turn[],
) {
  let counted = 0
  for (const fate of fates) if (fate === FATES.count) counted += 1
  const events = fresh.reduce((sum, { rows }) => sum + rows.length, 0)
  const corrected = turns.reduce((sum, { stands }) => sum + (stands ? -1 : 1), 0)
  const duplicate = table.length - late - counted
  return { counted, duplicate, late, conflicts, corrected, superseded: events - counted }
}

function changedMinutes(
  { cells }: BucketPartial,
  turns: readonly Turn[],
  keys: RowKeys,
): Map<number, number> {
  const changed = new Map<number, number>()
  const note = (account: number, minute: number) => {
    changed.set(account, Math.min(minute, changed.get(account) ?? Number.POSITIVE_INFINITY))
  }
  for (let i = 0; i < cells.minute.length; i++) {
    note(keys.accountAt(cells.series[i] ?? 0), cells.minute[i] ?? 0)
  }
  for (const { event } of turns) note(event.account, minuteOf(event))
  return changed
}

interface ReachContext {
  readonly stampMs: number | null
  readonly keys: RowKeys
}

/** The span of the accepted rows, and how far they prove which account's Region complete. */
function reachOf(table: CallTable, { lateBefore }: Sifted, { stampMs, keys }: ReachContext) {
  const newest = new Map<number, number>()
  let from = Number.POSITIVE_INFINITY
  let until = Number.NEGATIVE_INFINITY
  for (let row = 0; row < table.length; row++) {
    const second = secondOf(table, row)
    if (second < lateBefore) continue
    from = Math.min(from, second)
    until = Math.max(until, second)
    const place = table.pairs.series[table.pair[row] ?? 0] ?? 0
    newest.set(place, Math.max(table.minute[row] ?? 0, newest.get(place) ?? 0))
  }
  const span = newest.size === 0 ? null : { fromMs: from * 1000, untilMs: until * 1000 }
  return { span, complete: completeOf(table, newest, { stampMs, keys }) }
}

/** The furthest that the newest minutes of its series prove of each account's Region. */
function completeOf(
  { series }: CallTable,
  newest: ReadonlyMap<number, number>,
  { stampMs, keys }: ReachContext,
): Taken['complete'] {
  const complete = new Map<string, Taken['complete'][number]>()
  for (const [place, minute] of newest) {
    const account = keys.accountAt(place)
    const region = series[place]?.region ?? ''
    const untilMs = completeUntil(stampMs, minute)
    const key = `${account} ${region}`
    if (untilMs > (complete.get(key)?.untilMs ?? 0)) complete.set(key, { account, region, untilMs })
  }
  return [...complete.values()]
}
