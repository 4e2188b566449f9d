import { splitBeta } from '../distribution/incomplete-beta.ts'
import { upperOf } from '../distribution/near-tail.ts'
import { invariant } from '../invariant.ts'
import type { Interval } from './poisson-interval.ts'

const TAIL = 0.025

/**
 * The exact 95 % interval of a share, from `successes` among `trials` (1 or more): each end is the share under which as many,
 * or as few, come in 2.5 % of all cases (Clopper and Pearson, Biometrika 26 (1934) 404).
 * @throws Error where there are no trials, or more successes than trials.
 * @example
 * binomialInterval(0, 10).low // => 0
 */
export function binomialInterval(successes: number, trials: number): Interval {
  invariant(
    trials >= 1 && successes >= 0 && successes <= trials,
    `${successes} of ${trials} is no share`,
  )
  return {
    low: successes === 0 ? 0 : shareWhere(successes, trials, TAIL),
    high: successes === trials ? 1 : shareWhere(successes + 1, trials, 1 - TAIL),
  }
}

/** The share of which P(Y >= count) is `probability`: it rises with the share, and is I_share(count, trials - count + 1). */
function shareWhere(count: number, trials: number, probability: number): number {
  let [from, until] = [0, 1]
  for (let halving = 0; halving < 60; halving++) {
    const middle = (from + until) / 2
    const split = splitBeta({ a: count, b: trials - count + 1, x: middle, y: 1 - middle })
    const tail = Math.exp(
      upperOf({ side: split.side, log: split.logPoint + Math.log(split.ratio) }),
    )
    if (tail < probability) from = middle
    else until = middle
  }
  return (from + until) / 2
}
