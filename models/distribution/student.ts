/**
 * A surprise whose law has a spread learned from few windows: what would be z standard deviations, -ln p about z^2/2, is z
 * of an estimated deviation, -ln p about (n + 1)/2 ln(1 + z^2/n) (Student 1908). Never more than it was.
 * @param surprise -ln of a tail with the spread as it was estimated.
 * @param degrees Degrees of freedom n of that estimate, 1 or more.
 * @example
 * studentSurprise(0, 27) // => 0
 */
export function studentSurprise(surprise: number, degrees: number): number {
  return Math.min(surprise, ((degrees + 1) / 2) * Math.log1p((2 * surprise) / degrees))
}
