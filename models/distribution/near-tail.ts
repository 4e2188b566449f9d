/**
 * The two tails of a law at one count, as natural logarithms of probabilities (at most 0).
 * An impossible tail is -Infinity.
 */
export interface Tails {
  readonly logUpper: number
  readonly logLower: number
}

/**
 * One of two tails that add up to 1: the one computed without cancellation. The other is its
 * complement, so it keeps its relative accuracy even where it is almost 1.
 */
export interface NearTail {
  readonly side: 'upper' | 'lower'
  /** Natural logarithm of that tail's probability. */
  readonly log: number
}

/**
 * ln(1 - e^x), exact to rounding for every x <= 0: the logarithm of the other tail.
 * Method: M. Mächler, Accurately computing log(1 - exp(-|a|)), 2012.
 * @example
 * log1mExp(Math.log(0.25)) // => Math.log(0.75)
 * log1mExp(0) // => -Infinity
 */
export function log1mExp(x: number): number {
  return x > -Math.LN2 ? Math.log(-Math.expm1(x)) : Math.log1p(-Math.exp(x))
}

/**
 * ln(e^a + e^b) without overflow or underflow: the logarithm of a sum of two probabilities.
 * @example
 * logSumExp(-1000, -1000) // => -1000 + Math.LN2
 * logSumExp(-Infinity, -3) // => -3
 */
export function logSumExp(a: number, b: number): number {
  const larger = Math.max(a, b)
  if (larger === -Infinity) return -Infinity
  return larger + Math.log1p(Math.exp(Math.min(a, b) - larger))
}

/**
 * The upper tail, whichever of the two was computed.
 * @example
 * upperOf({ side: 'upper', log: -700 }) // => -700
 */
export function upperOf(near: NearTail): number {
  return near.side === 'upper' ? near.log : log1mExp(near.log)
}

/**
 * The lower tail, whichever of the two was computed.
 * @example
 * lowerOf({ side: 'upper', log: Math.log(0.25) }) // => Math.log(0.75)
 */
export function lowerOf(near: NearTail): number {
  return near.side === 'lower' ? near.log : log1mExp(near.log)
}
