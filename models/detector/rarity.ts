import { LAW } from './law.ts'

/** A surprise as a score has it, and the −ln of what came a week where as much was let through. */
type Knot = readonly [said: number, seen: number]

/** Windows a week in an account, in a family: said by the laws, and incidents seen. */
const IN_ACCOUNT: readonly Knot[] = [
  [-3.15, -0.81],
  [-0.1, 0.26],
  [3.6, 2.75],
  [8, 5.2],
]

/** The surprise, in one series, of what comes once a week. */
export const WEEKLY_IN_SERIES = -2.1

/** Windows a week in one series: said by the laws, and events seen. */
const IN_SERIES: readonly Knot[] = [
  [WEEKLY_IN_SERIES, 0],
  [3, 3.2],
  [7, 5.3],
  [12, 7.1],
]

/**
 * By how much more or less than it says each law surprises in one series: with these, the next false event of each came
 * with as many true ones on simulated series. Laws that are left out are believed as they are.
 */
const OF_LAW: Readonly<Record<string, number>> = {
  [LAW.own]: -0.5,
  [LAW.bursts]: 1,
  [LAW.windows]: -1.5,
  [LAW.share]: -1,
  [LAW.climb]: -3,
}
/** Errors that come in bursts, by the law of bursts. */
const OF_ERROR_BURSTS = 2.5
/** What its own baseline and its past both find rare. */
const OF_BOUNDED = 1
/** Falls may be for good. */
const OF_FALLS = -2.5
/** The most that is added to any. */
export const MOST_IN_SERIES: number = OF_ERROR_BURSTS

/**
 * -ln of the incidents that come a week in an account, in a family, where whatever surprises as much is told. The laws
 * alone are too sure of what is rare, and ask too much of what is not; by how much was measured on simulated accounts, which
 * are told 5 % less than was asked for: a budget is a ceiling.
 * @example
 * rarityInAccount(3.6) // => 2.75
 */
export function rarityInAccount(surprise: number): number {
  return between(IN_ACCOUNT, surprise)
}

/**
 * The surprise that is as rare in the account: the inverse of `rarityInAccount`.
 * @example
 * surpriseInAccount(2.75) // => 3.6
 */
export function surpriseInAccount(rarity: number): number {
  const next = IN_ACCOUNT.findIndex(([, seen], at) => at > 0 && rarity < seen)
  const place = next === -1 ? IN_ACCOUNT.length - 1 : next
  const [fromSaid, fromSeen] = IN_ACCOUNT[place - 1] as Knot
  const [toSaid, toSeen] = IN_ACCOUNT[place] as Knot
  return fromSaid + ((rarity - fromSeen) * (toSaid - fromSaid)) / (toSeen - fromSeen)
}

/** What one series makes of a score. */
export interface SeriesSurprise {
  readonly surprise: number
  /** Series that share the surprise. */
  readonly peers: number
  readonly family: string
  readonly direction: 'up' | 'down'
  /** As a score has them: `law` is one of `LAW`. */
  readonly terms: Readonly<Record<string, number | string>>
}

/** -ln of the events that come a week in one series, where whatever surprises as much is told: measured on single series. */
export function rarityInSeries(said: SeriesSurprise): number {
  return between(IN_SERIES, said.surprise + Math.log(said.peers) + addedInSeries(said))
}

function addedInSeries({ family, direction, terms }: SeriesSurprise): number {
  const { law = '', boundBy } = terms
  if (direction === 'down') return OF_FALLS
  if (boundBy !== undefined) return OF_BOUNDED
  if (law === LAW.bursts && family === 'pool-errors') return OF_ERROR_BURSTS
  return OF_LAW[law] ?? 0
}

/** On straight lines between knots, and on the first and the last of them beyond. */
function between(knots: readonly Knot[], said: number): number {
  const next = knots.findIndex(([at], place) => place > 0 && said < at)
  const place = next === -1 ? knots.length - 1 : next
  const [fromSaid, fromSeen] = knots[place - 1] as Knot
  const [toSaid, toSeen] = knots[place] as Knot
  const seen = fromSeen + ((said - fromSaid) * (toSeen - fromSeen)) / (toSaid - fromSaid)
  return next === -1 ? seen : Math.min(seen, toSeen)
}
