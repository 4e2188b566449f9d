import { describe, expect, it } from 'vitest'
import {
  addBurst,
  addSeries,
  burstLaw,
  NO_BURSTS,
  ownLaw,
} from '../../../../models/baseline/burst-law.ts'
import { decide, whyNot } from '../../../../models/detector/decide.ts'
import { scanSize, scanSparse } from '../../../../models/detector/scan-sparse.ts'
import type { Score } from '../../../../models/detector/score.ts'
import { sensitivity } from '../../../../models/detector/sensitivity.ts'
import { logNormalTail } from '../../../../models/distribution/log-normal.ts'
import type { Counts, SeriesHistory } from '../../../../models/index.ts'
import { countsAt, seriesOf } from '../../../support/account-history.ts'
import { otherBursts as others, sparseDayOf } from '../../../support/sparse-day.ts'

const day = 40
const midnight = day * 288
const scan = (counts: Counts, rest: Partial<SeriesHistory> = {}): readonly Score[] =>
  scanSize(sparseDayOf(seriesOf(counts, rest)), 'whole')
/** The law of a series first seen so many days ago that had these bursts, none of them large. */
const lawAfter = (ageDays: number, ...sizes: readonly number[]) => {
  const own = sizes.reduce(addBurst, NO_BURSTS)
  return ownLaw(burstLaw(addSeries(others, own, 1), 28), own, { ageDays, peers: 4 })
}
const ends = (scores: readonly Score[]): readonly number[] =>
  scores.map(({ untilWindow }) => untilWindow - midnight)

describe('what a sparse series is held against', () => {
  it('expects what the series itself does in as long a run, where that is more than a burst', () => {
    const counts = countsAt([midnight - 600, 480_000], [midnight + 10, 40], [midnight + 13, 40])
    const scores = scan(counts)
    expect(scores.map(({ hourly }) => hourly)).toEqual([9600, 9600])
    expect(scores[0]?.expected).toBeCloseTo(9600 / 12, 10)
    expect(scores[1]?.expected).toBeCloseTo((4 * 9600) / 12, 10)
    const location = Math.exp(lawAfter(28, 28).location)
    const rare = countsAt([midnight - 28 * 288, 28], [midnight + 10, 40])
    expect(scan(rare)[0]).toMatchObject({ hourly: 1 / 24, expected: location })
  })

  it('keeps nothing that came as large before, where many bursts of many series are expected', () => {
    const small = Array.from({ length: 27 }, (_, at) =>
      [20, 60, 250].map((slot): [number, number] => [midnight - (27 - at) * 288 + slot, 1]),
    ).flat()
    const keptOf = (daysBefore: readonly number[]) => {
      const cells = [...small, ...daysBefore.map((days) => [midnight - days * 288 + 100, 3000])]
      const ordered = cells.sort(([one = 0], [other = 0]) => one - other) as [number, number][]
      const counts = countsAt(...ordered, [midnight + 100, 3000])
      return scanSize({ ...sparseDayOf(seriesOf(counts)), peers: 1000 }, 'whole')
    }
    expect(ends(keptOf([1, 7]))).toEqual([])
    expect(ends(keptOf([5, 11]))).toEqual([101])
  })

  it('has no rate of its own to expect on its first day', () => {
    const counts = countsAt([midnight + 10, 400], [midnight + 14, 400])
    const expected = Math.exp(burstLaw(others, 28).location)
    expect(scan(counts)).toMatchObject([
      { hourly: 0, expected },
      { hourly: 0, expected },
    ])
  })

  it('judges a run by its last hour alone in the first 24 hours of a series, and whole after them', () => {
    const cells = Array.from({ length: 40 }, (_, at): [number, number] => [midnight + 20 + at, 3])
    const [first, second] = [[], [[midnight - 288, 1] as const]].map((before) =>
      scan(countsAt(...before, ...cells)).at(-1),
    )
    expect(first).toMatchObject({
      fromWindow: midnight + 48,
      untilWindow: midnight + 60,
      count: 36,
    })
    expect(second).toMatchObject({ fromWindow: midnight + 20, untilWindow: midnight + 60 })
    expect(second?.count).toBe(120)
  })

  it('leaves all but the last hour of the first 24 out of a run that goes on', () => {
    const from = midnight - 144
    const cells = Array.from({ length: 432 }, (_, at): [number, number] => [from + at, 3])
    const scores = scan(countsAt(...cells))
    const at = (window: number) => scores.find(({ untilWindow }) => untilWindow === window + 1)
    expect(at(midnight + 100)?.count).toBe(12 * 3)
    expect(at(midnight + 143)?.count).toBe(12 * 3)
    expect(at(midnight + 243)?.count).toBe((11 + 100) * 3)
  })
})

