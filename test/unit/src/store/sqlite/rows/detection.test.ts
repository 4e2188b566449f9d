import { expect, it } from 'vitest'
import type { Score } from '../../../../../../models/index.ts'
import { everyPage } from '../../../../../../src/store/every-page.ts'
import type {
  AggregateScore,
  DetectionCommit,
  StoredScore,
} from '../../../../../../src/store/store.ts'
import { aCall, anId, commitOf, MIDNIGHT_MS } from '../../../../../support/small-files.ts'
import { memoryStore } from '../../../../../support/temporary-store.ts'

const ACCOUNT = '111111111111'
const DAY = MIDNIGHT_MS / 86_400_000
const WINDOWS = 288

function scoreOf(fromWindow: number, untilWindow: number): Score {
  return {
    ...{
      key: 'k',
      metric: 'calls',
      family: 'dense-calls',
      direction: 'up',
      fromWindow,
      untilWindow,
      standsUntil: untilWindow,
      unconfirmed: false,
    },
    ...{ hotFromWindow: fromWindow, hotUntilWindow: untilWindow, count: 47, expected: 0.1 + 0.2 },
    ...{
      hourly: 1e-300,
      low: 0,
      high: 4,
      surprise: Number.POSITIVE_INFINITY,
      peers: 1,
      firstSeen: false,
    },
    terms: { ratio: 156.66666666666666, family: 'dense' },
  }
}

function filled() {
  const store = memoryStore()
  const calls = ['A', 'B'].map((eventName, i) =>
    aCall({ eventName, eventId: anId(i), errorCode: i === 1 ? 'E' : null }),
  )
  store.commitObject(commitOf({ key: 'a', stampMs: null, calls }))
  const [a, b] = store.series({}, { limit: 2, after: null }).rows.map(({ ref }) => ref)
  return { store, a: a ?? -1, b: b ?? -1 }
}

const commitFrom = (fromDay: number, parts: Partial<DetectionCommit>): DetectionCommit => ({
  ...{
    account: ACCOUNT,
    fromDay,
    scored: [],
    scores: [],
    aggregateScores: [],
    expectations: [],
    baselines: [],
    laws: [],
    ...parts,
  },
})

it('keeps scores to the last bit, and replaces those that end on the day scored again or later', () => {
  const { store, a, b } = filled()
  const today = DAY * WINDOWS
  const before: StoredScore = { series: a, errorCode: null, score: scoreOf(today - 10, today) }
  const across: StoredScore = { series: a, errorCode: null, score: scoreOf(today - 5, today + 1) }
  const after: StoredScore = { series: b, errorCode: 'E', score: scoreOf(today + 3, today + 4) }
  store.commitDetection(commitFrom(DAY - 1, { scores: [after, before, across] }))
  const ever = { fromMinute: 0, untilMinute: Number.MAX_SAFE_INTEGER }
  expect(store.scores({ account: ACCOUNT, ...ever })).toEqual([before, across, after])
  expect(store.scores({ series: b, ...ever })).toEqual([after])
  expect(store.scores({ account: 'nobody', ...ever })).toEqual([])
  expect([store.scoredSeries(ACCOUNT), store.scoredSeries('nobody')]).toEqual([[a, b], []])
  expect(store.scores({ fromMinute: (today - 6) * 5, untilMinute: (today - 5) * 5 })).toEqual([
    before,
  ])
  store.commitDetection(commitFrom(DAY, { scores: [] }))
  expect(store.scores(ever)).toEqual([before])
  store.close()
})

