import { TupleCounter } from './tuple-counter.ts'

/** How actors are counted: the length of a window, and the distinct values beyond which only totals are kept. */
export interface ActorRules {
  /** Minutes: the detection window, at most 5. */
  readonly windowMinutes: number
  /** Distinct values of one kind in one window of one series, over all error codes. */
  readonly cap: number
}

export const ACTOR_KINDS = ['identity', 'agent', 'resource'] as const

/** Calls by series, error code, slot and value: columns of places. A slot is a window and a kind in one number. */
export interface ActorColumns {
  readonly series: Int32Array
  readonly code: Int32Array
  readonly slot: Int32Array
  readonly value: Int32Array
  readonly count: Int32Array
}

/** Windows of one kind of one series. */
export interface SlotColumns {
  readonly series: Int32Array
  readonly slot: Int32Array
}

/** The number of an actor window's kind: windows ascend, kinds within them. */
export function slotOf(minute: number, kind: number, windowMinutes: number): number {
  return Math.floor(minute / windowMinutes) * ACTOR_KINDS.length + kind
}

/** First epoch minute of a slot's window. */
export function minuteOfSlot(slot: number, windowMinutes: number): number {
  return Math.floor(slot / ACTOR_KINDS.length) * windowMinutes
}

/** Place of a slot's kind in `ACTOR_KINDS`. */
export function kindOfSlot(slot: number): number {
  return slot % ACTOR_KINDS.length
}

/**
 * Takes out the windows that are past the cap: those known to be (in `pastCap`: series, slot), and those that hold more
 * than `cap` distinct values, counted or corrected away. Once past, always past.
 */
export function keepWithinCap(
  actors: ActorColumns,
  pastCap: TupleCounter,
  cap: number,
): { readonly actors: ActorColumns; readonly pastCap: SlotColumns } {
  if (actors.count.length > cap) markPastCap(actors, pastCap, cap)
  const { a, b, length } = pastCap
  const slots = { series: a.subarray(0, length), slot: b.subarray(0, length) }
  if (length === 0) return { actors, pastCap: slots }
  const kept: number[] = []
  for (let i = 0; i < actors.count.length; i++) {
    if (!pastCap.has(actors.series[i] ?? 0, actors.slot[i] ?? 0, 0)) kept.push(i)
  }
  return { actors: picked(actors, kept), pastCap: slots }
}

function markPastCap(actors: ActorColumns, pastCap: TupleCounter, cap: number): void {
  const values = new TupleCounter()
  const distinct = new TupleCounter()
  for (let i = 0; i < actors.count.length; i++) {
    const [series, slot] = [actors.series[i] ?? 0, actors.slot[i] ?? 0]
    if (values.add(series, slot, actors.value[i] ?? 0, 0)) distinct.add(series, slot, 0, 1)
  }
  for (let i = 0; i < distinct.length; i++) {
    if ((distinct.count[i] ?? 0) > cap) pastCap.add(distinct.a[i] ?? 0, distinct.b[i] ?? 0, 0, 1)
  }
}

function picked(actors: ActorColumns, rows: readonly number[]): ActorColumns {
  const pick = (column: Int32Array) => Int32Array.from(rows, (row) => column[row] ?? 0)
  return {
    series: pick(actors.series),
    code: pick(actors.code),
    slot: pick(actors.slot),
    value: pick(actors.value),
    count: pick(actors.count),
  }
}
