import { type BurstSize, burstDays, sumsOf } from '../../models/baseline/burst-days.ts'
import { burstLaw } from '../../models/baseline/burst-law.ts'
import { OWN_TAIL } from '../../models/baseline/tail-scale.ts'
import { type PoolBursts, SIZE_PRIORS } from '../../models/detector/pool-day.ts'
import type { SeriesHistory, SparseDay } from '../../models/index.ts'
import { addBurst, addSeries, EMPTY_POOL, NO_BURSTS, type PoolSums } from '../../models/index.ts'

const grid = { windowMinutes: 5 }
const day = 40

/** Bursts of the other sparse series of the account. */
export const otherBursts: PoolSums = addSeries(
  EMPTY_POOL,
  [3, 5, 2, 9].reduce(addBurst, NO_BURSTS),
  1,
)

/** Day 40 of a series in an account of four sparse ones, 28 days old. */
export function sparseDayOf(series: SeriesHistory, others: PoolSums = otherBursts): SparseDay {
  const bursts = burstDays(series.counts, grid)
  const known = (size: BurstSize): PoolBursts => {
    const sums = addSeries(others, sumsOf(bursts[size].before(day)), 1)
    return { sums, law: burstLaw(sums, 28, SIZE_PRIORS[size]), skippedDays: 0, tail: OWN_TAIL }
  }
  return {
    ...{ series, bursts, day, grid, peers: 4, keep: 'account' },
    known: { whole: known('whole'), window: known('window') },
    bornWindow: (day - 28) * 288,
    // So many that no series is new by being one of them.
    firstsPerWeek: 1e9,
    windows: { doublings: 1.5, starts: 0.25 },
  }
}
