import { describe, expect, it } from 'vitest'
import {
  decide,
  isNewsworthy,
  type Pool,
  type Score,
  withOverride,
} from '../../../../models/index.ts'
import { OverrideSchema } from '../../../../src/base/overrides.ts'
import { SettingsSchema, settingsFrom } from '../../../../src/base/settings.ts'
import { isOutOfProfile, sensitivityOf } from '../../../../src/pipeline/decide-account.ts'
import { overridesFor, together } from '../../../../src/pipeline/overrides.ts'
import { aSeries } from '../../../support/http-world.ts'
import { memoryReader } from '../../../support/memory-reader.ts'
import { scoreOf } from '../../../support/scores.ts'

const series = { ...aSeries(1), reads: 10, calls: 10 }
const ACCOUNTS = ['1', '2', '3'].map((account) => ({
  ...{ account, firstMinute: 0, dirtyMinute: null, regions: [] },
}))

/** Whether a score of the series, or of a sum in its pool, is an alarm with these settings. */
function isAlarm(raw: object, score: Partial<Score>, pool?: Pool): boolean {
  const settings = settingsFrom(raw)
  const judged =
    pool === undefined
      ? { series, errorCode: null, direction: 'up' as const }
      : {
          account: series.account,
          subject: {
            aggregate: pool === 'breadth' ? ('distinct' as const) : (pool as 'distinct'),
            ...{ region: null, principal: 'someone' },
          },
        }
  const sensitivity = withOverride(
    sensitivityOf(memoryReader({ accounts: ACCOUNTS }), settings)(1000),
    together(overridesFor(settings.overrides, judged)),
  )
  const whole = scoreOf(score)
  return decide(whole, sensitivity, pool ?? whole.metric) === 'alarm'
}

const RARE = { family: 'pool-calls', hourly: 0.01, expected: 0.1, count: 20 } as const
const ERRORS = { family: 'pool-errors', metric: 'errors', hourly: 0.01, expected: 0.1 } as const
const SUMS = {
  family: 'aggregates',
  hourly: 5,
  low: 1,
  expected: 1,
  count: 200,
  surprise: 9,
} as const

/** A score that each floor holds back when it is raised to its value, and not by default. */
const FLOORS: Readonly<Record<string, readonly [number, Partial<Score>, Pool?]>> = {
  calls: [21, RARE],
  ratio: [5, { ...RARE, expected: 5 }],
  errors: [21, { ...ERRORS, count: 20 }],
  denseCalls: [91, {}],
  denseErrors: [91, { family: 'dense-errors', metric: 'errors' }],
  distinct: [200, SUMS, 'distinct'],
  newcomers: [201, SUMS, 'newcomers'],
  denials: [201, SUMS, 'denials'],
  breadth: [201, SUMS, 'breadth'],
}

/** A score of the family that each share is of. */
const SHARES: Readonly<Record<string, readonly [Partial<Score>, Pool?]>> = {
  denseCalls: [{}],
  poolCalls: [RARE],
  denseErrors: [{ family: 'dense-errors', metric: 'errors' }],
  poolErrors: [{ ...ERRORS, count: 20 }],
  aggregates: [SUMS, 'denials'],
}

/** An alarm from a budget of 1 incident a week on. */
const EDGE = { surprise: -Math.log(0.3) + 0.01 }

/** Whether what each other knob is about is told; by default it is. */
const OTHERS: Readonly<Record<string, readonly [object, (raw: object) => boolean]>> = {
  profile: [{ profile: 'insights' }, (raw) => !isOutOfProfile(series, null, settingsFrom(raw))],
  preset: [{ preset: 'low' }, (raw) => isAlarm(raw, EDGE)],
  'alarmBudget.account': [{ alarmBudget: { account: 0.9 } }, (raw) => isAlarm(raw, EDGE)],
  'alarmBudget.organization': [{ alarmBudget: { organization: 2.7 } }, (raw) => isAlarm(raw, EDGE)],
  'alarmBudget.newApis': [
    { alarmBudget: { newApis: 0 } },
    (raw) => isNewsworthy(-1, settingsFrom(raw).alarmBudget.newApis),
  ],
}

const { profile, preset, alarmBudget, shares, floors } = SettingsSchema.properties
const pathsOf = (name: string, group: { readonly properties: object }): readonly string[] =>
  Object.keys(group.properties).map((key) => `${name}.${key}`)

describe('every knob that decides', () => {
  it('has a case here', () => {
    expect([profile, preset].every((knob) => knob !== undefined)).toBe(true)
    expect(Object.keys(FLOORS)).toEqual(Object.keys(floors.properties))
    expect(Object.keys(FLOORS)).toEqual(Object.keys(OverrideSchema.properties.floors.properties))
    expect(Object.keys(SHARES)).toEqual(Object.keys(shares.properties))
    expect(Object.keys(OTHERS)).toEqual([
      ...['profile', 'preset'],
      ...pathsOf('alarmBudget', alarmBudget),
    ])
  })

  it.each(Object.entries(OTHERS))('%s has its effect', (_, [turned, isTold]) => {
    expect([isTold({}), isTold(turned)]).toEqual([true, false])
  })

  it.each(Object.entries(SHARES))('shares.%s has its effect', (name, [score, pool]) => {
    expect(isAlarm({}, { ...score, surprise: 6 }, pool)).toBe(true)
    expect(isAlarm({ shares: { [name]: 1e-4 } }, { ...score, surprise: 6 }, pool)).toBe(false)
  })

  it.each(Object.entries(FLOORS))(
    'floors.%s has its effect, an override wins over it, and the last override over those before',
    (name, [value, score, pool]) => {
      const high = { floors: { [name]: value } }
      const usual = { floors: { [name]: value - 1 } }
      expect(isAlarm({}, score, pool)).toBe(true)
      expect(isAlarm(high, score, pool)).toBe(false)
      expect(isAlarm({ overrides: [high] }, score, pool)).toBe(false)
      expect(isAlarm({ ...high, overrides: [usual] }, score, pool)).toBe(true)
      expect(isAlarm({ ...high, overrides: [usual, high] }, score, pool)).toBe(false)
      expect(isAlarm({ ...high, overrides: [high, usual] }, score, pool)).toBe(true)
    },
  )
})

describe('budgets', () => {
  it('are those of the preset, unless the file names them, times what an override says', () => {
    const low = { preset: 'low' }
    expect(isAlarm({ ...low, alarmBudget: { account: 2, organization: 10 } }, EDGE)).toBe(true)
    const [strict, loose] = [{ budgetTimes: 0.1 }, { budgetTimes: 10 }]
    expect(isAlarm({ overrides: [strict] }, EDGE)).toBe(false)
    expect(isAlarm({ ...low, overrides: [loose] }, EDGE)).toBe(true)
    expect(isAlarm({ overrides: [loose, strict] }, EDGE)).toBe(false)
  })

  it('are the stricter of the account and its part of the organisation', () => {
    const budgets = { account: 2, organization: 1.5 }
    expect(isAlarm({ alarmBudget: budgets }, EDGE)).toBe(false)
    expect(isAlarm({ alarmBudget: { ...budgets, account: 0.1, organization: 99 } }, EDGE)).toBe(
      false,
    )
  })
})
