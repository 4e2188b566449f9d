import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { settingsFrom } from '../../src/base/settings.ts'
import type { Insight } from '../../src/insight/insight.ts'
import { recordsOf } from '../../src/insight/record.ts'
import { canonicalHash } from '../../src/store/canonical.ts'
import {
  DAY_MS,
  dayText,
  FIRST_DAY_MS,
  inMemory,
  insightsOf,
  listing,
  runOver,
  temporaryFolder,
  withStore,
} from '../support/pipeline-world.ts'
import {
  BY_CONTRACTOR,
  CONTRACTOR,
  type DayBurst,
  ordinary,
  sweep,
} from '../support/reconnaissance.ts'

const DAYS = 36

const daysWith = (extra: (day: number) => readonly DayBurst[]) =>
  Array.from({ length: DAYS }, (_, day) =>
    inMemory(
      `/day-${String(day).padStart(2, '0')}.json`,
      dayText(day, [...ordinary(day), ...extra(day)]),
    ),
  )

const on = (day: number, bursts: readonly DayBurst[]) => (each: number) =>
  each === day ? bursts : []

async function found(
  extra: (day: number) => readonly DayBurst[],
  settings = settingsFrom(null),
): Promise<readonly Insight[]> {
  const path = join(temporaryFolder(), 'store.db')
  return withStore(path, async (store) => {
    await runOver(store, listing(daysWith(extra)), { settings })
    return insightsOf(store)
  })
}

const incidentsOf = (insights: readonly Insight[]) =>
  new Set(insights.filter(({ incident }) => incident !== '').map(({ incident }) => incident))

const at = (day: number, minute: number) => FIRST_DAY_MS + day * DAY_MS + minute * 60_000

describe('run, over many APIs at once', () => {
  it('finds nothing in Terraform that looks at APIs it knows', async () => {
    const insights = await found(() => [])
    expect(insights.filter(({ startMs }) => startMs >= at(8, 0))).toEqual([])
  })

  it('finds sixty APIs asked twice each by somebody who never did, as one incident', async () => {
    const insights = await found(on(30, sweep({ apis: 60, calls: 2, minute: 1300 }, BY_CONTRACTOR)))
    const alarms = insights.filter(
      ({ startMs, incident }) => startMs >= at(8, 0) && incident !== '',
    )
    expect(alarms).toContainEqual(
      expect.objectContaining({
        ...{ insightType: 'AggregateInsight', eventName: 'DistinctApis', region: 'all' },
        ...{ category: 'Aggregate', principal: CONTRACTOR, direction: 'up' },
        aggregate: expect.objectContaining({ kind: 'distinct', scope: 'principal', apiCount: 60 }),
        explanation: expect.stringMatching(
          /^\d+ different APIs by user\/contractor in \d+ minutes; /,
        ),
      }),
    )
    expect(incidentsOf(alarms)).toHaveLength(1)
    expect(alarms.flatMap((insight) => recordsOf(insight, { strict: false }))).toEqual([])
  })

  it('finds sixty APIs in a few minutes by somebody who knows them all, however young the account', async () => {
    const whole = sweep({ apis: 60, calls: 2, minute: 1300 }, BY_CONTRACTOR)
    const fewADay = (day: number) => whole.slice((day % 6) * 10, (day % 6) * 10 + 10)
    const insights = await found((day) => (day === 30 ? whole : fewADay(day)))
    const alarms = insights.filter(
      ({ startMs, incident }) => startMs >= at(8, 0) && incident !== '',
    )
    expect(alarms).toMatchObject([
      {
        ...{ insightType: 'AggregateInsight', eventName: 'DistinctApis', region: 'all' },
        ...{ principal: CONTRACTOR, expected: 12, arithmetic: { record: 12 } },
        aggregate: { kind: 'distinct', scope: 'principal' },
        explanation: expect.stringMatching(
          /^\d+ different APIs by user\/contractor in \d+ minutes; fewer than 20 are normal; /,
        ),
      },
    ])
    expect(alarms[0]?.aggregate?.topApis).toHaveLength(10)
    const early = await found(on(2, whole))
    expect(early.filter(({ startMs }) => startMs < at(3, 0))).toContainEqual(
      expect.objectContaining({ eventName: 'DistinctApis', principal: CONTRACTOR }),
    )
  })

  it('finds calls denied over many APIs, and names them', async () => {
    const denied = { ...BY_CONTRACTOR, errorCode: 'AccessDenied' }
    const insights = await found(on(30, sweep({ apis: 25, calls: 2, minute: 1300 }, denied)))
    const [first, ...others] = insights.filter(({ eventName }) => eventName === 'DeniedCalls')
    expect(first).toMatchObject({
      principal: CONTRACTOR,
      aggregate: { kind: 'denials', apiCount: 25 },
    })
    expect(first?.aggregate?.topApis).toHaveLength(10)
    expect(first?.aggregate?.topApis[0]?.calls).toBe(2)
    expect(incidentsOf([first as Insight, ...others])).toHaveLength(1)
  })

  it('leaves sums to the API that says it already', async () => {
    const denied = { eventName: 'AssumeRole', errorCode: 'AccessDenied', ...BY_CONTRACTOR }
    const all = await found(on(30, [{ minute: 1300, count: 200, changes: denied }]))
    const insights = all.filter(({ startMs }) => startMs >= at(8, 0))
    expect(insights.some(({ eventName }) => eventName === 'AssumeRole')).toBe(true)
    expect(insights.filter(({ aggregate }) => aggregate !== null)).toEqual([])
  })

  it('looks at no sums in the insights profile', async () => {
    const settings = settingsFrom({ profile: 'insights' })
    const recon = on(30, sweep({ apis: 60, calls: 2, minute: 1300 }, BY_CONTRACTOR))
    const insights = await found(recon, settings)
    expect(insights.filter(({ insightType }) => !insightType.startsWith('Api'))).toEqual([])
  })
})

