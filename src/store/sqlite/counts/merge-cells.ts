import type { MinuteCells } from '../../store.ts'
import { SumRows } from './sum-rows.ts'

/** The sum of kept cells and changes (minute, code, count of one after the other), ascending by minute and code; cells that come to 0 are gone. */
export function mergeCells(kept: MinuteCells, changes: readonly number[]): MinuteCells {
  if (changes.length === 0) return kept
  const rows = new SumRows(3)
  for (let at = 0; at < kept.minutes.length; at++) {
    rows.push(kept.minutes[at] ?? 0, kept.codes[at] ?? 0, kept.counts[at] ?? 0)
  }
  for (let at = 0; at < changes.length; at += 3) {
    rows.push(changes[at] ?? 0, changes[at + 1] ?? 0, changes[at + 2] ?? 0)
  }
  sumCells(rows)
  const column = (number: number) =>
    Int32Array.from({ length: rows.length }, (_, row) => rows.at(row, number))
  return { minutes: column(0), codes: column(1), counts: column(2) }
}

/** Sums rows of minute, code, count; those that come to 0 are gone. */
export function sumCells(rows: SumRows): void {
  rows.sum()
  rows.keepOnly((row) => rows.at(row, 2) !== 0)
}
