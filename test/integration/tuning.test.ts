import { existsSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Label } from '../../src/base/label.ts'
import { settingsFrom } from '../../src/base/settings.ts'
import { runCommandLine } from '../../src/cli/command-line.ts'
import { isAlarm } from '../../src/insight/insight.ts'
import { backtest, decideHistory } from '../../src/pipeline/tuning/backtest.ts'
import { changedSettings } from '../../src/pipeline/tuning/changed-settings.ts'
import { differenceOf } from '../../src/pipeline/tuning/difference.ts'
import { tune } from '../../src/pipeline/tuning/tune.ts'
import { openReader } from '../../src/store/sqlite/open-reader.ts'
import { place, recordingTerminal } from '../support/offtrail.ts'
import {
  DAY_MS,
  DEFAULTS,
  FIRST_DAY_MS,
  insightsOf,
  runOver,
  withStore,
  writeDays,
  written,
} from '../support/pipeline-world.ts'

const { path } = place()
const WHOLE = { labels: [], fromMs: 0, untilMs: Number.MAX_SAFE_INTEGER }

/** Bursts that grow from day to day, each of an API of its own. */
const burstOn = (day: number) =>
  day < 10
    ? []
    : [
        {
          minute: 720,
          count: day === 20 ? 4000 : 4 * (day - 8),
          changes: { eventName: `Create${'ABCDEFGHIJKL'[day - 10]}` },
        },
      ]

beforeAll(async () => {
  writeDays(path('trail'), { from: 0, until: 21 }, burstOn)
  await withStore(path('store.db'), (store) => runOver(store, path('trail')))
})

const label = (day: number, changes: Partial<Label> = {}): Label => ({
  ...{ kind: 'burst', title: `day ${day}`, account: null, region: null },
  ...{ eventSource: null, eventName: `Create${'ABCDEFGHIJKL'[day - 10]}`, errorCode: null },
  ...{ principal: null },
  startMs: FIRST_DAY_MS + day * DAY_MS + DAY_MS / 2,
  endMs: FIRST_DAY_MS + day * DAY_MS + DAY_MS / 2 + 600_000,
  ...changes,
})

describe('a backtest', () => {
  it.each([
    [['alarmBudget.account', 0.05]],
    [['alarmBudget.account', 5]],
    [['floors.calls', 40]],
    [['profile', 'insights']],
  ] as const)('says what a run with %j reports, to the unit', async (change) => {
    const settings = changedSettings(DEFAULTS, [change], 1)
    await withStore(path('store.db'), async (store) => {
      await runOver(store, path('store-nothing'), { settings }).catch(() => {})
      await runOver(store, path('trail'), { settings })
      const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
      expect([...decideHistory(store, settings)].sort(byId)).toEqual(
        [...insightsOf(store)].sort(byId),
      )
      const incidents = new Set(
        insightsOf(store)
          .filter(isAlarm)
          .map((each) => each.incident),
      )
      expect(backtest(store, settings, WHOLE).incidents).toBe(incidents.size)
      await runOver(store, path('trail'), { settings: DEFAULTS })
    })
  })

  it('holds what it finds against labels', async () => {
    const store = openReader(path('store.db'))
    const labels = [label(19), label(20), label(12, { eventName: 'NeverCalled', kind: 'made up' })]
    const result = backtest(store, DEFAULTS, { ...WHOLE, labels })
    expect(result.kinds).toEqual({
      burst: { caught: 2, labelled: 2 },
      'made up': { caught: 0, labelled: 1 },
    })
    expect(result).toMatchObject({ labelled: 3, caught: 2, recall: 2 / 3 })
    expect(result.others).toBe(result.incidents - 2)
    expect(result.precision).toBe(2 / result.incidents)
    expect(result.accountWeeks).toBeCloseTo(3, 1)
    expect(result.othersPerWeek.low).toBeLessThan(result.othersPerWeek.got)
    expect(result.medianDelay).toBe(5)
    const last = backtest(store, DEFAULTS, { ...WHOLE, labels, fromMs: label(20).startMs - 1 })
    expect(last).toMatchObject({ labelled: 1, caught: 1, incidents: 1, precision: 1, f1: 1 })
    store.close()
  })
})

describe('tuning', () => {
  it('proposes the largest budget that kept to what was asked', () => {
    const store = openReader(path('store.db'))
    const { chosen, steps, keeps } = tune(store, DEFAULTS, { ...WHOLE, budget: 1 })
    expect(keeps).toBe(true)
    expect(chosen.result.othersPerWeek.got).toBeLessThanOrEqual(1)
    for (const { asked, result } of steps) {
      if (asked > chosen.asked) expect(result.othersPerWeek.got).toBeGreaterThan(1)
    }
    store.close()
  })

  it('says so where even the strictest budget brings more', () => {
    const store = openReader(path('store.db'))
    const strict = { ...WHOLE, fromMs: label(20).startMs - 1, budget: 1 }
    const { chosen, keeps, steps } = tune(store, DEFAULTS, strict)
    expect([keeps, chosen]).toEqual([false, steps[0]])
    store.close()
  })

  it('does not count against a budget what is labelled', () => {
    const store = openReader(path('store.db'))
    const labels = Array.from({ length: 11 }, (_, place) => label(place + 10))
    const without = tune(store, DEFAULTS, { ...WHOLE, budget: 0.5 })
    const withThem = tune(store, DEFAULTS, { ...WHOLE, labels, budget: 0.5 })
    expect(withThem.chosen.asked).toBeGreaterThan(without.chosen.asked)
    store.close()
  })
})

