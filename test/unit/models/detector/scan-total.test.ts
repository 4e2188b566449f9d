import { describe, expect, it } from 'vitest'
import { learnBaseline } from '../../../../models/baseline/learn.ts'
import { scanTotal, totalsOf } from '../../../../models/detector/scan-total.ts'
import { subjectsOf } from '../../../../models/detector/subject.ts'
import type { Score, SeriesHistory } from '../../../../models/index.ts'
import { Scratch } from '../../../../models/series/scratch.ts'
import { type ErrorTotal, errorTotal } from '../../../../models/series/total.ts'
import { countsAt, countsFrom, poisson, seriesOf } from '../../../support/account-history.ts'
import { believedBursts } from '../../../support/dense-day.ts'
import { seededRandom } from '../../../support/seeded-random.ts'

const grid = { windowMinutes: 5 }
const day = 30
const burst = day * 288 + 100
const span = { fromDay: day, untilDay: day + 1 }
const calls = countsFrom(new Float64Array((day + 1) * 288).fill(60))

/** The errors of one API in two codes, the first twice as common, with so many more in a window. */
function codesWith(more: readonly [number, number]): readonly SeriesHistory[] {
  return [2, 1].map((mean, at) => {
    const random = seededRandom(at + 1)
    const windows = new Float64Array((day + 1) * 288).map(() => poisson(random, mean))
    windows[burst] = (windows[burst] as number) + (more[at] as number)
    const key = `GetItem ${at === 0 ? 'denied' : 'throttled'}`
    const untilWindow = windows.length
    return seriesOf(countsFrom(windows), {
      ...{ key, metric: 'errors', exposure: calls, of: 'GetItem', untilWindow },
    })
  })
}
const totalWith = (more: readonly [number, number]): ErrorTotal => errorTotal(codesWith(more))
const scan = (total: ErrorTotal): readonly Score[] =>
  scanTotal(total, {
    ...{ baseline: learnBaseline(total.series, day, grid), grid },
    ...{ denseCount: 3, keep: 'account', bursts: () => believedBursts, scratch: new Scratch() },
  })
const loudest = (scores: readonly Score[]): Score | undefined =>
  scores.toSorted((one, other) => other.surprise - one.surprise)[0]

describe('totalsOf', () => {
  const codes = codesWith([0, 0])
  const long = { fromDay: 5, untilDay: day + 1 }
  const totalsOn = (series: readonly SeriesHistory[], on = day): readonly ErrorTotal[] =>
    totalsOf(subjectsOf(series, long, grid), long, grid)(on)

  it('has the APIs that are busy over all their codes', () => {
    const parts = codes.toSorted((one, other) => (one.key < other.key ? -1 : 1))
    expect(totalsOn(codes)).toMatchObject([errorTotal(parts)])
    expect(totalsOn(codes, 5)).toEqual([])
  })

  it('leaves out APIs that fail in one way, and errors of nothing known', () => {
    expect(totalsOn(codes.slice(1))).toEqual([])
    expect(totalsOn(codes.map((code) => ({ ...code, of: null })))).toEqual([])
  })

  it('leaves out codes that come only later', () => {
    const firstWindow = (day + 1) * 288
    const late = { key: 'GetItem late', counts: countsAt([firstWindow, 7]), firstWindow }
    expect(
      totalsOn([...codes, { ...(codes[0] as SeriesHistory), ...late }])[0]?.parts,
    ).toHaveLength(2)
  })

  it('makes the total of the same codes once', () => {
    const totals = totalsOf(subjectsOf(codes, { ...span, untilDay: day + 2 }, grid), span, grid)
    expect(totals(day)[0]).toBe(totals(day)[0])
  })

  it('keeps the order of the series', () => {
    const series = ['B', 'A'].flatMap((of) =>
      codes.map((code) => ({ ...code, of, key: of + code.key })),
    )
    expect(totalsOn(series).map((total) => total.series.key)).toEqual(['A *', 'B *'])
  })
})

describe('scanTotal', () => {
  it('tells of the code with the largest excess over its own part', () => {
    expect(loudest(scan(totalWith([0, 40])))?.key).toBe('GetItem throttled')
    expect(loudest(scan(totalWith([40, 0])))?.key).toBe('GetItem denied')
  })

  it('finds small rises of every code together, and says how many codes those are', () => {
    const found = loudest(scan(totalWith([12, 12])))
    expect(found).toMatchObject({
      metric: 'errors',
      family: 'dense-errors',
      direction: 'up',
      peers: 3,
      terms: { codesTogether: 2, denseSeries: 3 },
    })
    expect(found?.fromWindow).toBeLessThanOrEqual(burst)
    expect(found?.untilWindow).toBeGreaterThan(burst)
    expect(found?.surprise).toBeGreaterThan(3)
  })
})
