import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type AccountScores,
  daysToScore,
  scoreAccount,
} from '../../../../models/detector/score-account.ts'
import {
  type KeptBaseline,
  type KnownBaselines,
  LOOKBACK_DAYS,
  type SeriesHistory,
} from '../../../../models/index.ts'
import { accountOf, countsAt, countsFrom, seriesOf } from '../../../support/account-history.ts'
import { mixedSeries } from '../../../support/mixed-account.ts'

const grid = { windowMinutes: 5 }
const days = 50
const runs = { seed: 20_240_229, numRuns: 8 }
const span = { fromDay: 8, untilDay: days }

/** A busy API that fails in two ways, as often in both. */
function twoCodes(): readonly [SeriesHistory, SeriesHistory, SeriesHistory] {
  const calls = new Float64Array(days * 288).fill(20)
  const windows = calls.map((_, at) => (at % 7 === 0 ? 1 : 0))
  windows.fill(10, 45 * 288 + 100, 45 * 288 + 103)
  const errors = { metric: 'errors', exposure: countsFrom(calls), of: 'api' } as const
  return [
    seriesOf(countsFrom(calls), { key: 'api' }),
    seriesOf(countsFrom(windows), { key: 'api denied', ...errors }),
    seriesOf(countsFrom(windows), { key: 'api throttled', ...errors }),
  ]
}

/** The counts that a run for days from `fromDay` on has to have. */
function cutBefore(series: SeriesHistory, fromDay: number): SeriesHistory {
  const from = (fromDay - LOOKBACK_DAYS) * 288
  return { ...series, ...only(series, (window) => window >= from) }
}

/** What a series counted in the windows that are wanted. */
function only(
  { counts, exposure }: SeriesHistory,
  isWanted: (window: number) => boolean,
): Pick<SeriesHistory, 'counts' | 'exposure'> {
  const keep = ({ at, count }: SeriesHistory['counts']) => ({
    at: at.filter(isWanted),
    count: count.filter((_, cell) => isWanted(at[cell] as number)),
  })
  return { counts: keep(counts), exposure: exposure === null ? null : keep(exposure) }
}

/** The account as a run found it that came at a window: nothing later is known. */
function upTo(untilWindow: number, series: readonly SeriesHistory[]): readonly SeriesHistory[] {
  return series.map((each) => ({
    ...{ ...each, key: `${each.metric} ${each.key}`, untilWindow },
    ...only(each, (window) => window < untilWindow),
  }))
}

/** The baselines that a scoring left, read again from where they were kept. */
function keptFrom({ standings }: Pick<AccountScores, 'standings'>): Map<string, KeptBaseline> {
  const dense = standings.flatMap(({ key, standing }) =>
    standing.kind === 'dense' ? [[key, standing.baseline] as const] : [],
  )
  return new Map(JSON.parse(JSON.stringify(dense)))
}

describe('daysToScore', () => {
  it('finds the same where baselines are known from an earlier hour of the day', () => {
    const day = { fromDay: days - 1, untilDay: days }
    const scored = (series: readonly SeriesHistory[], known?: KnownBaselines) =>
      daysToScore(accountOf(series, 0), day, grid, known && { known }).score(days - 1)
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 287 }), (seed, hours) => {
        const series = mixedSeries(days, seed)
        const earlier = upTo((days - 1) * 288 + hours, series)
        const known = keptFrom(scored(earlier))
        expect(known.size).toBeGreaterThan(2)
        const now = upTo(days * 288, series)
        expect(scored(now, known)).toEqual(scored(now))
      }),
      runs,
    )
  })

  it('learns anew what is known of another day or on another grid', () => {
    const series = upTo(days * 288, mixedSeries(days, 3))
    const asked = { fromDay: days - 1, untilDay: days }
    const whole = scoreAccount(accountOf(series, 0), asked, grid)
    const expectations = (changes: Partial<KeptBaseline>) => {
      const known = new Map(
        [...keptFrom(whole)].map(([key, baseline]) => [
          key,
          { ...baseline, hourOfWeek: baseline.hourOfWeek.map(() => 1), ...changes },
        ]),
      )
      return daysToScore(accountOf(series, 0), asked, grid, { known }).score(days - 1).expectations
    }
    expect(expectations({ day: days - 2 })).toEqual(whole.expectations)
    expect(expectations({ windowMinutes: 15 })).toEqual(whole.expectations)
    expect(expectations({})).not.toEqual(whole.expectations)
  })

  it('tells each day what ends on it, and all of them what scoreAccount tells, in any order', () => {
    const account = accountOf(mixedSeries(days, 7), 0)
    const asked = daysToScore(account, span, grid)
    const upAndDown = asked.days.toSorted((one, other) => (one % 3) - (other % 3) || other - one)
    const each = upAndDown.map(asked.score).sort((one, other) => one.scored.day - other.scored.day)
    expect(each.map(({ scored }) => scored.day)).toEqual(
      Array.from({ length: span.untilDay - span.fromDay }, (_, at) => span.fromDay + at),
    )
    for (const { scored, scores, expectations } of each) {
      const ends = scores.map(({ untilWindow }) => Math.floor((untilWindow - 1) / 288))
      const all = [...ends, ...expectations.map(({ expectation }) => expectation.day)]
      expect(all).toEqual(all.map(() => scored.day))
    }
    const whole = scoreAccount(account, span, grid)
    expect(whole.scores.length).toBeGreaterThan(20)
    expect(each.flatMap(({ scores }) => scores)).toEqual(whole.scores)
    expect(each.map(({ standings }) => standings.length > 0)).toEqual(
      each.map((_, at) => at === each.length - 1),
    )
    expect(each.at(-1)?.standings).toEqual(whole.standings)
  })
})