it('takes days in one by one, each in place of itself alone, and keeps the news until the last', () => {
  const { store, a, b } = filled()
  const today = DAY * WINDOWS
  const scores = [-1, 0, 1].map(
    (day): StoredScore => ({
      ...{ series: b, errorCode: 'E' },
      score: scoreOf(today + day * WINDOWS, today + (day + 1) * WINDOWS),
    }),
  )
  const aggregateScores = scores.map(({ score }) => ({
    subject: { aggregate: 'denials', region: null, principal: 'somebody' } as const,
    score,
  }))
  // Whether all of a series' calls failed or not, its calls are expected beside its errors.
  const expectations = [-1, 0, 1].flatMap((day) =>
    [
      { series: a, errorCode: null },
      { series: b, errorCode: null },
      { series: b, errorCode: 'E' },
    ].map((of) => ({ ...of, day: DAY + day, expectation: { hourly: [0.1] } })),
  )
  const laws = [-1, 0, 1].map((day) => ({ day: DAY + day, law: { spread: 0.2 } }))
  store.commitDetection(commitFrom(DAY - 1, { scores, aggregateScores, expectations, laws }))
  store.oweScoring(ACCOUNT, DAY * 1440)
  const again = { hourly: [0.3] }
  const anew = commitFrom(DAY, {
    expectations: [{ series: b, errorCode: null, day: DAY, expectation: again }],
  })
  store.commitDays(anew, DAY + 1)
  const ever = { fromMinute: 0, untilMinute: Number.MAX_SAFE_INTEGER }
  const expected = (series: number, errorCode: string | null) =>
    store
      .expectations(series, errorCode, DAY - 1, DAY + 2)
      .map(({ day, expectation }) => [day - DAY, expectation])
  expect(store.scores(ever)).toEqual([scores[0], scores[2]])
  expect(store.aggregateScores(ACCOUNT)).toEqual([aggregateScores[0], aggregateScores[2]])
  expect(expected(a, null).map(([day]) => day)).toEqual([-1, 1])
  expect(expected(b, null)).toEqual([
    [-1, { hourly: [0.1] }],
    [0, again],
    [1, { hourly: [0.1] }],
  ])
  expect(expected(b, 'E').map(([day]) => day)).toEqual([-1, 1])
  expect(store.law(ACCOUNT, DAY)).toEqual(laws[0]?.law)
  const isNews = () => store.accounts().map(({ dirtyMinute }) => dirtyMinute !== null)
  expect(isNews()).toEqual([true])
  store.commitDetection(commitFrom(DAY + 1, {}))
  expect(store.scores(ever)).toEqual([scores[0]])
  expect(isNews()).toEqual([false])
  store.close()
})

it('finds the scores that surprise enough, and those that say a level still stands', () => {
  const { store, a, b } = filled()
  const today = DAY * WINDOWS
  const surprising = (surprise: number, at: number, unconfirmed = false): Score => ({
    ...{ ...scoreOf(today + at, today + at + 1), surprise, unconfirmed },
  })
  const scores = [
    { series: a, errorCode: null, score: surprising(-1, 0) },
    { series: a, errorCode: null, score: surprising(0.5, 1) },
    { series: b, errorCode: 'E', score: surprising(-3, 2) },
    { series: b, errorCode: 'E', score: surprising(-3, 3, true) },
  ]
  const subject = { aggregate: 'denials', region: null, principal: 'somebody' } as const
  const aggregateScores = scores.map(({ score }) => ({ subject, score }))
  store.commitDetection(commitFrom(DAY, { scores, aggregateScores }))
  const ever = { fromMinute: 0, untilMinute: Number.MAX_SAFE_INTEGER }
  const found = (leastSurprise: number) => store.scores({ ...ever, leastSurprise })
  expect(found(-1)).toEqual([scores[0], scores[1], scores[3]])
  expect(found(0.5)).toEqual([scores[1], scores[3]])
  expect(store.scores({ series: a, ...ever, leastSurprise: 0.6 })).toEqual([])
  expect(store.scores({ series: b, ...ever, leastSurprise: Number.POSITIVE_INFINITY })).toEqual([
    scores[3],
  ])
  expect(store.scoredSeries(ACCOUNT, 0)).toEqual([a, b])
  expect(store.scoredSeries(ACCOUNT, 0.6)).toEqual([b])
  expect(store.scoredSeries('nobody', 0)).toEqual([])
  expect(store.aggregateScores(ACCOUNT, 0)).toEqual([aggregateScores[1], aggregateScores[3]])
  expect(store.aggregateScores('nobody', 0)).toEqual([])
  store.close()
})

