import type { MinuteCells } from '../../store.ts'
import { CellList } from './cell-blob.ts'

/** A change of one cell; the count may be negative, or 0. */
export interface CellChange {
  readonly minute: number
  readonly code: number
  readonly count: number
}

/** The sum of kept cells and changes, ascending by minute and code; cells that come to 0 are gone. */
export function mergeCells(kept: MinuteCells, changes: readonly CellChange[]): MinuteCells {
  if (changes.length === 0) return kept
  const all = [...changesFrom(kept), ...changes]
  all.sort((x, y) => x.minute - y.minute || x.code - y.code)
  const sum = new CellList()
  for (let i = 0; i < all.length; ) {
    const first = all[i]
    if (first === undefined) break
    let count = 0
    for (; all[i]?.minute === first.minute && all[i]?.code === first.code; i++) {
      count += all[i]?.count ?? 0
    }
    if (count !== 0) sum.push(first.minute, first.code, count)
  }
  return sum.cells()
}

function changesFrom({ minutes, codes, counts }: MinuteCells): CellChange[] {
  return Array.from(minutes, (minute, i) => ({
    minute,
    code: codes[i] ?? 0,
    count: counts[i] ?? 0,
  }))
}
