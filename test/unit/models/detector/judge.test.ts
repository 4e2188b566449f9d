import { describe, expect, it } from 'vitest'
import { planOf } from '../../../../models/detector/dense-day.ts'
import { judgeFall, judgeRise } from '../../../../models/detector/judge.ts'
import { poisson } from '../../../support/account-history.ts'
import { believedBursts, denseDayOf, errorDayOf, noBursts } from '../../../support/dense-day.ts'
import { seededRandom } from '../../../support/seeded-random.ts'

const days = 29
const flat = (mean: number, seed: number): Float64Array => {
  const random = seededRandom(seed)
  return new Float64Array(days * 288).map(() => poisson(random, mean))
}
const noon = 28 * 288 + 144
/** The single window that ends at noon, in trail indices, and the three hours before noon. */
const single = { end: 288 + 144, scaleAt: 0 }
const threeHours = { end: 288 + 144, scaleAt: 2 }

describe('judgeRise', () => {
  const windows = flat(4, 1)
  windows[noon - 1] = 60

  it('is surprised by a rise', () => {
    const judged = judgeRise(planOf(denseDayOf(windows)), single)
    expect(judged).toMatchObject({ direction: 'up', count: 60 })
    expect(judged?.surprise).toBeGreaterThan(30)
  })

  it('is less surprised in an account with more dense series, by the logarithm of how many', () => {
    const [few, many] = [1, 100].map(
      (denseCount) => judgeRise(planOf(denseDayOf(windows, { denseCount })), single)?.surprise,
    )
    expect((few as number) - (many as number)).toBeCloseTo(Math.log(100), 10)
  })

  it('lets one spike fill no longer window', () => {
    const judged = judgeRise(planOf(denseDayOf(windows)), threeHours)
    expect(judged?.count ?? 0).toBeLessThan(36 * 4 + 60)
  })

  it('finds no rise at or under what is expected', () => {
    const quiet = flat(4, 2)
    quiet[noon - 1] = 0
    expect(judgeRise(planOf(denseDayOf(quiet)), single)).toBeUndefined()
  })

  it('takes errors that rise with their calls for no anomaly', () => {
    const calls = flat(40, 3)
    const errors = calls.map((count, at) =>
      at % 2 === 0 ? Math.floor(count / 4) : Math.ceil(count / 4),
    )
    const alone = Float64Array.from(errors)
    calls[noon - 1] = 400
    errors[noon - 1] = 100
    const together = judgeRise(planOf(errorDayOf(errors, calls)), single)
    expect(together?.surprise ?? -99).toBeLessThan(0)
    alone[noon - 1] = 40
    const failing = judgeRise(planOf(errorDayOf(alone, flat(40, 3))), single)
    expect(failing?.surprise).toBeGreaterThan(3)
  })

  it('takes fewer calls with as many errors for no anomaly, the season being kept', () => {
    const calls = flat(40, 3)
    const errors = calls.map((count) => Math.floor(count / 4))
    calls[noon - 1] = 11
    errors[noon - 1] = 11
    expect(judgeRise(planOf(errorDayOf(errors, calls)), single)?.surprise ?? -99).toBeLessThan(-3)
  })

  it('finds none where the share of the calls did not rise at all', () => {
    const calls = flat(40, 3)
    const errors = calls.map((count) => Math.floor(count / 4))
    calls[noon - 1] = 800
    errors[noon - 1] = 30
    expect(judgeRise(planOf(errorDayOf(errors, calls)), single)).toBeUndefined()
  })
})

