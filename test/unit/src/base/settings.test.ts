import { describe, expect, it } from 'vitest'
import { Fault } from '../../../../src/base/fault.ts'
import { settingsFrom, settingsProblems } from '../../../../src/base/settings.ts'

const dropping = (rule: object) => ({
  suppressions: [{ effect: 'drop-from-counts', ...rule, reason: 'a test' }],
})

describe('settingsFrom', () => {
  it('fills in the defaults', () => {
    expect(settingsFrom(null)).toMatchObject({
      windowMinutes: 5,
      alarmBudget: { account: 2, organization: 10 },
    })
  })
  it('keeps what the file says', () => {
    const { alarmBudget } = settingsFrom({ alarmBudget: { account: 0.5 } })
    expect(alarmBudget).toEqual({ account: 0.5, organization: 10, newApis: 5 })
  })
  it.each([
    ['low', 0.5, 2.5],
    ['medium', 2, 10],
    ['high', 8, 40],
  ])('takes %s for budgets', (preset, account, organization) => {
    expect(settingsFrom({ preset }).alarmBudget).toEqual({ account, organization, newApis: 5 })
    const own = settingsFrom({ preset, alarmBudget: { account: 1, newApis: 0 } })
    expect(own.alarmBudget).toEqual({ account: 1, organization, newApis: 0 })
  })
  it('is frozen all the way down', () => {
    expect(Object.isFrozen(settingsFrom({}).alarmBudget)).toBe(true)
  })
  it('leaves what it was given as it was', () => {
    const raw = {}
    settingsFrom(raw)
    expect(raw).toEqual({})
  })
  it.each([
    [{ alarmbudget: 1 }, /alarmbudget is not a setting here; these are: windowMinutes/],
    [{ windowMinutes: 7 }, /windowMinutes: must be one of 1, 5, 15, 30, 60/],
    [{ alarmBudget: { account: -1 } }, /alarmBudget.account: must be > 0/],
    [{ floors: { calls: 1.5 } }, /floors.calls: must be integer/],
    [{ preset: 'loud' }, /preset: must be one of low, medium, high/],
    [{ preset: 'low', alarmBudget: 3 }, /alarmBudget: must be object/],
    [[], /must be object/],
    [dropping({ api: 's3:*', direction: 'up' }), /suppressions.0.direction: calls have none/],
    [dropping({ api: 's3:*', insightType: 'AggregateInsight' }), /0.insightType: calls have none/],
    [dropping({ until: '2026-10-01T00:00:00Z' }), /suppressions.0: names no calls/],
    [dropping({}), /suppressions.0: names no calls: it takes one of api, account/],
    [
      dropping({ api: '*', from: '2026-10-02T00:00:00Z', until: '2026-10-02T01:00:00+02:00' }),
      /suppressions.0.until: lies before its from/,
    ],
    [{ suppressions: [{ effect: 'loud', api: '*', reason: 'x' }] }, /mute, drop-from-counts/],
    [{ suppressions: [{ effect: 'mute', reason: 'x' }] }, /0: names nothing beside its reason/],
  ])('refuses %j', (raw, words) => {
    expect(() => settingsFrom(raw)).toThrow(Fault)
    expect(() => settingsFrom(raw)).toThrow(words)
  })
})

describe('settingsProblems', () => {
  it('names every wrong place', () => {
    const problems = settingsProblems({ windowMinutes: 7, actorCap: 1 })
    expect(problems.map(({ path }) => path)).toEqual(['windowMinutes', 'actorCap'])
  })
  it('finds nothing wrong with the defaults', () => expect(settingsProblems({})).toEqual([]))
})