it('keeps scores of aggregates apart by what they sum up', () => {
  const { store } = filled()
  const today = DAY * WINDOWS
  const subjects = [
    { aggregate: 'denials', region: 'eu-west-1', principal: null },
    { aggregate: 'denials', region: null, principal: 'lone \ud800 half' },
  ] as const
  const before = subjects.map((subject) => ({ subject, score: scoreOf(today - 10, today) }))
  const after = subjects.map((subject) => ({ subject, score: scoreOf(today - 5, today + 1) }))
  store.commitDetection(commitFrom(DAY - 1, { aggregateScores: [...after, ...before] }))
  const kept = store.aggregateScores(ACCOUNT)
  expect(kept).toHaveLength(4)
  expect(kept.slice(0, 2)).toEqual(expect.arrayContaining(before))
  expect(kept.slice(2)).toEqual(expect.arrayContaining(after))
  expect(store.aggregateScores('nobody')).toEqual([])
  store.commitDetection(commitFrom(DAY, {}))
  expect(store.aggregateScores(ACCOUNT)).toEqual(kept.slice(0, 2))
  store.close()
})

it('leaves out scores of all calls, which an earlier version kept', () => {
  const { store } = filled()
  const subject = { aggregate: 'volume', region: 'eu-west-1', principal: null }
  const score = scoreOf(DAY * WINDOWS - 5, DAY * WINDOWS)
  const ofAllCalls = { subject, score } as unknown as AggregateScore
  store.commitDetection(commitFrom(DAY - 1, { aggregateScores: [ofAllCalls] }))
  expect(store.aggregateScores(ACCOUNT)).toEqual([])
  store.close()
})

it('keeps baselines, expectations and laws, and finds the law in force on a day', () => {
  const { store, a, b } = filled()
  store.commitDetection(
    commitFrom(DAY, {
      baselines: [
        { series: b, errorCode: 'E', standing: { kind: 'learning' } },
        { series: b, errorCode: null, standing: { kind: 'dense' } },
        { series: a, errorCode: null, standing: { kind: 'sparse' } },
      ],
      expectations: [0, 1, 2].map((i) => ({
        series: a,
        errorCode: null,
        day: DAY + i,
        expectation: { i },
      })),
      laws: [0, 2].map((i) => ({ day: DAY + i, law: { i } })),
    }),
  )
  const names = [...everyPage((page) => store.baselines({}, { ...page, limit: 1 }))]
  expect(names.map(({ series, baseline }) => [series.eventName, baseline.errorCode])).toEqual([
    ['A', null],
    ['B', null],
    ['B', 'E'],
  ])
  expect(store.baseline(b, 'E')?.standing).toEqual({ kind: 'learning' })
  expect([...store.standingKinds('111111111111')].sort()).toEqual([
    ['dense', 1],
    ['sparse', 1],
  ])
  expect(store.standingKinds('999999999999').size).toBe(0)
  expect(store.baseline(a, 'E')).toBeUndefined()
  expect(store.expectations(a, null, DAY + 1, DAY + 2).map(({ day }) => day)).toEqual([DAY + 1])
  const laws = [-1, 0, 1, 2, 9].map((i) => store.law(ACCOUNT, DAY + i))
  expect(laws).toEqual([null, { i: 0 }, { i: 0 }, { i: 2 }, { i: 2 }])
  store.commitDetection(commitFrom(DAY + 1, {}))
  expect(store.baseline(b, 'E')).toBeUndefined()
  expect(store.expectations(a, null, DAY, DAY + 9).map(({ day }) => day)).toEqual([DAY])
  expect(store.law(ACCOUNT, DAY + 9)).toEqual({ i: 0 })
  store.close()
})

it('remembers runs, deliveries and named facts', () => {
  const { store } = filled()
  const [first, second] = [store.beginRun(1), store.beginRun(2)]
  store.finishRun(first, 3, { ok: true })
  expect(store.runs(9)).toEqual([
    { id: second, startedMs: 2, finishedMs: null, report: null },
    { id: first, startedMs: 1, finishedMs: 3, report: { ok: true } },
  ])
  store.markDelivered('folder', ['x', 'y'])
  store.markDelivered('folder', ['y', 'z'])
  expect(store.delivered('folder', ['v', 'x', 'y', 'z'])).toEqual(new Set(['x', 'y', 'z']))
  expect(store.delivered('other', ['x'])).toEqual(new Set())
  store.setMeta('since', '1')
  store.setMeta('since', '2')
  expect([store.meta('since'), store.meta('nothing')]).toEqual(['2', null])
  store.close()
})
