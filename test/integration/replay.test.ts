import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Settings } from '../../src/base/settings.ts'
import { settingsFrom } from '../../src/base/settings.ts'
import { buildApp } from '../../src/http/app.ts'
import { httpSettings } from '../../src/http/http-settings.ts'
import type { HttpApp } from '../../src/http/http-types.ts'
import { isAlarm } from '../../src/insight/insight.ts'
import { backtest, decideHistory } from '../../src/pipeline/tuning/backtest.ts'
import { type Change, changedSettings } from '../../src/pipeline/tuning/changed-settings.ts'
import { editorOf } from '../../src/store/sqlite/edit-store.ts'
import { openReader } from '../../src/store/sqlite/open-reader.ts'
import type { StoreReader } from '../../src/store/store.ts'
import type { EpisodeFacts, Replay } from '../../src/web/api/answers.ts'
import { type Alarm, alarmsIn, episodesIn, type Found } from '../../src/web/tuner/decide.ts'
import { episodeText } from '../../src/web/tuner/facts.ts'
import { type History, historyOf } from '../../src/web/tuner/history.ts'
import { outcomeOf } from '../../src/web/tuner/outcome.ts'
import { commandLine, place } from '../support/offtrail.ts'
import { insightsOf, listing, runOver, withStore } from '../support/pipeline-world.ts'

const { path } = place()
const WHOLE = { labels: [], fromMs: 0, untilMs: Number.MAX_SAFE_INTEGER }

/** In the middle of the demo's days. */
const DROPS_FROM = '2026-09-20T12:00:00Z'

/** Rules of every kind, over traffic that they fit. */
const SETTINGS = settingsFrom({
  overrides: [
    { api: 's3:*', budgetTimes: 4 },
    { api: 'ec2:*', floors: { calls: 25 } },
    { account: '111122223333', insightType: 'AggregateInsight', budgetTimes: 8 },
    { api: 'offtrail:DeniedCalls', floors: { denials: 12 } },
  ],
  suppressions: [
    { principal: '*role/ci-*', reason: 'busy' },
    { effect: 'drop-from-counts', principal: '*user/*', from: DROPS_FROM, reason: 'people' },
    { region: 'us-east-1', direction: 'up', until: '2026-09-20T00:00:00Z', reason: 'moving in' },
  ],
  calendars: [
    {
      ...{ name: 'nights', skip: ['result'], api: '*:Get*', reason: 'backups' },
      events: [{ start: '2026-09-01T01:00', end: '2026-09-01T06:00', repeats: 'FREQ=DAILY' }],
    },
  ],
})

let store: StoreReader
let app: HttpApp
let history: History
/** What a backtest said before a run had dropped anything. */
let backtested: readonly string[]

const idsOf = (insights: readonly { readonly id: string }[]): readonly string[] =>
  insights.map(({ id }) => id).sort()

beforeAll(async () => {
  const demo = await commandLine(['demo', '--days', '21', '--seed', '11', '--out', path('demo')])
  expect(demo.code).toBe(0)
  const file = path('demo/offtrail.db')
  const undropped = openReader(file)
  backtested = idsOf(decideHistory(undropped, SETTINGS))
  undropped.close()
  await withStore(file, (writer) => runOver(writer, listing([]), { settings: SETTINGS }))
  store = openReader(file)
  const editor = editorOf(file)
  const alarms = decideHistory(store, SETTINGS).filter(isAlarm)
  for (const { id } of alarms.filter((_, place) => place % 3 === 0)) {
    const said = { insight: id, verdict: 'true', reason: null, note: null } as const
    editor.putVerdict({ ...said, by: 'someone', atMs: 0 })
  }
  const why = () => {
    throw new Error('not asked here')
  }
  app = await buildApp({ store, settings: httpSettings(SETTINGS), now: Date.now, why })
  history = historyOf((await app.inject('/v1/replay')).json<Replay>())
}, 120_000)

afterAll(async () => {
  await app.close()
  store.close()
})

const urlOf = (texts: readonly string[]): string =>
  `/v1/replay/episodes?${new URLSearchParams(texts.map((text): [string, string] => ['episode', text]))}`

async function factsOf(found: readonly Found[]): Promise<ReadonlyMap<Found, EpisodeFacts>> {
  const facts = new Map<Found, EpisodeFacts>()
  for (let at = 0; at < found.length; at += 10) {
    const some = found.slice(at, at + 10)
    const reply = await app.inject(urlOf(some.map(episodeText)))
    for (const [place, each] of reply.json<{ items: EpisodeFacts[] }>().items.entries()) {
      facts.set(some[place] as Found, each)
    }
  }
  return facts
}

async function replayed(settings: Settings): Promise<readonly Alarm[]> {
  const found = episodesIn(history, settings)
  const facts = await factsOf(found)
  const { windowMinutes } = settings
  return alarmsIn(history, found, { factsOf: (each) => facts.get(each), windowMinutes }) ?? []
}