describe('a service busy since yesterday', () => {
  const steady = Array.from({ length: 576 }, (_, at): [number, number] => [midnight - 288 + at, 4])
  const asked = sensitivity(2)

  it('raises no alarm today at a steady rate', () => {
    const scores = scan(countsAt(...steady))
    expect(scores).toHaveLength(288)
    expect(scores.at(-1)).toMatchObject({ count: 288 * 4, expected: 288 * 4, hourly: 48 })
    const alarms = scores.filter((score) => decide(score, asked) === 'alarm')
    expect(alarms).toEqual([])
    expect(Math.max(...scores.map((score) => score.count / score.expected))).toBeLessThan(2)
    expect(scores.every((score) => whyNot(score, asked) !== null)).toBe(true)
  })

  it('raises one with a burst on top', () => {
    const burst = steady.map(([at, calls]): [number, number] => [
      at,
      at === midnight + 100 ? 2000 : calls,
    ])
    const alarms = scan(countsAt(...burst)).filter((score) => decide(score, asked) === 'alarm')
    expect(alarms[0]?.untilWindow).toBe(midnight + 101)
  })
})

describe('scanSparse', () => {
  it('scores the burst so far at each window with calls', () => {
    const scores = scan(countsAt([midnight + 10, 4], [midnight + 12, 30], [midnight + 40, 6]))
    expect(ends(scores)).toEqual([11, 13, 41])
    expect(scores.map(({ count }) => count)).toEqual([4, 34, 6])
    expect(scores.map(({ fromWindow }) => fromWindow - midnight)).toEqual([10, 10, 40])
  })

  it('says all of a score', () => {
    const law = lawAfter(32)
    const [score] = scan(countsAt([midnight - 9000, 6], [midnight + 10, 40]))
    expect(score).toMatchObject({
      family: 'pool-calls',
      direction: 'up',
      hotFromWindow: midnight + 10,
      hotUntilWindow: midnight + 11,
      expected: Math.exp(law.location),
      surprise: -Math.log(law.perWeek) - logNormalTail(40, law) - Math.log(4) - Math.LN2,
      firstSeen: false,
      low: 0,
    })
    expect(logNormalTail((score as Score).high + 1, law)).toBeLessThanOrEqual(Math.log(0.01))
    expect(logNormalTail((score as Score).high, law)).toBeGreaterThan(Math.log(0.01))
  })

  it('knows the first calls ever, and how busy the series was before', () => {
    expect(scan(countsAt([midnight + 10, 4]))[0]).toMatchObject({ firstSeen: true, hourly: 0 })
    const counts = countsAt([midnight - 30 * 288, 500], [midnight - 9, 336], [midnight + 10, 4])
    expect(scan(counts)[0]?.hourly).toBe(0.5)
  })

  it('looks back over midnight for 24 hours and no further', () => {
    const cells = Array.from({ length: 400 }, (_, at): [number, number] => [midnight - 200 + at, 1])
    const scores = scan(countsAt([midnight - 9000, 1], ...cells))
    expect(scores[0]).toMatchObject({ fromWindow: midnight - 200, count: 201 })
    expect(scores[199]).toMatchObject({ fromWindow: midnight - 88, count: 288 })
  })

  it('leaves what of a burst came yesterday out of the law that judges it', () => {
    const crossing = scan(countsAt([midnight - 2, 9], [midnight + 1, 20], [midnight + 90, 5]))
    const own = lawAfter(1)
    expect(crossing.map(({ terms }) => terms['ownBursts'])).toEqual([0, 1])
    expect(crossing.map(({ terms }) => terms['accountBursts'])).toEqual([4, 5])
    expect(crossing[0]?.surprise).toBeCloseTo(
      -Math.log(own.perWeek) - logNormalTail(29, own) - Math.log(4) - Math.LN2,
      10,
    )
    const apart = scan(countsAt([midnight - 20, 9], [midnight + 1, 20]))
    expect(apart[0]?.terms['ownBursts']).toBe(1)
  })

  it('takes a single call for no burst, and scores complete windows alone', () => {
    expect(scan(countsAt([midnight + 10, 1]))).toEqual([])
    const counts = countsAt([midnight + 10, 4], [midnight + 11, 4], [midnight + 300, 9])
    expect(ends(scan(counts, { untilWindow: midnight + 11 }))).toEqual([11])
    expect(ends(scan(counts))).toEqual([11, 12])
  })

  it('keeps nothing that is common even at the loosest', () => {
    const busy = { bursts: 40_000, logs: 36_000, squares: 80_000, within: 20_000, degrees: 30_000 }
    const series = seriesOf(countsAt([midnight + 10, 2]))
    expect(scanSparse(sparseDayOf(series, busy))).toEqual([])
  })

  it('names errors as such', () => {
    expect(scan(countsAt([midnight + 3, 9]), { metric: 'errors' })[0]?.family).toBe('pool-errors')
  })
})

describe('errors of a sparse series', () => {
  const counts = countsAt([midnight - 2000, 5], [midnight + 3, 60])
  const errors = (calls: number): Score | undefined =>
    scan(counts, {
      metric: 'errors',
      exposure: countsAt([midnight - 2000, 50], [midnight + 3, calls]),
    })[0]

  it('surprise no more than their share of the calls they came with', () => {
    const [many, few] = [errors(600), errors(60)]
    expect(many?.terms).toMatchObject({ law: 'own share of the calls', mean: (600 * 5.5) / 70 })
    expect(few?.terms['law']).toBe("the API's and the account's bursts")
    expect(few?.terms['mean']).toBeUndefined()
    expect(few?.surprise).toBeGreaterThan((many?.surprise as number) + 3)
  })
})

