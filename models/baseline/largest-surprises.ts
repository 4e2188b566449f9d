import type { CountLaw } from '../distribution/count-tails.ts'

/** Windows on one side of what was expected of them. */
export interface Surprising {
  readonly side: 'up' | 'down'
  readonly counts: Float64Array
  /** Above 0. */
  readonly means: Float64Array
  /** How many windows each stands for; null: one each. */
  readonly times: Float64Array | null
  readonly lawOf: (mean: number) => CountLaw
  /** -ln of the tail at a count: what costs. */
  readonly surpriseOf: (count: number, mean: number) => number
}

/** Windows whose tails are worked out for each that is asked for: what is roughly as surprising may be more so. */
const SPARE = 1.3
/** What the surprise of another window must be under to be passed over: the rounding of two tails. */
const ROUNDING = 1e-6
/** Steps of the rough surprise that windows are sorted by: of a tenth each, the last without an end. */
const STEPS = 400
const STEP = 0.1

/**
 * The largest surprises, ascending; at least as many as are asked for, where there are, and none left out is larger.
 * Most windows are passed over without a tail of their own: those that are far from their expectation by the deviance
 * of their law have one. Of the others none surprises more than the one with its count and the least favourable mean,
 * if no count is steadier than chance; should one of those matter, all have a tail.
 */
export function largestSurprises(windows: Surprising, asked: number): Float64Array {
  const { counts, means } = windows
  const rough = new Uint16Array(counts.length)
  for (let at = 0; at < rough.length; at++) {
    const law = windows.lawOf(means[at] as number)
    if (law.variance < law.mean) return surprisesFrom(windows, rough, 0)
    rough[at] = Math.min(deviance(counts[at] as number, law) / STEP, STEPS - 1)
  }
  const least = stepOf(windows, rough, SPARE * asked)
  const found = surprisesFrom(windows, rough, least)
  const smallest = found[found.length - asked]
  if (least === 0 || smallest === undefined) return found
  const isCertain = mostBelow(windows, rough, least) < smallest - ROUNDING
  return isCertain ? found : surprisesFrom(windows, rough, 0)
}

/** How far a count is from its mean, in the scale of a log-likelihood, for a law that is no steadier than chance. */
function deviance(count: number, { mean, variance }: CountLaw): number {
  const own = count === 0 ? 0 : count * Math.log(count / mean)
  const excess = variance - mean
  if (excess < 1e-6 * mean) return own - count + mean
  const shape = (mean * mean) / excess
  return own - (count + shape) * Math.log((count + shape) / (mean + shape))
}

/** The step from which on there are as many windows as asked for; 0 where there are not. */
function stepOf({ times }: Surprising, rough: Uint16Array, asked: number): number {
  const ofStep = new Float64Array(STEPS)
  for (let at = 0; at < rough.length; at++) {
    const step = rough[at] as number
    ofStep[step] = (ofStep[step] as number) + (times?.[at] ?? 1)
  }
  let step = STEPS
  for (let windows = 0; step > 0 && windows < asked; ) windows += ofStep[--step] as number
  return step
}

/** The surprises of all windows from a step on, ascending. */
function surprisesFrom(windows: Surprising, rough: Uint16Array, least: number): Float64Array {
  const { counts, means, times, surpriseOf } = windows
  const surprises: number[] = []
  let known = -1
  let surprise = 0
  for (let at = 0; at < counts.length; at++) {
    if ((rough[at] as number) < least) continue
    // Neighbours with the same count and mean, as most of an hour's are, share a tail.
    const isKnown = known >= 0 && counts[known] === counts[at] && means[known] === means[at]
    if (!isKnown) surprise = surpriseOf(counts[at] as number, means[at] as number)
    for (let time = times?.[at] ?? 1; time > 0; time--) surprises.push(surprise)
    known = at
  }
  return Float64Array.from(surprises).sort()
}

/** No window under a step surprises more. */
function mostBelow(windows: Surprising, rough: Uint16Array, least: number): number {
  const { side, counts, means, surpriseOf } = windows
  const extremes = new Map<number, number>()
  for (let at = 0; at < counts.length; at++) {
    if ((rough[at] as number) >= least) continue
    const count = counts[at] as number
    const mean = means[at] as number
    const known = extremes.get(count)
    if (known === undefined || (side === 'up' ? mean < known : mean > known))
      extremes.set(count, mean)
  }
  let most = 0
  for (const [count, mean] of extremes) most = Math.max(most, surpriseOf(count, mean))
  return most
}
