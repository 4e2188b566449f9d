import type { ActorRules } from '../../../bucket/actors.ts'
import { firstSlot } from './actor-blob.ts'
import { DAY_MINUTES } from './cell-blob.ts'
import type { PendingChanges, SeriesChanges } from './delta.ts'

/** The pending changes of one series on one day, in the forms of `SeriesChanges`. */
export interface DayChanges {
  readonly day: number
  readonly series: number
  readonly cells: number[]
  readonly actors: number[]
  readonly pastCap: number[]
}

/** Pending changes by day and series, ascending: the order of the tables they go to, whose pages fill up one after the other. */
export function byDay(pending: PendingChanges, { windowMinutes }: ActorRules): DayChanges[] {
  const slotsPerDay = firstSlot(1, windowMinutes)
  const all: DayChanges[] = []
  for (const [series, changes] of pending) {
    for (const day of daysOf(series, changes, slotsPerDay)) all.push(day)
  }
  return all.sort((one, other) => one.day - other.day || one.series - other.series)
}

function daysOf(
  series: number,
  { cells, actors, pastCap }: SeriesChanges,
  slotsPerDay: number,
): Iterable<DayChanges> {
  const days = new Days(series)
  for (let at = 0; at < cells.length; at += 3) {
    const [minute = 0, code = 0, count = 0] = [cells[at], cells[at + 1], cells[at + 2]]
    days.of(Math.floor(minute / DAY_MINUTES)).cells.push(minute, code, count)
  }
  for (let at = 0; at < actors.length; at += 4) {
    const [slot = 0, value = 0, code = 0] = [actors[at], actors[at + 1], actors[at + 2]]
    days.of(Math.floor(slot / slotsPerDay)).actors.push(slot, value, code, actors[at + 3] ?? 0)
  }
  for (const slot of pastCap) days.of(Math.floor(slot / slotsPerDay)).pastCap.push(slot)
  return days.all()
}

/** The days of one series; most changes are of the same one as the change before. */
class Days {
  readonly #series: number
  readonly #days = new Map<number, DayChanges>()
  #last: DayChanges | null = null

  constructor(series: number) {
    this.#series = series
  }

  of(day: number): DayChanges {
    if (this.#last?.day === day) return this.#last
    const known = this.#days.get(day)
    this.#last = known ?? { day, series: this.#series, cells: [], actors: [], pastCap: [] }
    if (known === undefined) this.#days.set(day, this.#last)
    return this.#last
  }

  all(): Iterable<DayChanges> {
    return this.#days.values()
  }
}