describe('what comes at the same time as on earlier days', () => {
  const noon = midnight + 144
  const cell = (days: number, count: number): [number, number] => [noon - 288 * days, count]
  const [once, yesterday, twice] = [
    countsAt(cell(2, 400), cell(0, 400)),
    countsAt(cell(1, 400), cell(0, 400)),
    countsAt(cell(2, 400), cell(1, 400), cell(0, 400)),
  ].map((counts) => scan(counts)[0])

  it('is held against those, once there were two or yesterday was one', () => {
    expect(once?.terms['law']).toBe("the API's and the account's bursts")
    expect(twice?.terms['law']).toBe('the same time of earlier days')
    expect(yesterday?.terms['law']).toBe('the same time of earlier days')
    expect(twice?.expected).toBeCloseTo(400, 8)
    expect(twice?.surprise).toBeLessThan((once?.surprise as number) - 1)
  })

  it("never makes more of a burst than the series' own law does", () => {
    const [score] = scan(countsAt(cell(2, 4), cell(1, 4), cell(0, 4)))
    const own = lawAfter(2, 4, 4)
    const most = -Math.log(own.perWeek) - logNormalTail(4, own) - Math.log(4)
    expect(score?.surprise).toBeLessThanOrEqual(most + 1e-9)
  })
})

describe('the sizes of a burst', () => {
  const input = sparseDayOf(seriesOf(countsAt([midnight + 10, 4], [midnight + 12, 60])))

  it('are all its calls, and those of one window', () => {
    expect(scanSize(input, 'window').map(({ count }) => count)).toEqual([60])
    expect(scanSize(input, 'whole').map(({ count }) => count)).toEqual([4, 64])
    const errors = {
      ...input,
      series: { ...input.series, metric: 'errors', pool: 'errors' },
    } as const
    expect(scanSize(errors, 'window').map(({ count }) => count)).toEqual([4, 60])
  })

  it('are held against the most in one window of earlier days', () => {
    const surpriseAfter = (...cells: readonly (readonly [number, number])[]) => {
      const counts = countsAt(...cells, [midnight + 12, 60])
      return scanSize(sparseDayOf(seriesOf(counts)), 'window')[0]?.surprise
    }
    const old: readonly [number, number] = [midnight - 40 * 288, 1]
    const twice = (count: number): readonly (readonly [number, number])[] => [
      [midnight - 3000, count],
      [midnight - 2500, count],
    ]
    const of = (record: number) => 3 * Math.log(60 / (2 * record)) - Math.log(1.5) - Math.LN2
    expect(surpriseAfter(old, ...twice(10))).toBeCloseTo(of(10), 6)
    expect(surpriseAfter(old, ...twice(25))).toBeCloseTo(of(25), 6)
    expect(surpriseAfter(old, ...twice(31))).toBeUndefined()
    // What came at the same time yesterday is no record now.
    expect(surpriseAfter(old, [midnight - 3000, 5], [midnight - 276, 45])).toBeUndefined()
  })

  it('may be those of a service that stays, where an API had no calls before', () => {
    const [score] = scanSize(input, 'window')
    const doubling = 1.5 * 2 * (60 / 13) ** -3
    expect(Math.exp(-(score?.surprise ?? 0))).toBeCloseTo(
      doubling + 0.25 * (60.5 / 13.5) ** -1.5,
      4,
    )
    expect(score?.terms).toMatchObject({ law: "the API's largest windows", changesPerWeek: 0.25 })
  })

  it('are told by the more surprising, once a window', () => {
    const long = [1, 2, 3, 4].flatMap((days) =>
      Array.from({ length: 40 }, (_, at): [number, number] => [midnight - 288 * days + 99 + at, 3]),
    )
    const dense = sparseDayOf(
      seriesOf(
        countsAt(...long.sort(([a], [b]) => a - b), [midnight + 10, 4], [midnight + 12, 60]),
      ),
    )
    const both = scanSparse(dense)
    expect(ends(both)).toEqual([11, 13])
    const [window] = scanSize(dense, 'window')
    const [, whole] = scanSize(dense, 'whole')
    expect(both[1]?.surprise).toBe(Math.max(window?.surprise ?? 0, whole?.surprise ?? 0))
    expect(both[1]).toMatchObject({ fromWindow: midnight + 12, terms: { size: 'window' } })
    const slow = Array.from({ length: 60 }, (_, at): [number, number] => [midnight + 20 + at, 3])
    expect(scanSparse(sparseDayOf(seriesOf(countsAt(...slow)))).at(-1)?.terms['size']).toBe('whole')
  })

  it('come as often as first sightings do, on the first day of a series', () => {
    const rare = scanSize({ ...input, firstsPerWeek: 0.001 }, 'whole')[1]
    expect(rare?.terms['burstsPerWeek']).toBe(0.0005)
    expect(rare?.surprise).toBeGreaterThan(scanSize(input, 'whole')[1]?.surprise as number)
  })
})
