import { describe, expect, it } from 'vitest'
import { fallTail, LateScale, riseTail } from '../../../../models/baseline/tails.ts'
import { poisson } from '../../../support/account-history.ts'
import { seededRandom } from '../../../support/seeded-random.ts'

const LAW = { phi: 1, alpha: 0 }

/** Poisson counts of one mean, each times a factor now and then. */
function pastOf(mean: number, factor = 1) {
  const random = seededRandom(9)
  const counts = Float64Array.from({ length: 2000 }, (_, at) =>
    Math.round(poisson(random, mean) * (at % 20 === 0 ? factor : 1)),
  )
  const means = counts.map(() => mean)
  const windows = counts.length
  return { counts, means, times: null, windows, dispersion: LAW, taughtWindows: windows }
}

describe('riseTail', () => {
  it('is about the law where counts follow it, and heavier where they do not', () => {
    expect(riseTail(pastOf(20)).scale).toBeLessThan(1.2)
    expect(riseTail(pastOf(20, 2)).scale).toBeGreaterThan(3)
  })

  it('counts an observation as often as it stands for windows', () => {
    const one = pastOf(20, 2)
    const twice = { ...one, times: one.counts.map(() => 2), taughtWindows: 2 * one.windows }
    const [single, double] = [riseTail(one), riseTail(twice)]
    expect(double.from).toBeCloseTo(single.from, 6)
    expect(double.scale).toBeCloseTo(single.scale, 0)
  })
})

describe('fallTail', () => {
  it('says nothing of means too small for a fall to show', () => {
    expect(fallTail(pastOf(4, 0)).scale).toBe(1)
    expect(fallTail(pastOf(20, 0)).scale).toBeGreaterThan(2)
  })
})

describe('LateScale', () => {
  it('works a tail out when it is first asked for, and once', () => {
    const asked: string[] = []
    const tail = (name: string) => () => {
      asked.push(name)
      return { from: 1, scale: 2 }
    }
    const scale = new LateScale({ windows: 6, ...LAW }, { rise: tail('rise'), fall: tail('fall') })
    expect([scale.windows, scale.phi, scale.alpha, asked]).toEqual([6, 1, 0, []])
    expect(scale.rise).toBe(scale.rise)
    expect(asked).toEqual(['rise'])
    expect(scale.fall).toEqual({ from: 1, scale: 2 })
    expect(asked).toEqual(['rise', 'fall'])
  })
})
