import { invariant } from '../base/invariant.ts'
import type { Tally } from '../store/store.ts'

export const emptyTally: Tally = {
  read: 0,
  counted: 0,
  duplicate: 0,
  late: 0,
  rejected: 0,
  insights: 0,
  conflicts: 0,
}

/** The sum of two tallies. */
export function addTally(a: Tally, b: Tally): Tally {
  return {
    read: a.read + b.read,
    counted: a.counted + b.counted,
    duplicate: a.duplicate + b.duplicate,
    late: a.late + b.late,
    rejected: a.rejected + b.rejected,
    insights: a.insights + b.insights,
    conflicts: a.conflicts + b.conflicts,
  }
}

/** The conservation law: every record read became exactly one of these. Broken, it is a bug of ours. */
export function conserve(tally: Tally): void {
  const { read, counted, duplicate, late, rejected, insights } = tally
  invariant(
    read === counted + duplicate + late + rejected + insights,
    `read ${read} = counted ${counted} + duplicate ${duplicate} + late ${late} + rejected ${rejected} + insights ${insights}`,
  )
}
