/** What cells and reads add up to in a series, over all days. First and last minute speak of every call, superseded ones too. */
export interface SeriesTotals {
  calls: number
  errors: number
  reads: number
  firstMinute: number
  lastMinute: number
  /** First minute of each code. */
  readonly codes: Map<number, number>
}

/** Those of nothing. */
export function noTotals(): SeriesTotals {
  return {
    ...{ calls: 0, errors: 0, reads: 0, codes: new Map() },
    ...{ firstMinute: Number.POSITIVE_INFINITY, lastMinute: Number.NEGATIVE_INFINITY },
  }
}

/** Adds cells: minute, code, count of one after the other. Answers the same totals. */
export function addCells(totals: SeriesTotals, cells: ArrayLike<number>): SeriesTotals {
  const { codes } = totals
  let code = -1
  let first = Number.POSITIVE_INFINITY
  for (let at = 0; at < cells.length; at += 3) {
    const [minute, count] = [cells[at] as number, cells[at + 2] as number]
    if (cells[at + 1] !== code) {
      code = cells[at + 1] as number
      first = codes.get(code) ?? Number.POSITIVE_INFINITY
    }
    if (minute < first) {
      first = minute
      codes.set(code, minute)
    }
    totals.calls += count
    if (code !== 0) totals.errors += count
    totals.firstMinute = Math.min(totals.firstMinute, minute)
    totals.lastMinute = Math.max(totals.lastMinute, minute)
  }
  return totals
}
