import { deviance, digamma, stirlingError } from './special.ts'

/**
 * The beta law cut at x: a and b its shapes, y = 1 - x. Both are handed in, since near 1 the
 * difference has no digits left.
 */
export interface BetaCut {
  readonly a: number
  readonly b: number
  readonly x: number
  readonly y: number
}

/**
 * The regularised incomplete beta function at a cut, in two factors: I_x(a, b), or its complement,
 * is e^logPoint * ratio. For the negative binomial logPoint is ln P(Y = a).
 */
export interface BetaSplit {
  /** 'upper': the product is I_x(a, b), a negative binomial's P(Y >= a). 'lower': 1 - I_x(a, b). */
  readonly side: 'upper' | 'lower'
  /** ln(x^a y^b / (a B(a, b))). */
  readonly logPoint: number
  readonly ratio: number
}

/** Under this b the lower side is so near 1 that its complement needs a series of its own. */
const tinyShape = 1e-4
const tolerance = 1e-13

/**
 * The incomplete beta function for a >= 1, b > 0 and 0 < x < 1, for tails of count laws that are
 * far under the smallest number a double can hold. The relative error of ln I and of ln(1 - I) is
 * under 1e-9.
 * Method: DiDonato & Morris, Algorithm 708, ACM TOMS 18 (1992) 360, with Loader's (2000) saddle
 * point form of the leading factor, which does not cancel when the shapes are large.
 * @example
 * splitBeta({ a: 1, b: 2, x: 0.25, y: 0.75 }).side // => 'upper'
 */
export function splitBeta(cut: BetaCut): BetaSplit {
  const { a, b, x, y } = cut
  const lambda = a * y - b * x
  const logPoint = logPointOf(cut, lambda)
  if (lambda > x - y) {
    return { side: 'upper', logPoint, ratio: a * continuedFraction(cut, lambda) }
  }
  if (b < tinyShape) return { side: 'upper', logPoint, ratio: tinyUpper(cut) / Math.exp(logPoint) }
  const ratio = a * continuedFraction({ a: b, b: a, x: y, y: x }, -lambda)
  return { side: 'lower', logPoint, ratio }
}

function logPointOf({ a, b, x, y }: BetaCut, lambda: number): number {
  const sum = a + b
  const errors = stirlingError(sum) - stirlingError(a) - stirlingError(b)
  const distance =
    deviance(a, { expected: sum * x, excess: lambda }) +
    deviance(b, { expected: sum * y, excess: -lambda })
  return errors - distance + 0.5 * Math.log(b / (2 * Math.PI * a * sum))
}

/** I_x(a, b) B(a, b) / (x^a y^b), for lambda = a y - b x > -1. */
function continuedFraction({ a, b, x, y }: BetaCut, lambda: number): number {
  const c = 1 + lambda
  const c0 = b / a
  const c1 = 1 + 1 / a
  const inverseA = 1 / a
  const growth = 1 + y
  let n = 0
  let p = 1
  let s = a + 1
  let before = 0
  let beforeScale = 1
  let ratio = c1 / c
  let scale = c / c1
  let now = 1
  let last = 0
  while (Math.abs(ratio - last) > tolerance * ratio) {
    n += 1
    const t = n * inverseA
    const w = n * (b - n) * x
    const inverseS = 1 / s
    const e = a * inverseS
    const alpha = p * (p + c0) * e * e * (w * x)
    p = 1 + t
    const beta = n + w * inverseS + (p / (c1 + t + t)) * (c + n * growth)
    s += 2
    const next = alpha * before + beta * now
    const inverseScale = 1 / (alpha * beforeScale + beta * scale)
    last = ratio
    ratio = next * inverseScale
    before = now * inverseScale
    beforeScale = scale * inverseScale
    now = ratio
    scale = 1
  }
  return ratio
}

/**
 * I_x(a, b) for b so small that it is about b itself, where a y < 1: from the power series of
 * 1 - I_x(a, b) = I_y(b, a), whose factor y^b / (b B(a, b)) is 1 but for terms of b.
 */
function tinyUpper({ a, b, y }: BetaCut): number {
  let term = 1
  let sum = 0
  for (let n = 1; Math.abs(term) > tolerance; n += 1) {
    term *= ((n - a) / n) * y
    sum += term / (b + n)
  }
  const logFactor = b * (Math.log(y) + digamma(a + b / 2) - digamma(1 + b / 2))
  return -Math.expm1(logFactor + Math.log1p(b * sum))
}
