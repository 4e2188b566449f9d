import { NO_BURSTS, ownLaw, type SharedLaw } from '../baseline/burst-law.ts'
import { OWN_TAIL, rescale } from '../baseline/tail-scale.ts'
import { LEARN_DAYS } from '../series/grid.ts'
import type { Metric } from '../series/history.ts'
import { LOOKS, ownLogTail } from './judge-burst.ts'
import { rarityInAccount } from './rarity.ts'
import { rarityNeeded, type Sensitivity } from './sensitivity.ts'

/** Larger bursts than this are not looked for: AWS itself throttles under it. */
const LARGEST = 2 ** 40

/**
 * The fewest calls (or errors) in one burst of an API that was quiet for 28 days that would raise an
 * alarm: what a run can promise to notice at this sensitivity. At most 2^40.
 * @example
 * smallestBurst({ ...burstLaw(EMPTY_POOL, 28), series: 1 }, sensitivity(2), 'calls') // => 10
 */
export function smallestBurst(law: SharedLaw, sensitivity: Sensitivity, metric: Metric): number {
  const { floors } = sensitivity
  const needed = rarityNeeded(sensitivity, metric === 'calls' ? 'pool-calls' : 'pool-errors')
  // Where it is not known how many series share the law: as many as have a burst a week each.
  const series = law.series ?? Math.max(1, law.perWeek)
  const own = ownLaw(law, NO_BURSTS, { ageDays: LEARN_DAYS, peers: series })
  const surpriseOf = (count: number): number =>
    rescale(-ownLogTail(metric, count, own, law), law.tail ?? OWN_TAIL) -
    Math.log(own.perWeek * series) -
    LOOKS
  const noticed = (count: number): boolean =>
    rarityInAccount(surpriseOf(count)) >= needed && count >= floors.ratio * Math.exp(own.location)
  let under = Math.max(1, metric === 'calls' ? floors.calls : floors.errors) - 1
  let enough = LARGEST
  while (enough - under > 1) {
    const middle = under + Math.floor((enough - under) / 2)
    if (noticed(middle)) enough = middle
    else under = middle
  }
  return enough
}