describe('a rise that its own past bears out', () => {
  const daysBefore = (
    windows: Float64Array,
    at: number,
    which: readonly number[],
    count: number,
  ) => {
    for (const each of which) windows[at - each * 288] = count
    return windows
  }
  const judgedAt = (windows: Float64Array) => judgeRise(planOf(denseDayOf(windows)), single)
  const withSpike = (seed = 1): Float64Array => {
    const windows = flat(4, seed)
    windows[noon - 1] = 60
    return windows
  }

  it('is held against what came yesterday, a week ago, or twice at the same time of earlier days', () => {
    expect(judgedAt(daysBefore(withSpike(), noon - 1, [2], 60))?.surprise).toBeGreaterThan(20)
    expect(judgedAt(daysBefore(withSpike(), noon - 1, [2, 14], 60))).toBeUndefined()
    expect(judgedAt(daysBefore(withSpike(), noon - 1, [7], 60))).toBeUndefined()
    const over = judgedAt(daysBefore(withSpike(), noon - 1, [1, 7], 40))
    expect(over).toMatchObject({ count: 60, law: { mean: 40 } })
    expect(over?.surprise).toBeLessThan(0)
  })

  it('takes what its expectation leaves to chance for no habit', () => {
    const judged = judgedAt(daysBefore(withSpike(), noon - 1, [1, 7], 9))
    expect(judged?.law.mean).toBeLessThan(5)
    expect(judged?.surprise).toBeGreaterThan(20)
  })

  it('is no news where as much came at any time of seven days of 28, of six it is', () => {
    const at = noon - 1 - 60
    const [six, seven] = [6, 7].map((days) => {
      const which = Array.from({ length: days }, (_, each) => 4 * each + 1)
      return judgedAt(daysBefore(withSpike(), at, which, 60))?.surprise as number
    })
    expect(six).toBeGreaterThan(5)
    expect(seven).toBeCloseTo(-Math.log((7 * 7) / 28) - Math.log(10), 10)
  })

  it('is no rarer than a burst of as many calls beside what is expected, looked at in five lengths', () => {
    const large = { ...believedBursts, law: { ...believedBursts.law, location: Math.log(56) } }
    const [alone, small, great] = [noBursts, believedBursts, large].map((bursts) =>
      judgeRise(planOf(denseDayOf(withSpike(), { bursts: () => bursts })), single),
    )
    expect(alone?.bound).toBeNull()
    expect(small?.bound).toMatchObject({
      name: 'bursts beside its own work',
      terms: { lengths: 5 },
    })
    expect(small?.surprise).toBeGreaterThan(0)
    expect(small?.surprise).toBeLessThan(alone?.surprise as number)
    expect(great?.surprise).toBeCloseTo(
      Math.LN2 - Math.log(believedBursts.law.perWeek) - Math.log(10) - Math.log(5),
      1,
    )
  })
})

describe('a series like clockwork', () => {
  const clockwork = new Float64Array(days * 288).fill(4)

  it('keeps its clock beside a few calls by hand, and has a fall only where chance would have one, so one person calling beside it is no anomaly', () => {
    const beside = Float64Array.from(clockwork)
    beside.fill(7, noon - 2, noon)
    const missing = Float64Array.from(clockwork)
    missing.fill(0, noon - 7, noon - 2)
    const plan = planOf(denseDayOf(beside))
    expect(plan.baseline.dispersion.map(({ phi }) => phi < 1)).toEqual(new Array(5).fill(true))
    const fall = judgeFall(planOf(denseDayOf(missing)), threeHours)
    expect(fall?.law.variance).toBe(fall?.law.mean)
    for (const judged of [judgeRise(plan, single), judgeRise(plan, threeHours), fall]) {
      expect(judged?.surprise).toBeLessThan(0)
    }
  })
})

describe('judgeFall', () => {
  const windows = flat(4, 5)
  windows.fill(0, noon - 24, noon)

  it('is surprised by silence where the trail delivers', () => {
    const judged = judgeFall(planOf(denseDayOf(windows)), threeHours)
    expect(judged?.direction).toBe('down')
    expect(judged?.count).toBeLessThan(60)
    expect(judged?.surprise).toBeGreaterThan(10)
  })

  it('says nothing of means under ten', () => {
    expect(judgeFall(planOf(denseDayOf(windows)), single)).toBeUndefined()
  })

  it('says nothing where no fall is looked for, or none is proven', () => {
    const day = denseDayOf(windows)
    expect(judgeFall(planOf({ ...day, proof: null }), threeHours)).toBeUndefined()
    const silent = { active: new Int32Array(300), origin: 28 * 288 - 12 }
    const { counts, longestSilence } = day.proof as NonNullable<typeof day.proof>
    const proof = { counts, longestSilence, delivery: silent }
    expect(judgeFall(planOf({ ...day, proof }), threeHours)).toBeUndefined()
  })

  it('says nothing of a fall under which the series was at the same time of two earlier days', () => {
    const onDays = (which: readonly number[], count: number, rest = 1) => {
      const fallen = flat(4, 5)
      for (const each of which) fallen.fill(rest, noon - each * 288 - 36, noon - each * 288)
      fallen.fill(count, noon - 36, noon)
      return judgeFall(planOf(denseDayOf(fallen)), threeHours)
    }
    expect(onDays([7], 1)?.surprise).toBeGreaterThan(5)
    expect(onDays([1, 7], 1)).toBeUndefined()
    expect(onDays([1, 7], 1, 2)?.count).toBe(36)
  })

  it('finds no fall at or over what is expected', () => {
    const busy = flat(4, 6)
    busy.fill(9, noon - 36, noon)
    expect(judgeFall(planOf(denseDayOf(busy)), threeHours)).toBeUndefined()
  })
})
