import { describe, expect, it } from 'vitest'
import { type Dispersion, lawOf, riseLaw } from '../../../../models/baseline/baseline.ts'
import { largestSurprises } from '../../../../models/baseline/largest-surprises.ts'
import { lowerTail, upperTail } from '../../../../models/distribution/count-tails.ts'
import { poisson } from '../../../support/account-history.ts'
import { seededRandom } from '../../../support/seeded-random.ts'

interface Given {
  readonly side: 'up' | 'down'
  readonly mean: number
  readonly dispersion: Dispersion
  /** Whether each stands for some windows. */
  readonly alike?: boolean
}

/** Windows of many means on one side of them, the tails that are asked for, and the surprises of all, ascending. */
function windowsOf({ side, mean: around, dispersion, alike = false }: Given) {
  const random = seededRandom(11)
  const all = Array.from({ length: 3000 }, (_, at) => {
    const mean = around * (0.2 + 2 * random())
    return { count: poisson(random, at % 40 === 0 ? 2 * mean : mean), mean }
  }).filter(({ count, mean }) => (side === 'up' ? count > mean : count <= mean))
  const times = alike ? Float64Array.from(all, (_, at) => 1 + (at % 3)) : null
  const tail = side === 'up' ? upperTail : lowerTail
  const lawAt = (mean: number) => (side === 'up' ? riseLaw : lawOf)(dispersion, mean)
  let tails = 0
  const windows = {
    ...{ side, times, lawOf: lawAt },
    counts: Float64Array.from(all, ({ count }) => count),
    means: Float64Array.from(all, ({ mean }) => mean),
    surpriseOf: (count: number, mean: number) => {
      tails += 1
      return -tail(count, lawAt(mean))
    },
  }
  const surprises = all.flatMap(({ count, mean }, at) =>
    new Array<number>(times?.[at] ?? 1).fill(-tail(count, lawAt(mean))),
  )
  return {
    windows,
    surprises: surprises.sort((a, b) => a - b),
    all: all.length,
    tails: () => tails,
  }
}

describe('largestSurprises', () => {
  it.each<Given>([
    { side: 'up', mean: 0.5, dispersion: { phi: 1, alpha: 0 } },
    { side: 'up', mean: 30, dispersion: { phi: 1.4, alpha: 0.02 } },
    { side: 'up', mean: 200, dispersion: { phi: 1, alpha: 0.1 } },
    { side: 'up', mean: 4, dispersion: { phi: 0.4, alpha: 0 } },
    { side: 'down', mean: 30, dispersion: { phi: 1.4, alpha: 0.02 } },
    { side: 'down', mean: 8, dispersion: { phi: 1, alpha: 0.3 }, alike: true },
  ])('are those of all windows, for $side from a mean of $mean', (given) => {
    for (const asked of [1, 30, 150, 400]) {
      const { windows, surprises } = windowsOf(given)
      const found = [...largestSurprises(windows, asked)]
      expect(found.length).toBeGreaterThanOrEqual(asked)
      expect(found.slice(-asked)).toEqual(surprises.slice(-asked))
    }
  })

  it('works out few tails where few are asked for', () => {
    const { windows, all, tails } = windowsOf({
      ...{ side: 'up', mean: 30, dispersion: { phi: 1.4, alpha: 0.02 } },
    })
    largestSurprises(windows, 100)
    expect(tails()).toBeLessThan(all / 4)
  })

  it('gives all where more are asked for than there are', () => {
    const { windows, surprises } = windowsOf({
      ...{ side: 'up', mean: 3, dispersion: { phi: 1, alpha: 0 } },
    })
    expect([...largestSurprises(windows, 1e6)]).toEqual(surprises)
  })

  it('works all tails out where what is left out might matter', () => {
    const { windows, surprises, all, tails } = windowsOf({
      ...{ side: 'up', mean: 30, dispersion: { phi: 1.4, alpha: 0.02 } },
    })
    // Laws that say nothing of the tails: what looks rare is not.
    const odd = {
      ...windows,
      lawOf: (mean: number) => ({ mean: 1e4 / mean, variance: 1e5 / mean }),
    }
    expect([...largestSurprises(odd, 100)].slice(-100)).toEqual(surprises.slice(-100))
    expect(tails()).toBeGreaterThan(all)
  })
})
