import { completeUntil, lateBefore, secondOf } from '../../../bucket/completeness.ts'
import { countCalls, FATES } from '../../../bucket/count.ts'
import type { BucketPartial } from '../../../bucket/partial.ts'
import type { CallTable } from '../../../event/table/call-table.ts'
import { joinVariants } from '../seen/join-variants.ts'
import { RowKeys } from '../seen/row-keys.ts'
import { settleReplacements, type Turn } from '../seen/settle-replacements.ts'
import { type Sifted, sift } from '../seen/sift.ts'
import type { Changes } from './changes.ts'
import { applyJoins, applyTurns, minuteOf } from './corrections.ts'
import type { Desk } from './desk.ts'
import { postPartial } from './post-partial.ts'

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
  /** Epoch milliseconds of the first and last accepted event; null: there is none. */
  readonly span: { readonly fromMs: number; readonly untilMs: number } | null
}

/** De-duplicates a table, counts it and keeps its events. Inside a transaction. */
export function takeCalls(raw: CallTable, stampMs: number | null, desk: Desk): Taken {
  const { names, seen, segments, rules, changes } = desk
  const { delta } = changes
  const keys = new RowKeys(raw, names, desk.entryRoom)
  const sifted = sift(raw, keys, seen, lateBefore(stampMs))
  const { table, joins } = joinVariants(raw, keys, sifted, segments)
  applyJoins(joins, table, desk, delta)
  const turns = settleReplacements(table, keys, sifted, desk)
  applyTurns(turns, desk, delta)
  const partial = countCalls(table, sifted.fates, rules, desk.countRoom)
  const posted = postPartial(partial, keys, desk, delta)
  for (const fresh of sifted.fresh) posted.keep(table, fresh)
  noteMinutes(partial, turns, keys, changes)
  const span = reachOf(table, sifted, { stampMs, keys, changes })
  return { span, ...tallyOf(table, sifted, turns) }
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

function noteMinutes(
  { cells }: BucketPartial,
  turns: readonly Turn[],
  keys: RowKeys,
  changes: Changes,
): void {
  for (let i = 0; i < cells.minute.length; i++) {
    changes.note(keys.accountAt(cells.series[i] ?? 0), cells.minute[i] ?? 0)
  }
  for (const { event } of turns) changes.note(event.account, minuteOf(event))
}

interface ReachContext {
  readonly stampMs: number | null
  readonly keys: RowKeys
  readonly changes: Changes
}

/** The span of the accepted rows; lifts the watermarks of the accounts and Regions they prove complete. */
function reachOf(
  table: CallTable,
  { lateBefore }: Sifted,
  { stampMs, keys, changes }: ReachContext,
): Taken['span'] {
  const newest = new Int32Array(table.series.length).fill(-1)
  let from = Number.POSITIVE_INFINITY
  let until = Number.NEGATIVE_INFINITY
  for (let row = 0; row < table.length; row++) {
    const second = secondOf(table, row)
    if (second < lateBefore) continue
    from = Math.min(from, second)
    until = Math.max(until, second)
    const place = table.pairs.series[table.pair[row] ?? 0] ?? 0
    newest[place] = Math.max(table.minute[row] ?? 0, newest[place] ?? 0, 0)
  }
  if (from > until) return null
  for (const [place, minute] of newest.entries()) {
    if (minute < 0) continue
    const region = table.series[place]?.region ?? ''
    changes.lift(keys.accountAt(place), region, completeUntil(stampMs, minute))
  }
  return { fromMs: from * 1000, untilMs: until * 1000 }
}
