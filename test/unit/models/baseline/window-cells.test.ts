import { describe, expect, it } from 'vitest'
import { fitDispersion, oneEach, WINDOW_PRIOR } from '../../../../models/baseline/dispersion.ts'
import type { Windows } from '../../../../models/baseline/lesson-windows.ts'
import { fallTail, riseTail } from '../../../../models/baseline/tails.ts'
import { cellsOf } from '../../../../models/baseline/window-cells.ts'
import { Scratch } from '../../../../models/series/scratch.ts'
import { poisson } from '../../../support/account-history.ts'
import { hourOf, rowsOf, windowsOf } from '../../../support/lesson-windows.ts'
import { seededRandom } from '../../../support/seeded-random.ts'

const hour = (...counts: readonly number[]) => counts
const cells = (windows: Windows, apart = false) => rowsOf(cellsOf(windows, apart, new Scratch()))

describe('cellsOf', () => {
  const counts = [...hour(0, 3, 0, 0), ...hour(0, 0, 0, 0), ...hour(1, 0, 2, 0)]

  it('leaves all windows apart where it is asked to', () => {
    expect(
      cells(
        windowsOf(counts, () => 0.25),
        true,
      ),
    ).toHaveLength(12)
  })

  it('changes nothing of what is found', () => {
    const random = seededRandom(3)
    const many = Array.from({ length: 4 * 24 * 7 }, () => poisson(random, 0.4))
    // Some teach nothing: no exposure, no count.
    const isTaught = (at: number) => at % 31 > 3
    const taught = many.map((count, at) => (isTaught(at) ? count : 0))
    const windows = windowsOf(taught, (at) => (isTaught(at) ? 0.25 : 0))
    const taughtWindows = many.length
    const [together, apart] = [false, true].map((each) => {
      const found = cellsOf(windows, each, new Scratch())
      const { counts: seen, times, hourEnds, windows: all } = found
      const means = seen.map(
        (_, at) => 4 * (found.exposure[at] as number) * (0.2 + (hourOf(hourEnds, at) % 24) / 40),
      )
      const dispersion = fitDispersion({ counts: seen, means, times, windows: all }, WINDOW_PRIOR)
      const past = { counts: seen, means, times, windows: all, dispersion, taughtWindows }
      return { dispersion, rise: riseTail(past), fall: fallTail(past) }
    })
    expect(together?.dispersion.phi).toBeCloseTo(apart?.dispersion.phi as number, 9)
    expect(together?.rise.scale).toBeCloseTo(apart?.rise.scale as number, 9)
    expect(together?.rise.from).toBeCloseTo(apart?.rise.from as number, 9)
    expect(together?.fall).toEqual(apart?.fall)
  })
})

describe('fitDispersion', () => {
  it('takes scatter for a multiple of the mean where all means are the same', () => {
    const counts = Float64Array.from({ length: 300 }, (_, at) => (at % 3 === 0 ? 9 : 0))
    const { phi, alpha } = fitDispersion(
      oneEach(
        counts,
        counts.map(() => 3),
      ),
      WINDOW_PRIOR,
    )
    expect(phi).toBeGreaterThan(3)
    expect(alpha).toBe(0)
  })
})