describe('a replay', () => {
  it.each<readonly Change[]>([
    [],
    [['alarmBudget.account', 0.2]],
    [['alarmBudget.account', 6]],
    [['alarmBudget.account', 20]],
    [
      ['alarmBudget.account', 8],
      ['floors.ratio', 5],
    ],
    [
      ['floors.calls', 100],
      ['floors.denseCalls', 200],
    ],
    [
      ['shares.aggregates', 0.9],
      ['floors.denials', 1],
      ['floors.breadth', 5],
    ],
    [['profile', 'insights']],
  ])('decides what a backtest does, to the unit: %j %j %j', async (...changes) => {
    const settings = changedSettings(
      SETTINGS,
      changes.filter((each) => each !== undefined),
      history.accounts.length,
    )
    const alarms = await replayed(settings)
    const decided = decideHistory(store, settings).filter(isAlarm)
    expect(alarms.map(({ facts }) => facts.id).sort()).toEqual(decided.map(({ id }) => id).sort())
    expect(alarms.length).toBeGreaterThan(0)
    expect(outcomeOf(history, alarms)).toEqual(backtest(store, settings, WHOLE))
  })

  it('follows what a run with these settings left standing, as a backtest foresaw', () => {
    const decided = idsOf(decideHistory(store, SETTINGS))
    expect(decided).toEqual(idsOf(insightsOf(store)))
    expect(backtested).toEqual(decided)
    const muting = SETTINGS.suppressions.filter(({ effect }) => effect === undefined)
    const undropped = { ...SETTINGS, suppressions: muting }
    expect(idsOf(decideHistory(store, undropped))).not.toEqual(decided)
  })

  it('has labels, sums and rules in it', async () => {
    const alarms = await replayed(SETTINGS)
    expect(outcomeOf(history, alarms).caught).toBeGreaterThan(3)
    expect(alarms.some(({ series }) => series.sum !== null)).toBe(true)
    expect(
      history.series.filter(({ sum, override }) => sum !== null && override !== null).length,
    ).toBeGreaterThan(3)
    const silenced = {
      ...SETTINGS,
      suppressions: SETTINGS.suppressions.filter(({ effect }) => effect),
    }
    expect(decideHistory(store, silenced).length).toBeGreaterThan(alarms.length)
  })

  it('cannot say who made calls of which nothing was asked yet', () => {
    const found = episodesIn(history, SETTINGS)
    expect(alarmsIn(history, found, { factsOf: () => undefined, windowMinutes: 5 })).toBeNull()
  })
})

describe('/v1/replay/episodes', () => {
  const ask = async (...texts: readonly string[]) => {
    const reply = await app.inject(urlOf(texts))
    return { status: reply.statusCode, ...reply.json<{ detail: string; type: string }>() }
  }
  const one = (): Found => episodesIn(history, SETTINGS)[0] as Found
  const keyed = (key: string) => ({ ...one(), series: { ...one().series, key } })

  it.each([
    ['no windows', 'KEY'],
    ['a window that is none', '1.2.x..["0123456789abcdef",null,"up"]'],
    ['no key', '1.2.1.2.'],
    ['a key of nothing', '1.2.1.2.KEY'],
    ['a key of too little', '1.2.1.2.["only"]'],
    ['a key of a wrong kind', '1.2.1.2.["111122223333","volume",null,null]'],
  ])('refuses %s', async (_, text) => {
    expect(await ask(text)).toMatchObject({ status: 400, type: '/problems/USAGE' })
  })

  it.each([
    ['a series that is not there', '["0000000000000000",null,"up"]'],
    ['an account that is not there', '["999999999999","denials",null,null]'],
    ['a sum that is not there', '["111122223333","denials","mars-1",null]'],
  ])('does not find %s', async (_, key) => {
    const answer = await ask(episodeText(keyed(key)))
    expect(answer).toMatchObject({ status: 404, type: '/problems/NOT_FOUND' })
  })

  it('does not find a score that is not there', async () => {
    const moved = await ask(episodeText(one()).replace(/^\d+/, '1'))
    expect(moved.status).toBe(404)
    expect(moved.detail).toContain('read /v1/replay again')
  })

  it.each([
    ['begins before the window that fires', (from: number) => [from - 1, '']],
    ['begins after it', (_: number, until: number) => [until, '']],
    ['ends before it begins', (from: number) => [from, from]],
    ['ends after all that was scored', (from: number) => [from, 999_999_999]],
  ] as const)('refuses an episode that %s', async (_, spanOf) => {
    for (const isSum of [false, true]) {
      const found = episodesIn(history, SETTINGS).find(
        ({ series }) => (series.sum !== null) === isSum,
      )
      const { trigger } = (found as Found).episode
      const [start, end] = spanOf(trigger.fromWindow, trigger.untilWindow)
      const text = episodeText(found as Found).replace(
        /^(\d+\.\d+)\.\d+\.\d*/,
        `$1.${start}.${end}`,
      )
      expect(await ask(text)).toMatchObject({ status: 400, type: '/problems/USAGE' })
    }
  })

  it('takes 32 episodes at once and no more', async () => {
    const many = Array.from({ length: 33 }, () => episodeText(one()))
    expect((await ask(...many)).status).toBe(400)
    expect((await ask(...many.slice(1))).status).toBe(200)
  })
})