describe('run, over an API never seen before', () => {
  const calls = (count: number) =>
    on(32, [{ minute: 700, count, changes: { eventName: 'CreateUser', ...BY_CONTRACTOR } }])

  it('makes information of three calls', async () => {
    const [only, ...others] = (await found(calls(3))).filter(({ startMs }) => startMs >= at(8, 0))
    expect(others).toEqual([])
    expect(only).toMatchObject({
      ...{ insightType: 'NewApiInsight', eventName: 'CreateUser', state: 'closed' },
      ...{ severity: 0, incident: '', firstSeen: true, principal: CONTRACTOR },
      explanation: expect.stringContaining('first calls of this API in this account'),
    })
  })

  it('alarms at three hundred, and says that they are the first', async () => {
    const insights = (await found(calls(300))).filter(({ eventName }) => eventName === 'CreateUser')
    expect(insights).toMatchObject([{ insightType: 'ApiCallRateInsight', firstSeen: true }])
    expect(insights[0]?.explanation).toContain('first calls of this API')
  })

  it('shows none where none is asked for', async () => {
    const settings = settingsFrom({ alarmBudget: { newApis: 0 } })
    const insights = await found(calls(3), settings)
    expect(insights.filter(({ insightType }) => insightType === 'NewApiInsight')).toEqual([])
  })
})

it('finds the same however files are ordered and cut into runs', async () => {
  const entries = daysWith((day) =>
    day === 30
      ? sweep({ apis: 60, calls: 2, minute: 1300 }, { ...BY_CONTRACTOR, errorCode: 'AccessDenied' })
      : on(32, [{ minute: 700, count: 3, changes: { eventName: 'CreateUser' } }])(day),
  )
  const stateAfter = async (parts: readonly (typeof entries)[]) => {
    const path = join(temporaryFolder(), 'store.db')
    for (const part of parts) await withStore(path, (store) => runOver(store, listing(part)))
    return withStore(path, async (store) => ({
      hash: canonicalHash(store),
      insights: insightsOf(store),
    }))
  }
  const calm = await stateAfter([entries])
  expect(calm.insights.map(({ insightType }) => insightType)).toEqual(
    expect.arrayContaining(['AggregateInsight', 'NewApiInsight']),
  )
  const orders = fc.tuple(
    fc.shuffledSubarray(entries, { minLength: entries.length }),
    fc.nat(entries.length),
  )
  await fc.assert(
    fc.asyncProperty(orders, async ([shuffled, cut]) => {
      expect(await stateAfter([shuffled.slice(0, cut), shuffled.slice(cut)])).toEqual(calm)
    }),
    { numRuns: 2, seed: 20_260_302, endOnFailure: true },
  )
})
