import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { settingsFrom } from '../../src/base/settings.ts'
import { isAlarm } from '../../src/insight/insight.ts'
import { decideAccount } from '../../src/pipeline/decide-account.ts'
import { detect } from '../../src/pipeline/scoring/detect.ts'
import { simulate } from '../../src/simulate/simulate.ts'
import type { Store } from '../../src/store/store.ts'
import {
  burstRecords,
  DAY_MS,
  DEFAULTS,
  dayText,
  FIRST_DAY_MS,
  inMemory,
  insightsOf,
  listing,
  runOver,
  temporaryFolder,
  withStore,
  writeDays,
  written,
} from '../support/pipeline-world.ts'

const MINING = { minute: 720, count: 300 }
const miningOnDay = (at: number) => (day: number) => (day === at ? [MINING] : [])

const aStore = <Answer>(
  use: (store: Store, folder: string) => Promise<Answer>,
): Promise<Answer> => {
  const folder = temporaryFolder()
  return withStore(join(folder, 'store.db'), (store) => use(store, join(folder, 'trail')))
}

describe('run', () => {
  it('finds one insight in a burst of an API that was rare before, and closes it', () =>
    aStore(async (store, trail) => {
      writeDays(trail, { from: 0, until: 10 }, miningOnDay(8))
      await runOver(store, trail)
      expect(insightsOf(store)).toMatchObject([
        {
          ...{ eventName: 'RunInstances', direction: 'up', state: 'closed' },
          startMs: FIRST_DAY_MS + 8 * DAY_MS + 720 * 60_000,
          trigger: { count: 300 },
          principal: 'arn:aws:sts::111122223333:assumed-role/deploy',
        },
      ])
    }))

  it('takes an insight back when older history shows that such bursts are normal', () =>
    aStore(async (store, trail) => {
      writeDays(trail, { from: 20, until: 24 }, miningOnDay(22))
      await runOver(store, trail)
      const [alarm] = insightsOf(store)
      expect(alarm).toMatchObject({ eventName: 'RunInstances' })
      writeDays(trail, { from: 0, until: 20 }, () => [MINING])
      const { detect: detected } = await runOver(store, trail)
      expect(detected.daysScored).toBe(24)
      expect(store.insightById(alarm?.id ?? '')?.status).toBe('retracted')
      expect(insightsOf(store).map(({ id }) => id)).not.toContain(alarm?.id)
    }))

  it('revises an insight when late calls of the same burst come in', () =>
    aStore(async (store, trail) => {
      writeDays(trail, { from: 0, until: 10 }, miningOnDay(8))
      await runOver(store, trail)
      const [before] = insightsOf(store)
      written(join(trail, 'more.json'), recordsOf(burstRecords({ day: 8, ...MINING })))
      const { detect: detected } = await runOver(store, trail)
      const revised = store.insightById(before?.id ?? '')
      expect(detected.insights).toEqual({ added: 0, changed: 1, retracted: 0 })
      expect(revised).toMatchObject({ revision: 2, status: 'final' })
      expect(revised?.insight.trigger.count).toBe(600)
    }))

  it('leaves an insight open while data ends with it, and closes it when --as-of says that nothing more came', () =>
    aStore(async (store, trail) => {
      writeDays(trail, { from: 0, until: 8 })
      written(join(trail, 'last.json'), morningOf(dayText(8, [MINING])))
      await runOver(store, trail)
      expect(insightsOf(store)).toMatchObject([{ state: 'open', endMs: null }])
      const asOfMs = FIRST_DAY_MS + 9 * DAY_MS
      const { detect: detected } = await runOver(store, trail, { asOfMs })
      expect(detected.insights.changed).toBe(1)
      expect(insightsOf(store)[0]).toMatchObject({ state: 'closed' })
      expect(store.watermarks()).toMatchObject([{ watermarkMs: asOfMs }])
    }))
})

const recordsOf = (records: readonly object[]): string => JSON.stringify({ Records: records })

/** The records of a day until ten past noon. */
function morningOf(text: string): string {
  const { Records } = JSON.parse(text) as { Records: readonly { eventTime: string }[] }
  return recordsOf(Records.filter(({ eventTime }) => eventTime.slice(11) < '12:10:01'))
}

