import { poissonTail } from '../distribution/poisson.ts'

/** Ends of an interval. */
export interface Interval {
  readonly low: number
  readonly high: number
}

const TAIL = 0.025

/**
 * The exact 95 % interval of a Poisson mean, from one count of it (Garwood 1936).
 * @example
 * poissonInterval(0).low // => 0
 */
export function poissonInterval(count: number): Interval {
  const most = count + 10 + 6 * Math.sqrt(count + 1)
  return {
    low: count === 0 ? 0 : meanWhere((mean) => upper(count, mean) < TAIL, { low: 0, high: count }),
    high: meanWhere((mean) => lower(count, mean) > TAIL, { low: count, high: most }),
  }
}

/** P(Y >= count) of a mean up to the count. Near the middle it is the other tail, and both are far over 2.5 %. */
function upper(count: number, mean: number): number {
  return Math.exp(poissonTail(count, mean, 1).log)
}

/** P(Y <= count) of a mean from the count on, likewise. */
function lower(count: number, mean: number): number {
  return Math.exp(poissonTail(count, mean, 0).log)
}

/** The mean up to which `holds` is true. */
function meanWhere(holds: (mean: number) => boolean, { low, high }: Interval): number {
  let [from, until] = [low, high]
  for (let halving = 0; halving < 60; halving++) {
    const middle = (from + until) / 2
    if (holds(middle)) from = middle
    else until = middle
  }
  return (from + until) / 2
}
