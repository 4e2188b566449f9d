/** Surprise by which the way to 100 shortens to a third. */
const STRETCH = 6

/**
 * Severity for people, 0 to 100, a whole number, by the surprise that the laws have: it ranks, and does not say how often.
 * 0 at what the laws expect once a week in the account.
 * @example
 * severityOf(0) // => 0
 * severityOf(10) // => 81
 */
export function severityOf(surprise: number): number {
  return Math.round(Math.max(0, 100 * (1 - Math.exp(-surprise / STRETCH))))
}

/**
 * In how many weeks an anomaly like this one is expected once in the account.
 * @example
 * onceInWeeks(0) // => 1
 */
export function onceInWeeks(rarity: number): number {
  return Math.exp(rarity)
}