describe('a day that scoreAccount scores', () => {
  it('names the same of two error codes that rose alike, whatever order they come in', () => {
    const [calls, denied, throttled] = twoCodes()
    const only = { fromDay: 45, untilDay: 46 }
    const { scores } = scoreAccount(accountOf([calls, denied, throttled]), only, grid)
    expect(scores.some(({ terms }) => terms['codesTogether'] === 2)).toBe(true)
    expect(scoreAccount(accountOf([calls, throttled, denied]), only, grid).scores).toEqual(scores)
  })

  it('gives the same for a day whatever error code is first seen after it', () => {
    const [calls, denied, throttled] = twoCodes()
    const only = { fromDay: 45, untilDay: 46 }
    const later = seriesOf(countsAt([47 * 288, 5]), {
      ...throttled,
      counts: countsAt([47 * 288, 5]),
      firstWindow: 47 * 288,
    })
    const known = scoreAccount(accountOf([calls, denied]), only, grid)
    expect(known.scores.length).toBeGreaterThan(0)
    expect(scoreAccount(accountOf([calls, denied, later]), only, grid)).toEqual(known)
  })

  it.each(['API', 'error code'])(
    'is as surprised without an %s that was silent all the look-back',
    (which) => {
      const [calls, denied, throttled] = twoCodes()
      const burst = seriesOf(countsAt([35 * 288, 9], [45 * 288 + 9, 60]), { key: 'burst' })
      const only = { fromDay: 45, untilDay: 46 }
      const surprisesWith = (
        ...silent: readonly SeriesHistory[]
      ): readonly (readonly unknown[])[] => {
        const account = accountOf([calls, denied, burst, ...silent], 0)
        const { scores } = scoreAccount(account, only, grid)
        return scores.map(({ key, untilWindow, surprise }) => [
          key,
          untilWindow,
          surprise.toFixed(6),
        ])
      }
      const long = countsAt([5 * 288, 5])
      const known = surprisesWith()
      const silentApi = seriesOf(long, { key: 'silent' })
      const silentCode = { ...throttled, counts: long, firstWindow: 5 * 288 }
      expect(surprisesWith(which === 'API' ? silentApi : silentCode)).toEqual(known)
    },
  )
})

describe('scoreAccount', () => {
  it('gives the same whatever order the series come in', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), fc.nat(6), (seed, turn) => {
        const series = mixedSeries(days, seed)
        const turned = [...series.slice(turn), ...series.slice(0, turn)].reverse()
        expect(scoreAccount(accountOf(turned, 0), span, grid)).toEqual(
          scoreAccount(accountOf(series, 0), span, grid),
        )
      }),
      { ...runs, numRuns: 3 },
    )
  }, 60_000)

  it('gives the same however the days are cut into runs, on no more than the look-back', () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 9, max: days - 1 }), { maxLength: 4 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), cuts, (seed, inner) => {
        const series = mixedSeries(days, seed)
        const whole = scoreAccount(accountOf(series, 0), span, grid)
        const edges = [span.fromDay, ...inner.toSorted((one, other) => one - other), days]
        const parts: AccountScores[] = edges.slice(1).map((untilDay, at) => {
          const fromDay = edges[at] as number
          const cut = series.map((each) => cutBefore(each, fromDay))
          return scoreAccount(accountOf(cut, 0), { fromDay, untilDay }, grid)
        })
        expect(parts.flatMap(({ scores }) => scores)).toEqual(whole.scores)
        expect(parts.flatMap((part) => part.days)).toEqual(whole.days)
        expect(parts.flatMap(({ expectations }) => expectations)).toEqual(whole.expectations)
        expect(parts.at(-1)?.standings).toEqual(whole.standings)
      }),
      { ...runs, numRuns: 4 },
    )
  }, 60_000)

  it('lets no day take part in what is expected of it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9999 }),
        fc.integer({ min: 32, max: days - 1 }),
        fc.integer({ min: 0, max: 500 }),
        (seed, day, factor) => {
          const series = mixedSeries(days, seed)
          const changed = series.map((each) => {
            const { at, count } = each.counts
            const other = count.map((calls, cell) =>
              (at[cell] as number) >= day * 288 ? calls * factor + 1 : calls,
            )
            return { ...each, counts: { at, count: other } }
          })
          const only = { fromDay: day, untilDay: day + 1 }
          const before = scoreAccount(accountOf(series, 0), only, grid)
          const after = scoreAccount(accountOf(changed, 0), only, grid)
          expect(after.standings).toEqual(before.standings)
          expect(after.expectations).toEqual(before.expectations)
          expect(after.days).toEqual(before.days)
        },
      ),
      runs,
    )
  }, 60_000)
})
