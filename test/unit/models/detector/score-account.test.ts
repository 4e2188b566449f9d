import { describe, expect, it } from 'vitest'
import { dayExpectation } from '../../../../models/baseline/expect.ts'
import { decide } from '../../../../models/detector/decide.ts'
import { type Episode, episodesOf } from '../../../../models/detector/episode.ts'
import { type AccountScores, scoreAccount } from '../../../../models/detector/score-account.ts'
import { type Sensitivity, sensitivity } from '../../../../models/detector/sensitivity.ts'
import type { SeriesHistory } from '../../../../models/index.ts'
import {
  accountOf,
  countsAt,
  countsFrom,
  seasonalWindows,
  seriesOf,
  sparseWindows,
} from '../../../support/account-history.ts'
import { seededRandom } from '../../../support/seeded-random.ts'

const grid = { windowMinutes: 5 }
const asked = sensitivity(2)

/** Sparse series of an account that has been there for `days` days. */
const quietSeries = (days: number, seed = 1): readonly SeriesHistory[] =>
  Array.from({ length: 30 }, (_, at) => {
    const windows = sparseWindows(seededRandom(1000 * seed + at), { days, burstsPerWeek: 1.5 })
    const key = `quiet-${String(at).padStart(2, '0')}`
    return seriesOf(countsFrom(windows), { key, untilWindow: days * 288 })
  }).filter(({ counts }) => counts.at.length > 0)

const busySeries = (key: string, windows: Float64Array): SeriesHistory =>
  seriesOf(countsFrom(windows), { key, untilWindow: windows.length })

function episodesIn(
  { scores }: AccountScores,
  untilWindow: number,
  budget: Sensitivity = asked,
): readonly Episode[] {
  const groups = new Map<string, typeof scores>()
  for (const score of scores) {
    const about = `${score.key} ${score.metric} ${score.direction}`
    groups.set(about, [...(groups.get(about) ?? []), score])
  }
  return [...groups.values()].flatMap((group) =>
    episodesOf(group, (score) => decide(score, budget), { ...grid, untilWindow }),
  )
}

describe('scoreAccount', () => {
  it('finds a burst planted in a seasonal series, and stays quiet about the rest as asked', () => {
    const days = 35
    const burst = 30 * 288 + 150
    let found = 0
    let others = 0
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const series = [0, 1, 2].map((at) => {
        const windows = seasonalWindows(seededRandom(100 * seed + at), { days, perHour: 40 })
        if (at === 1) for (let window = burst; window < burst + 6; window++) windows[window] = 40
        return busySeries(`busy-${at}`, windows)
      })
      const span = { fromDay: 14, untilDay: days }
      const scores = scoreAccount(accountOf([...series, ...quietSeries(days, seed)], 0), span, grid)
      for (const { key, startWindow, endWindow } of episodesIn(scores, days * 288)) {
        const hit = key === 'busy-1' && startWindow <= burst + 6 && (endWindow ?? 1e9) > burst
        if (hit) found++
        else others++
      }
    }
    expect(found).toBe(6)
    // 18 account-weeks at 0.8 and 0.6 a week of dense and sparse calls: 25 asked for.
    expect(others).toBeGreaterThan(8)
    expect(others).toBeLessThan(50)
  }, 60_000)

  it('notices 150 calls on an API never seen before, and not five', () => {
    const days = 21
    const at = 20 * 288 + 100
    const newcomer = (calls: number): SeriesHistory =>
      seriesOf(countsAt([at, Math.floor(calls / 2)], [at + 1, Math.ceil(calls / 2)]), {
        key: 'new',
        untilWindow: days * 288,
      })
    const verdicts = [150, 5].map((calls) => {
      const account = accountOf([newcomer(calls), ...quietSeries(days)], 0)
      const { scores } = scoreAccount(account, { fromDay: 20, untilDay: days }, grid)
      return scores.filter(({ key }) => key === 'new').map((score) => decide(score, asked))
    })
    expect(verdicts[0]).toContain('alarm')
    expect(verdicts[1]).not.toContain('alarm')
  })
})

