import { describe, expect, it } from 'vitest'
import { type ScaleDispersion, varianceOf } from '../../../../models/baseline/baseline.ts'
import { fitHours } from '../../../../models/baseline/hour-fit.ts'
import { tailScale } from '../../../../models/baseline/tail-scale.ts'
import { fitWindows, type WindowLesson } from '../../../../models/baseline/window-fit.ts'
import { sumEvery } from '../../../../models/series/counts.ts'
import { Scratch } from '../../../../models/series/scratch.ts'
import { countsAt, poisson } from '../../../support/account-history.ts'
import { seededRandom } from '../../../support/seeded-random.ts'

const scales = [1, 6, 36, 96, 288]

function windowsOf(counts: Float64Array): WindowLesson {
  const hours = counts.length / 12
  const weights = new Float64Array(hours).fill(1)
  const exposure = new Float64Array(hours).fill(1)
  const firstHour = 19_000 * 24
  const hourFit = fitHours(
    { firstHour, counts: sumEvery(counts, 12), exposure, weights },
    { dayOnly: false, scratch: new Scratch() },
  )
  const cells = [...counts.entries()].filter(([, count]) => count > 0)
  const place = { firstHour, untilHour: firstHour + hours, windowsPerHour: 12 }
  return {
    ...place,
    counts: countsAt(...cells.map(([at, count]) => [12 * firstHour + at, count] as const)),
    ...{ exposure: null, weights, hourFit, skipped: null },
  }
}
const flat = (mean: number, length = 8064): Float64Array => {
  const random = seededRandom(23)
  return new Float64Array(length).map(() => poisson(random, mean))
}

describe('fitWindows', () => {
  it('finds chance at every length', () => {
    const { dispersion, withinHour } = fitWindows(
      windowsOf(flat(5)),
      { scales, shaped: false },
      new Scratch(),
    )
    expect(dispersion.map(({ windows }) => windows)).toEqual(scales)
    for (const { windows, phi, alpha } of dispersion) {
      expect(phi).toBeGreaterThanOrEqual(1)
      expect(phi + alpha * 5 * windows).toBeLessThan(5)
    }
    expect([...withinHour]).toEqual(new Array(12).fill(1))
  })

  it('finds the shape of the hour where it may, with mean 1', () => {
    const counts = flat(5).map((count, at) => (at % 12 === 3 ? count * 6 : count))
    const { withinHour } = fitWindows(windowsOf(counts), { scales, shaped: true }, new Scratch())
    expect(withinHour[3]).toBeGreaterThan(3.5)
    expect(withinHour.reduce((sum, factor) => sum + factor, 0)).toBeCloseTo(12, 10)
  })

  it('takes longer windows for steadier than chance only where hours are', () => {
    const clockwork = new Float64Array(8064).fill(2)
    const steady = fitWindows(
      windowsOf(clockwork),
      { scales, shaped: false },
      new Scratch(),
    ).dispersion
    const chance = fitWindows(
      windowsOf(flat(2)),
      { scales, shaped: false },
      new Scratch(),
    ).dispersion
    expect([steady[0]?.phi, steady[1]?.phi, steady[2]?.phi]).toEqual([0.03, 0.03, 0.03])
    expect(chance.every(({ phi }) => phi >= 1)).toBe(true)
  })

  it('keeps one spike from filling a day', () => {
    const counts = flat(1)
    const calm = fitWindows(windowsOf(counts), { scales, shaped: false }, new Scratch()).dispersion
    const spiked = Float64Array.from(counts)
    spiked[4000] = 100_000
    const other = fitWindows(windowsOf(spiked), { scales, shaped: false }, new Scratch()).dispersion
    expect(other[4]?.phi).toBeLessThan(2 * (calm[4]?.phi as number))
  })

  it('learns longer windows on the steps they are judged on, so work anywhere in its hour is steady', () => {
    const random = seededRandom(31)
    const counts = new Float64Array(8064)
    for (let hour = 0; hour < 672; hour++) counts[12 * hour + Math.floor(12 * random())] = 12
    const { dispersion } = fitWindows(windowsOf(counts), { scales, shaped: false }, new Scratch())
    // Longer windows step by whole hours, 30 minutes by parts of one.
    for (const each of [2, 3, 4]) expect(dispersion[each]).toMatchObject({ phi: 0.03, alpha: 0 })
    expect(varianceOf(dispersion[1] as ScaleDispersion, 6)).toBeGreaterThan(5 * 6)
  })

  it('finds the same where the exposure of windows comes one by one', () => {
    const counts = flat(0.4).map((count, at) => (at % 900 === 7 ? count + 9 : count))
    const even = windowsOf(counts)
    const each = { ...even, exposure: new Float64Array(8064).fill(1 / 12) }
    for (const shaped of [false, true]) {
      const [one, other] = [even, each].map((lesson) => {
        const { withinHour, dispersion } = fitWindows(lesson, { scales, shaped }, new Scratch())
        return [withinHour, dispersion.map(({ phi, alpha, rise }) => [phi, alpha, rise])]
      })
      expect(one).toEqual(other)
    }
  })

  it('falls back on its prior for windows longer than the history', () => {
    const { dispersion } = fitWindows(
      windowsOf(flat(3, 144)),
      { scales, shaped: false },
      new Scratch(),
    )
    expect(dispersion[4]).toMatchObject({ windows: 288, phi: 1.5, alpha: 0.03 })
    expect(dispersion[4]?.rise).toEqual(tailScale([], 0))
  })
})
