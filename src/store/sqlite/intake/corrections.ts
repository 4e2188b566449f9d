import { slotOf } from '../../../bucket/actors.ts'
import type { CallTable } from '../../../event/table/call-table.ts'
import type { Delta } from '../counts/delta.ts'
import { valueName } from '../counts/read-actors.ts'
import { type Details, keptValue, NONE, valueRef, WITHHELD } from '../seen/details.ts'
import { compareValues, type Join } from '../seen/join-variants.ts'
import { type KeptEvent, secondOfEvent } from '../seen/segments.ts'
import type { Turn } from '../seen/settle-replacements.ts'
import type { Desk } from './desk.ts'

const KINDS = ['identity', 'agent', 'resource'] as const

/** Brings kept events up to the greatest of their copies' values, and moves their counts along. */
export function applyJoins(
  joins: readonly Join[],
  table: CallTable,
  desk: Desk,
  delta: Delta,
): void {
  for (const { event, rows } of joins) {
    const kept = desk.segments.detailsOf(event)
    const joined = rows.reduce(
      (details, row) => joinedWith(details, table, row, { event, desk }),
      kept,
    )
    if (joined === kept) continue
    desk.segments.rewrite(event, joined)
    if (!desk.replacements.stands(event)) continue
    for (const [kind, name] of KINDS.entries()) {
      if (kept[name] === joined[name]) continue
      addActor(desk, delta, event, { details: kept, kind, count: -1 })
      addActor(desk, delta, event, { details: joined, kind, count: 1 })
    }
    delta.addReads(joined.series, joined.readOnly - kept.readOnly)
  }
}

/** Takes back what events counted that no longer stand, and counts those again that do. */
export function applyTurns(turns: readonly Turn[], desk: Desk, delta: Delta): void {
  for (const { event, stands } of turns) {
    const details = desk.segments.detailsOf(event)
    const count = stands ? 1 : -1
    delta.addCell(details.series, minuteOf(event), details.code, count)
    delta.addReads(details.series, count * details.readOnly)
    for (const kind of KINDS.keys()) addActor(desk, delta, event, { details, kind, count })
  }
}

/** Epoch minute of a kept event. */
export function minuteOf({ day, key }: KeptEvent): number {
  return Math.floor(secondOfEvent(day, key) / 60)
}

interface JoinContext {
  readonly event: KeptEvent
  readonly desk: Desk
}

/** The details with the greater of each value; the same object where nothing is greater. */
function joinedWith(
  details: Details,
  table: CallTable,
  row: number,
  { event, desk }: JoinContext,
): Details {
  let joined = details
  const columns = [table.identity, table.agent, table.resource]
  for (const [kind, name] of KINDS.entries()) {
    const kept = details[name]
    const text = table.values[columns[kind]?.[row] ?? -1]
    if (kept === WITHHELD || text === undefined) continue
    const before = kept === NONE ? null : valueName(desk.db, valueRef(kept))
    if (compareValues(text, before) <= 0) continue
    const slot = slotOf(minuteOf(event), kind, desk.rules.windowMinutes)
    const isWithheld = desk.pastCap.has(details.series, slot)
    joined = { ...joined, [name]: isWithheld ? WITHHELD : keptValue(desk.names.value(text)) }
  }
  const reads = (table.readOnly[row] ?? 0) > details.readOnly
  return reads ? { ...joined, readOnly: 1 } : joined
}

interface ActorCorrection {
  readonly details: Details
  readonly kind: number
  readonly count: number
}

function addActor(
  desk: Desk,
  delta: Delta,
  event: KeptEvent,
  { details, kind, count }: ActorCorrection,
): void {
  const name = KINDS[kind]
  const value = name === undefined ? NONE : details[name]
  if (value === NONE || value === WITHHELD) return
  const slot = slotOf(minuteOf(event), kind, desk.rules.windowMinutes)
  if (desk.pastCap.has(details.series, slot)) return
  delta.addActor(details.series, slot, valueRef(value), details.code, count)
}