describe('the first days of an account', () => {
  it.each([0, 12, 18, 22, 23])(
    'raise no alarm about ten series busy from the first minute of an account begun at %i h',
    (startHour) => {
      const days = 5
      for (const seed of [1, 2, 3, 4]) {
        for (const alpha of [0.02, 0.1]) {
          const series = Array.from({ length: 10 }, (_, at) => {
            const perHour = 20 * 15 ** (at / 9)
            const random = seededRandom(1000 * seed + at)
            const windows = seasonalWindows(random, { days, perHour, alpha })
            return busySeries(`busy-${at}`, windows.fill(0, 0, startHour * 12))
          })
          const account = accountOf(series, startHour * 12)
          const scores = scoreAccount(account, { fromDay: 0, untilDay: days }, grid)
          expect(episodesIn(scores, days * 288, sensitivity(1))).toEqual([])
        }
      }
    },
  )

  it("does not alarm again and again about what was busy from the account's first minute", () => {
    const days = 20
    const series = [0, 1, 2].map((at) =>
      busySeries(`busy-${at}`, seasonalWindows(seededRandom(at + 1), { days, perHour: 300 })),
    )
    const account = accountOf([...series, ...quietSeries(days)], 0)
    const scores = scoreAccount(account, { fromDay: 0, untilDay: days }, grid)
    const pooled = episodesIn(scores, days * 288).filter(
      ({ key, family }) => key.startsWith('busy') && family === 'pool-calls',
    )
    expect(pooled.length).toBeLessThanOrEqual(series.length)
    expect(pooled.every(({ startWindow }) => startWindow < 288)).toBe(true)
  })
})

describe('what scoreAccount tells', () => {
  it('is of every series where it stands', () => {
    const windows = seasonalWindows(seededRandom(6), { days: 30, perHour: 30 })
    const errors = seriesOf(countsFrom(windows.map((count) => Math.floor(count / 2))), {
      key: 'busy',
      metric: 'errors',
      exposure: countsFrom(windows),
    })
    const account = accountOf([
      errors,
      busySeries('busy', windows),
      seriesOf(countsAt([300, 5]), { key: 'old' }),
      seriesOf(countsAt([25 * 288, 5]), { key: 'new' }),
      seriesOf(countsAt([31 * 288, 5]), { key: 'unborn' }),
    ])
    const { days, standings, expectations } = scoreAccount(
      account,
      { fromDay: 28, untilDay: 30 },
      grid,
    )
    expect(standings.map(({ key, metric, standing }) => [key, metric, standing.kind])).toEqual([
      ['busy', 'calls', 'dense'],
      ['busy', 'errors', 'dense'],
      ['new', 'calls', 'learning'],
      ['old', 'calls', 'sparse'],
    ])
    expect(standings[2]?.standing).toEqual({ kind: 'learning', seenDays: 4, neededDays: 14 })
    expect(days.map(({ day, denseKeys }) => [day, denseKeys])).toEqual([
      [28, { calls: ['busy'], errors: ['busy'] }],
      [29, { calls: ['busy'], errors: ['busy'] }],
    ])
    expect(days[1]?.laws.calls.bursts).toBe(2)
    expect(expectations.map(({ metric, expectation }) => [metric, expectation.day])).toEqual([
      ['calls', 28],
      ['errors', 28],
      ['calls', 29],
      ['errors', 29],
    ])
    const [busy] = standings
    const baseline = busy?.standing.kind === 'dense' ? busy.standing.baseline : undefined
    expect(baseline && dayExpectation(baseline)).toEqual(expectations[2]?.expectation)
  })

  it('has a law of bursts for every pool that has series, each of its own bursts', () => {
    const account = accountOf([
      seriesOf(countsAt([300, 5]), { key: 'api' }),
      seriesOf(countsAt([300, 5], [2000, 9]), { key: 'one', pool: 'distinct' }),
      seriesOf(countsAt([300, 7]), { key: 'other', pool: 'distinct' }),
    ])
    const { days } = scoreAccount(account, { fromDay: 10, untilDay: 11 }, grid)
    expect(days[0]?.denseKeys).toEqual({ calls: [], errors: [], distinct: [] })
    const { calls, errors, distinct } = days[0]?.laws ?? {}
    expect([calls?.bursts, errors?.bursts, distinct?.bursts]).toEqual([1, 0, 3])
  })

  it("holds one caller's different APIs against its own record, however busy it is", () => {
    const busy = Array.from({ length: 28 * 24 }, (_, hour): [number, number] => [hour * 12, 2])
    const account = accountOf([
      seriesOf(countsAt(...busy, [28 * 288 + 5, 60]), { key: 'caller', pool: 'breadth' }),
    ])
    const { scores, days, standings } = scoreAccount(account, { fromDay: 28, untilDay: 29 }, grid)
    expect(days[0]?.denseKeys.breadth).toEqual(['caller'])
    expect(scores).toMatchObject([{ count: 60, expected: 12, terms: { callers: 1 } }])
    expect(standings).toEqual([])
  })

  it("begins with the account's first day, and is nothing before it", () => {
    const account = accountOf([seriesOf(countsAt([2 * 288 + 5, 9]))])
    expect(scoreAccount(account, { fromDay: 0, untilDay: 3 }, grid).days).toHaveLength(1)
    expect(scoreAccount(account, { fromDay: 0, untilDay: 2 }, grid)).toEqual({
      scores: [],
      days: [],
      expectations: [],
      standings: [],
    })
  })
})
