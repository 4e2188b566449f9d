/** A surprise as a score has it, and the −ln of what came a week where as much was let through. */
type Knot = readonly [said: number, seen: number]

/** Windows a week in an account, in a family: said by the laws, and incidents seen. */
const IN_ACCOUNT: readonly Knot[] = [
  [-3.15, -0.8],
  [-0.1, 0.2],
  [3.6, 2.8],
  [8, 5.2],
]

/** The surprise, in one series, of what comes once a week. */
export const WEEKLY_IN_SERIES = -1.4

/** Windows a week in one series: said by the laws, and events seen. */
const IN_SERIES: readonly Knot[] = [
  [WEEKLY_IN_SERIES, 0],
  [6.3, 4.7],
  [11, 6.4],
]

/** By how much errors of sparse series surprise more in one series than their law says, … */
export const OF_SPARSE_ERRORS = 1
/** … and falls less: with both, the next false event of each kind came with as many true ones on simulated series. */
const OF_FALLS = -1

/**
 * -ln of the incidents that come a week in an account, in a family, where whatever surprises as much is told. The laws
 * alone are too sure of what is rare, and ask too much of what is not; by how much was measured on simulated accounts.
 * @example
 * rarityInAccount(3.6) // => 2.8
 */
export function rarityInAccount(surprise: number): number {
  return between(IN_ACCOUNT, surprise)
}

/** -ln of the events that come a week in one series, where whatever surprises as much is told: measured on single series. */
export function rarityInSeries({
  surprise,
  peers,
  family,
  direction,
}: {
  readonly surprise: number
  /** Series that share the surprise. */
  readonly peers: number
  readonly family: string
  readonly direction: 'up' | 'down'
}): number {
  const errors = family === 'pool-errors' ? OF_SPARSE_ERRORS : 0
  const fall = direction === 'down' ? OF_FALLS : 0
  return between(IN_SERIES, surprise + errors + fall + Math.log(peers))
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
