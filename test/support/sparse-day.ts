import { burstDays, lessonOf, sumsOf } from '../../models/baseline/own-bursts.ts'
import { OWN_TAIL } from '../../models/baseline/tail-scale.ts'
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
  const sums = addSeries(others, sumsOf(lessonOf(bursts, day)), 1)
  const bornWindow = (day - 28) * 288
  return { series, bursts, day, grid, sums, bornWindow, peers: 4, keep: 'account', tail: OWN_TAIL }
}