it('the difference of two settings is what one raises and the other does not', () => {
  const store = openReader(path('store.db'))
  const strict = settingsFrom({ floors: { calls: 40 } })
  const there = differenceOf(store, DEFAULTS, strict)
  const back = differenceOf(store, strict, DEFAULTS)
  expect(there.lost.length).toBeGreaterThan(0)
  expect(there.gained).toEqual([])
  expect(back).toEqual({ gained: there.lost, lost: [], kept: there.kept })
  expect(differenceOf(store, strict, strict)).toMatchObject({ gained: [], lost: [] })
  store.close()
})

async function offtrail(...args: readonly string[]) {
  const { terminal, said } = recordingTerminal()
  const at = ['--store', path('store.db')]
  return { code: await runCommandLine([...args, ...at], terminal), ...said }
}

describe('on the command line', () => {
  it('backtest prints a line for each combination', async () => {
    const labels = written(
      path('labels.csv'),
      'kind,startTime,endTime\n=1+1,2026-03-21T12:00:00Z,2026-03-21T12:10:00Z\n',
    )
    const grid = ['--grid', 'alarmBudget.account=0.1,2', '--grid', 'floors.calls=10,40']
    const table = await offtrail('backtest', ...grid, '--labels', labels, '--format', 'table')
    expect(table.code).toBe(0)
    expect(table.out.split('\n')[0]).toMatch(/^alarmBudget\.account +floors\.calls +OTHERS A WEEK/)
    expect(table.out).toMatch(/^ +0\.1 +40 /m)
    expect(table.out).toMatch(/^=1\+1 +1 of 1$/m)
    expect(table.err).toMatch(/^Over 3\.\d account-weeks, 1 label\./)
    const json = JSON.parse((await offtrail('backtest', ...grid, '--json')).out)
    expect(json).toHaveLength(4)
    expect(json[3].settings).toEqual({ 'alarmBudget.account': 2, 'floors.calls': 40 })
    const csv = await offtrail('backtest', ...grid, '--labels', labels, '--format', 'csv')
    expect(csv.out.split('\r\n')[0]).toMatch(
      /^alarmBudget\.account,floors\.calls,others_a_week,.*caught_=1\+1$/,
    )
    const html = await offtrail('backtest', ...grid, '--labels', labels, '--format', 'html')
    expect(html.out.match(/<tr>/g)).toHaveLength(1 + 4 + 1 + 1)
    expect(html.out).toContain('<td>=1+1</td><td>1 of 1</td>')
    expect(html.out.match(/<circle /g)).toHaveLength(4)
    expect(html.out).not.toMatch(/<script|src=|href=/)
    const lines = await offtrail('backtest', '--quiet')
    expect([lines.out.trim().split('\n').length, lines.err]).toEqual([6, ''])
  })

  it('tune writes what it proposes, and leaves the rest of the file', async () => {
    const file = written(path('offtrail.yaml'), '# ours\nfloors:\n  calls: 12 # not fewer\n')
    const { code, err } = await offtrail('tune', '--budget', '1', '-c', file, '--write', file)
    expect(code).toBe(0)
    expect(err).toMatch(/Proposed: alarmBudget: { account: [\d.]+, organization: 10 }/)
    const text = readFileSync(file, 'utf8')
    expect(text).toMatch(
      /^# ours\nfloors:\n {2}calls: 12 # not fewer\nalarmBudget:\n {2}account: [\d.]+\n {2}organization: 10\n$/,
    )
    const json = JSON.parse((await offtrail('tune', '--budget', '1', '-c', file, '--json')).out)
    expect(text).toContain(`account: ${json.proposed['alarmBudget.account']}\n`)
    const fresh = path('fresh.yaml')
    expect(existsSync(fresh)).toBe(false)
    await offtrail('tune', '--budget', '1', '--write', fresh)
    expect(readFileSync(fresh, 'utf8')).toMatch(/^alarmBudget:\n/)
  })

  it('diff shows what changes, and fails where it should', async () => {
    const strict = written(path('strict.yaml'), 'floors: { calls: 40 }\n')
    const same = written(path('same.yaml'), '{}\n')
    const shown = await offtrail('diff', same, strict)
    expect(shown.code).toBe(0)
    expect(shown.out).toMatch(/^0 gained\n[1-9]\d* lost\n.*CreateC.*\n\d+ alarms stay\.\n$/s)
    expect((await offtrail('diff', strict, '--fail-on-change')).code).toBe(1)
    expect((await offtrail('diff', same, '--fail-on-change')).code).toBe(0)
    const { gained, lost } = JSON.parse((await offtrail('diff', strict, same, '--json')).out)
    expect([gained.length > 0, lost]).toEqual([true, []])
  })

  it.each([
    [['backtest', '--grid', 'windowMinutes=5'], 'is nothing to turn'],
    [['backtest', '--from', '2026-03-04', '--to', '2026-03-03'], '--from must lie before --to'],
    [['insights', '--from', '2026-03-04', '--to', '2026-03-03'], '--from must lie before --to'],
    [['tune', '--budget', '0'], '--budget takes a number above 0'],
    [['tune', '--budget', 'many'], '--budget takes a number above 0'],
  ])('refuses %j', async (args, words) => {
    const { code, err } = await offtrail(...args)
    expect(code).toBe(2)
    expect(err).toContain(words)
  })
})
