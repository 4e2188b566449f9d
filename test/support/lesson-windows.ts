import type { WindowCells, Windows } from '../../models/baseline/lesson-windows.ts'
import { countsAt } from './account-history.ts'

/** Windows of a quarter of an hour from 23:00 of a first day on; `exposed` null: all alike. */
export const windowsOf = (
  counts: readonly number[],
  exposed: ((at: number) => number) | null,
): Windows => ({
  counts: countsAt(
    ...counts.flatMap((count, at) => (count > 0 ? [[92 + at, count] as const] : [])),
  ),
  exposure: exposed === null ? null : Float64Array.from(counts, (_, at) => exposed(at)),
  windowsPerHour: 4,
  firstHour: 23,
  untilHour: 23 + counts.length / 4,
})

/** The hour of a cell, from where the cells of hours end. */
export const hourOf = (hourEnds: Float64Array, cell: number): number =>
  hourEnds.findIndex((end) => cell < end)

/** Of each cell its count, exposure, times, hour and slot of the day. */
export const rowsOf = ({ counts, exposure, times, hourEnds, slotAt }: WindowCells) =>
  [...counts].map((count, at) => [
    ...[count, exposure[at], times?.[at], hourOf(hourEnds, at), slotAt[at]],
  ])
