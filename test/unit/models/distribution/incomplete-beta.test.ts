import cephes from 'cephes'
import { beforeAll, describe, expect, it } from 'vitest'
import { splitBeta } from '../../../../models/distribution/incomplete-beta.ts'

const shapes = [1e-6, 5e-5, 2e-4, 0.03, 0.5, 1, 2.5, 17, 300]
const cuts = [0.001, 0.05, 0.3, 0.5, 0.8, 0.97, 0.9995]
const cases = [1, 2, 9, 40, 500].flatMap((a) =>
  shapes.flatMap((b) => cuts.map((x) => ({ a, b, x }))),
)

function incompleteBeta({ a, b, x }: { a: number; b: number; x: number }): number {
  const { side, logPoint, ratio } = splitBeta({ a, b, x, y: 1 - x })
  const product = Math.exp(logPoint) * ratio
  return side === 'upper' ? product : 1 - product
}

beforeAll(() => cephes.compiled)

describe('splitBeta', () => {
  it.each(cases)('agrees with Cephes at a $a, b $b, x $x', ({ a, b, x }) => {
    const expected = cephes.incbet(a, b, x)
    expect(Math.abs(incompleteBeta({ a, b, x }) - expected)).toBeLessThan(1e-12)
  })

  it('keeps the digits of a value that is all but 0 because its second shape is', () => {
    const value = incompleteBeta({ a: 1, b: 1e-9, x: 0.999 })
    expect(value / -Math.expm1(1e-9 * Math.log(0.001))).toBeCloseTo(1, 8)
  })

  it('passes from the tiny second shape to the ordinary one without a step', () => {
    const at = (b: number): number => incompleteBeta({ a: 3, b, x: 0.99 })
    expect(at(1.0000000001e-4) / at(0.9999999999e-4)).toBeCloseTo(1, 8)
  })
})