describe('detect, at other settings', () => {
  it('decides anew without scoring when the alarm budget changes', () =>
    aStore(async (store, trail) => {
      const bursts = (day: number) => (day === 8 ? [{ minute: 720, count: 24 }] : [])
      writeDays(trail, { from: 0, until: 10 }, bursts)
      await runOver(store, trail, { settings: settingsFrom({ alarmBudget: { account: 0.001 } }) })
      expect(insightsOf(store)).toEqual([])
      const generous = settingsFrom({ alarmBudget: { account: 100, organization: 1000 } })
      const { detect: detected } = await runOver(store, trail, { settings: generous })
      expect(detected).toMatchObject({ accountsScored: 0, daysScored: 0 })
      expect(detected.insights.added).toBeGreaterThan(0)
      expect(insightsOf(store)).toEqual(
        expect.arrayContaining([expect.objectContaining({ eventName: 'RunInstances' })]),
      )
    }))

  it('leaves the call rate of reads out in the insights profile, but not their errors', () =>
    aStore(async (store, trail) => {
      const reads = { eventName: 'ListSecrets', readOnly: true }
      const denied = { ...reads, eventName: 'GetSecretValue', errorCode: 'AccessDenied' }
      writeDays(trail, { from: 0, until: 10 }, (day) =>
        day === 8
          ? [MINING, { ...MINING, changes: reads }, { ...MINING, minute: 900, changes: denied }]
          : [],
      )
      await runOver(store, trail)
      const found = () =>
        insightsOf(store).map(({ eventName, errorCode }) => [eventName, errorCode])
      expect(found()).toContainEqual(['ListSecrets', null])
      await runOver(store, trail, { settings: settingsFrom({ profile: 'insights' }) })
      expect(found()).toEqual([
        ['RunInstances', null],
        ['GetSecretValue', 'AccessDenied'],
      ])
    }))

  it('shares the budget of the organisation among the accounts known at the time', () =>
    aStore(async (store, trail) => {
      const settings = settingsFrom({ alarmBudget: { account: 2, organization: 2 } })
      writeDays(trail, { from: 0, until: 10 }, miningOnDay(8))
      await runOver(store, trail, { settings })
      const alone = decideAccount(store, '111122223333', settings)
      const crowd = Array.from({ length: 40 }, (_, at) =>
        inMemory(`/${at}.json`, dayText(9).replaceAll('111122223333', `2222000000${at + 10}`)),
      )
      await runOver(store, listing(crowd), { settings })
      expect(store.accounts()).toHaveLength(41)
      // They came a day after the burst, so that they take nothing from it.
      expect(decideAccount(store, '111122223333', settings)).toEqual(alone)
      const early = crowd.map(({ key }, at) =>
        inMemory(`/early${key}`, dayText(1).replaceAll('111122223333', `2222000000${at + 10}`)),
      )
      await runOver(store, listing(early), {
        settings: settingsFrom({ alarmBudget: { account: 2, organization: 1e-9 } }),
      })
      expect(insightsOf(store).filter(isAlarm)).toEqual([])
    }))

  it('decides after all when an earlier run was ended between scoring and deciding', () =>
    aStore(async (store, trail) => {
      writeDays(trail, { from: 0, until: 8 })
      await runOver(store, trail)
      const stopping: Store = {
        ...store,
        replaceInsights() {
          throw new Error('power cut')
        },
      }
      writeDays(trail, { from: 8, until: 10 }, miningOnDay(8))
      await expect(runOver(stopping, trail)).rejects.toThrow('power cut')
      expect(insightsOf(store)).toEqual([])
      expect(await detect(store, DEFAULTS)).toEqual({
        ...{ accountsScored: 0, daysScored: 0 },
        insights: { added: 1, changed: 0, retracted: 0 },
      })
    }))
})

it('decides from the scores that may matter what it would from all of them', () =>
  aStore(async (store) => {
    const { files } = simulate({
      ...{ seed: 5, days: 21, accounts: 2, scale: 0.1 },
      startMs: Date.UTC(2026, 8, 7),
    })
    const entries = [...files()].map(({ key, text }) => inMemory(`/trail/${key}`, text))
    await runOver(store, listing(entries))
    const whole: Store = {
      ...store,
      scores: ({ leastSurprise: _, ...of }) => store.scores(of),
      scoredSeries: (account) => store.scoredSeries(account),
      aggregateScores: (account) => store.aggregateScores(account),
    }
    const override = { api: '*:Describe*', budgetTimes: 30, reason: 'watched closely' }
    const found = [0.01, 1, 60].flatMap((budget) =>
      [[], [override]].map((overrides) => {
        const alarmBudget = { account: budget, organization: 1.5 * budget }
        const settings = settingsFrom({ alarmBudget, overrides })
        return store.accounts().flatMap(({ account }) => {
          const insights = decideAccount(store, account, settings)
          expect(insights).toEqual(decideAccount(whole, account, settings))
          return insights.filter(isAlarm)
        }).length
      }),
    )
    expect(found[0]).toBeLessThan(found[2] ?? 0)
    expect(found[2]).toBeLessThan(found[3] ?? 0)
    expect(found[3]).toBeLessThan(found[5] ?? 0)
  }))
