import { beforeAll, describe, expect, it } from 'vitest'
import { settingsFrom } from '../../src/base/settings.ts'
import { runCommandLine } from '../../src/cli/command-line.ts'
import { outlookOf } from '../../src/pipeline/outlook.ts'
import { decideHistory } from '../../src/pipeline/tuning/backtest.ts'
import { whyOf } from '../../src/pipeline/why.ts'
import { openReader } from '../../src/store/sqlite/open-reader.ts'
import type { StoreReader } from '../../src/store/store.ts'
import { place, recordingTerminal } from '../support/offtrail.ts'
import {
  DAY_MS,
  FIRST_DAY_MS,
  runOver,
  withStore,
  writeDays,
  written,
} from '../support/pipeline-world.ts'
import { BY_CONTRACTOR, CONTRACTOR, sweep } from '../support/reconnaissance.ts'

const { path } = place()
const DENIED = { eventName: 'GetSecretValue', readOnly: true, errorCode: 'AccessDenied' }
const BURST_MS = FIRST_DAY_MS + 9 * DAY_MS + DAY_MS / 2

beforeAll(async () => {
  writeDays(path('trail'), { from: 0, until: 12 }, (day) =>
    day === 9
      ? [
          { minute: 720, count: 300 },
          { minute: 900, count: 60, changes: DENIED },
        ]
      : [],
  )
  await withStore(path('offtrail.db'), (store) => runOver(store, path('trail')))
})

/** What alarms there are with these overrides: API and error code. */
function alarmsWith(overrides: readonly object[]): readonly string[] {
  return using((store) => {
    const found = decideHistory(store, settingsFrom({ overrides })).filter(({ insightType }) =>
      ['ApiCallRateInsight', 'ApiErrorRateInsight'].includes(insightType),
    )
    return found.map(({ eventName, errorCode }) => `${eventName} ${errorCode ?? ''}`.trim()).sort()
  })
}

function using<Answer>(use: (store: StoreReader) => Answer): Answer {
  const store = openReader(path('offtrail.db'))
  try {
    return use(store)
  } finally {
    store.close()
  }
}

const RUN = 'RunInstances'
const SECRET = 'GetSecretValue'
const SECRET_DENIED = 'GetSecretValue AccessDenied'
const ALL = [SECRET, SECRET_DENIED, RUN].sort()
const none = { calls: 100_000, errors: 100_000 }

describe('an override', () => {
  it('turns nothing where it names nothing that matches', () => {
    expect(alarmsWith([])).toEqual(ALL)
    expect(alarmsWith([{ api: 's3:*', floors: none }])).toEqual(ALL)
  })

  it.each([
    ['api', { api: 'ec2:Run*' }, [SECRET, SECRET_DENIED]],
    ['every API', {}, []],
    ['another account', { account: '999999999999' }, ALL],
    ['a Region', { region: '*-?' }, []],
    ['an error code', { errorCode: 'Access*' }, [SECRET, RUN]],
    ['call rates', { insightType: 'ApiCallRateInsight' }, [SECRET_DENIED]],
    ['error rates', { insightType: 'ApiErrorRateInsight' }, [SECRET, RUN]],
    ['falls', { direction: 'down' }, ALL],
    ['rises', { direction: 'up' }, []],
    ['reads', { readOnly: true }, [RUN]],
    ['writes', { readOnly: false }, [SECRET, SECRET_DENIED]],
    ['all of several selectors', { api: 'ec2:*', readOnly: true }, [RUN]],
  ])('by %s raises floors for what it names alone', (_, selectors, left) => {
    expect(alarmsWith([{ ...selectors, floors: none }])).toEqual([...left].sort())
  })

  it('takes so many times the false alarms', () => {
    const strict = alarmsWith([{ api: 'ec2:Run*', budgetTimes: 0.03 }])
    using((store) => {
      const why = (budgetTimes: number) =>
        whyOf(store, settingsFrom({ overrides: [{ api: 'ec2:*', budgetTimes }] }))(
          store.series({ eventName: [RUN] }, { limit: 1, after: null }).rows[0]?.id ?? '',
          BURST_MS,
          null,
        ).needed
      expect((why(0.1) ?? 0) - (why(1) ?? 0)).toBeCloseTo(Math.log(10), 9)
    })
    expect(ALL).toEqual(expect.arrayContaining([...strict]))
  })

  it('is laid over those before it, value by value', () => {
    const first = { api: 'ec2:Run*', floors: none }
    const second = { api: 'ec2:*', floors: { calls: 10 } }
    expect(alarmsWith([first, second])).toEqual(ALL)
    expect(alarmsWith([second, first])).not.toContain(RUN)
    expect(alarmsWith([first, { api: 'ec2:*', floors: { ratio: 2 } }])).not.toContain(RUN)
  })
})

