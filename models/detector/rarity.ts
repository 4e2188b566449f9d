/** A surprise as a score has it, and the −ln of what came a week where as much was let through. */
type Knot = readonly [said: number, seen: number]

/** Windows a week in an account, in a family: said by the laws, and incidents seen. */
const IN_ACCOUNT: readonly Knot[] = [
  [-2, -0.4],
  [0.4, 0.6],
  [3, 2.4],
  [8, 4.6],
]

/** The surprise, in one series, of what comes once a week. */
export const WEEKLY_IN_SERIES = -1.25

/** Windows a week in one series: said by the laws, and events seen. */
const IN_SERIES: readonly Knot[] = [
  [WEEKLY_IN_SERIES, 0],
  [5.25, 4.15],
  [13, 6],
]

/**
 * -ln of the incidents that come a week in an account, in a family, where whatever surprises as much is told. The laws
 * alone are too sure of what is rare, and ask too much of what is not; by how much was measured on simulated accounts.
 * @example
 * rarityInAccount(3) // => 2.4
 */
export function rarityInAccount(surprise: number): number {
  return between(IN_ACCOUNT, surprise)
}

/** -ln of the events that come a week in one series, where whatever surprises as much is told: measured on single series. */
export function rarityInSeries({
  surprise,
  peers,
}: {
  readonly surprise: number
  /** Series that share the surprise. */
  readonly peers: number
}): number {
  return between(IN_SERIES, surprise + Math.log(peers))
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
