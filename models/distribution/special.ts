/** ln gamma(x) - ((x - 1/2) ln x - x + ln(2 pi) / 2) for x >= 10, to 1e-15. */
function stirlingSeries(x: number): number {
  const inverse = 1 / x
  const square = inverse * inverse
  const tail = 1 / 1680 - square * (1 / 1188 - (square * 691) / 360360)
  return inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * tail)))
}

/** The error of Stirling's formula for 0 to 9 factorial; for 0 it is never asked. */
const factorialErrors = Float64Array.from({ length: 10 }, (_, x) => (x === 0 ? 0 : shiftedError(x)))

/** The error at x from the series at 10 or a little more, by the recurrence of gamma. */
function shiftedError(x: number): number {
  const steps = Math.ceil(10 - x)
  const shifted = x + steps
  let power = 1
  let product = 1
  for (let step = 1; step <= steps; step += 1) {
    power *= shifted
    product *= x + step
  }
  const moved = (x + 0.5) * Math.log(shifted / x) + Math.log(power / product) - steps
  return stirlingSeries(shifted) + moved
}

/**
 * ln gamma(x + 1) - (x + 1/2) ln x + x - ln(2 pi) / 2 for x > 0: what is left of a factorial when
 * its large parts are taken out, so that large counts lose no digits. Absolute error about 1e-15.
 * Method: C. Loader, Fast and accurate computation of binomial probabilities, 2000.
 * @example
 * stirlingError(1e6).toPrecision(12) // => (1 / 12e6).toPrecision(12)
 */
export function stirlingError(x: number): number {
  if (x >= 10) return stirlingSeries(x)
  const known = Number.isInteger(x) ? factorialErrors[x] : undefined
  return known ?? shiftedError(x)
}

/**
 * x ln(x / expected) - (x - expected), never negative: how far a count lies from what is expected,
 * in units of ln p. `excess` is x - expected, handed in because the caller often knows it with more
 * digits than the difference would have.
 * Method: C. Loader, Fast and accurate computation of binomial probabilities, 2000.
 * @example
 * deviance(100, { expected: 100, excess: 0 }) // => 0
 */
export function deviance(
  x: number,
  { expected, excess }: { readonly expected: number; readonly excess: number },
): number {
  const v = excess / (x + expected)
  if (v > 0.1 || v < -0.1) return x * Math.log(x / expected) - excess
  const w = v * v
  const high = 1 / 9 + w * (1 / 11 + w * (1 / 13 + w * (1 / 15 + w / 17)))
  const sum = w * (1 / 3 + w * (1 / 5 + w * (1 / 7 + w * high)))
  return excess * v + 2 * x * v * sum
}

/**
 * The derivative of ln gamma for x > 0, absolute error about 1e-14: how a logarithm of a gamma
 * function moves when its argument moves by next to nothing.
 * Method: recurrence and asymptotic series (Abramowitz & Stegun, 1964, 6.3.5, 6.3.18).
 * @example
 * digamma(1).toFixed(12) // => '-0.577215664902'
 */
export function digamma(x: number): number {
  let shifted = x
  let sum = 0
  while (shifted < 10) {
    sum -= 1 / shifted
    shifted += 1
  }
  const square = 1 / (shifted * shifted)
  const tail = 1 / 252 - square * (1 / 240 - square * (1 / 132 - (square * 691) / 32760))
  const series = square * (1 / 12 - square * (1 / 120 - square * tail))
  return sum + Math.log(shifted) - 0.5 / shifted - series
}