describe('an override of sums over many APIs', () => {
  const ACCOUNT = '111122223333'
  const SUMS = ['DeniedCalls', 'DistinctApis']

  beforeAll(async () => {
    const denied = { ...BY_CONTRACTOR, errorCode: 'AccessDenied' }
    writeDays(path('sums'), { from: 0, until: 12 }, (day) =>
      day === 10 ? sweep({ apis: 60, calls: 1, minute: 600 }, denied) : [],
    )
    await withStore(path('sums.db'), (store) => runOver(store, path('sums')))
  })

  const within = <Answer>(use: (store: StoreReader) => Answer): Answer => {
    const store = openReader(path('sums.db'))
    try {
      return use(store)
    } finally {
      store.close()
    }
  }
  const sumsWith = (overrides: readonly object[], more: object = {}) =>
    within((store) =>
      decideHistory(store, settingsFrom({ overrides, ...more }))
        .filter(
          ({ aggregate, principal }) =>
            aggregate?.scope === 'principal' && principal === CONTRACTOR,
        )
        .map(({ eventName }) => eventName)
        .sort(),
    )
  const none = { distinct: 1e5, newcomers: 1e5, denials: 1e5, breadth: 1e5 }
  const all = () => sumsWith([])

  it.each([
    ['everything', {}, true],
    ['the account', { account: ACCOUNT }, true],
    ['another account', { account: '999999999999' }, false],
    ['their type', { insightType: 'AggregateInsight' }, true],
    ['another type', { insightType: 'ApiCallRateInsight' }, false],
    ['rises', { direction: 'up' }, true],
    ['falls', { direction: 'down' }, false],
    ['a service', { api: 'ec2:*' }, false],
    ['their own name', { api: 'offtrail:*' }, true],
    ['an error code', { errorCode: '*' }, false],
    ['reads', { readOnly: true }, false],
    ['writes', { readOnly: false }, false],
    ['all Regions joined', { region: 'all' }, true],
  ])('by %s reaches them, or does not', (_, selectors, reaches) => {
    expect(sumsWith([{ ...selectors, floors: none }])).toEqual(reaches ? [] : all())
    expect(all()).toEqual(SUMS)
  })

  it('is laid over the settings, and over those before it', () => {
    expect(sumsWith([], { floors: none })).toEqual([])
    const lower = { account: ACCOUNT, floors: { denials: 60 } }
    expect(sumsWith([lower], { floors: none })).toEqual(['DeniedCalls'])
    expect(sumsWith([lower, { floors: none }], { floors: none })).toEqual([])
    expect(sumsWith([{ account: ACCOUNT, budgetTimes: 0.03 }])).toEqual(['DistinctApis'])
  })

  it('tells the smallest burst that is noticed where it turns every API of an account', () => {
    const smallest = (overrides: readonly object[]) =>
      within((store) => outlookOf(store, settingsFrom({ overrides })).smallestBurst[0]?.calls)
    expect(smallest([])).toBe(10)
    expect(smallest([{ account: ACCOUNT, floors: { calls: 70 } }])).toBe(70)
    for (const selectors of [
      { api: '*' },
      { direction: 'down' },
      { account: '9*' },
      { insightType: 'ApiErrorRateInsight' },
    ]) {
      expect(smallest([{ ...selectors, floors: { calls: 70 } }])).toBe(10)
    }
  })
})

describe('config print --series', () => {
  const offtrail = async (...args: readonly string[]) => {
    const { terminal, said } = recordingTerminal()
    const all = ['config', 'print', '--store', path('offtrail.db'), ...args]
    return { code: await runCommandLine(all, terminal), ...said }
  }

  it('says what decides, and which rule set it', async () => {
    const id = using(
      (store) => store.series({ eventName: [RUN] }, { limit: 1, after: null }).rows[0]?.id ?? '',
    )
    const file = written(
      path('offtrail.yaml'),
      'alarmBudget: { account: 3 }\noverrides:\n  - { api: "ec2:*", floors: { calls: 20, ratio: 4 } }\n  - { api: "ec2:Run*", floors: { calls: 30 }, budgetTimes: 0.5 }\n  - { errorCode: "*", floors: { errors: 9 } }\n',
    )
    const { out } = await offtrail('-c', file, '--series', id)
    expect(out).toBe(
      [
        'SETTING              VALUE  FROM',
        'alarmBudget.account      3  settings',
        'budgetTimes            0.5  override 2',
        'floors.calls            30  override 2',
        'floors.ratio             4  override 1',
        'floors.errors            5  settings',
        'floors.denseCalls        3  settings',
        'floors.denseErrors       2  settings',
        '',
      ].join('\n'),
    )
    const json = await offtrail('-c', file, '--series', id, '--error-code', 'X', '--json')
    expect(JSON.parse(json.out)).toContainEqual({
      ...{ path: 'floors.errors', value: 9, from: 'override 3' },
    })
    expect((await offtrail('--series', '0123456789abcdef')).code).toBe(4)
  })

  it.each([
    ['overrides: [{}]', 'overrides'],
    ['overrides: [{ api: "x:*", budgetTimes: 0 }]', 'budgetTimes'],
    ['overrides: [{ api: "x:*", floors: { callz: 1 } }]', 'callz'],
    ['overrides: [{ principal: "x" }]', 'principal'],
  ])('refuses %s', async (text, words) => {
    const { code, err } = await offtrail('-c', written(path('wrong.yaml'), `${text}\n`))
    expect([code, err.includes(words)]).toEqual([2, true])
  })
})
