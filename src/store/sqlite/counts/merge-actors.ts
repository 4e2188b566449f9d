import type { SumRows } from './sum-rows.ts'

/**
 * Sums a day's rows of slot, value, code, count of one series and leaves out the slots past the cap: those known to be
 * (`pastCap`), and those with more than `cap` distinct values now, which are answered. A value that comes to 0 stays known,
 * so that the judgement never depends on the order.
 */
export function sumActors(
  rows: SumRows,
  { pastCap, cap }: { readonly pastCap: ReadonlySet<number>; readonly cap: number },
): ReadonlySet<number> {
  rows.sum()
  const found = slotsPastCap(rows, cap)
  if (pastCap.size + found.size > 0) {
    rows.keepOnly((row) => !pastCap.has(rows.at(row, 0)) && !found.has(rows.at(row, 0)))
  }
  return found
}

/** The slots of summed rows with too many values. */
function slotsPastCap(rows: SumRows, cap: number): Set<number> {
  const found = new Set<number>()
  if (rows.length <= cap) return found
  let slot = Number.NaN
  let value = Number.NaN
  let distinct = 0
  for (let row = 0; row < rows.length; row++) {
    if (rows.at(row, 0) !== slot) {
      slot = rows.at(row, 0)
      distinct = 0
    } else if (rows.at(row, 1) === value) continue
    value = rows.at(row, 1)
    distinct += 1
    if (distinct > cap) found.add(slot)
  }
  return found
}
