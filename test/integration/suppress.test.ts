import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { settingsFrom } from '../../src/base/settings.ts'
import { runCommandLine } from '../../src/cli/command-line.ts'
import { silencedBy } from '../../src/insight/suppression.ts'
import { place, recordingTerminal } from '../support/offtrail.ts'
import { insightsOf, runOver, withStore, writeDays, written } from '../support/pipeline-world.ts'

const { path } = place()

beforeAll(async () => {
  writeDays(path('trail'), { from: 0, until: 12 }, (day) =>
    day < 9 ? [] : [{ minute: 720, count: 300, changes: { eventName: `Create${day}` } }],
  )
  await withStore(path('offtrail.db'), (store) => runOver(store, path('trail')))
})

async function offtrail(...args: readonly string[]) {
  const { terminal, said } = recordingTerminal()
  return { code: await runCommandLine(['suppress', ...args], terminal), ...said }
}

describe('a suppression', () => {
  it('silences what matches with the next run, and lets it be heard again', async () => {
    await withStore(path('offtrail.db'), async (store) => {
      const heard = async (suppressions: readonly object[]) => {
        await runOver(store, path('trail'), { settings: settingsFrom({ suppressions }) })
        return insightsOf(store).map(({ eventName }) => eventName)
      }
      const all = await heard([])
      expect(new Set(all)).toEqual(new Set(['Create9', 'Create10', 'Create11']))
      const ten = await heard([{ api: 'ec2:Create10', reason: 'a test' }])
      expect(new Set(ten)).toEqual(new Set(['Create9', 'Create11']))
      expect(await heard([{ direction: 'up', reason: 'a test' }])).toEqual([])
      expect(await heard([])).toEqual(all)
    })
  })
})

describe('offtrail suppress', () => {
  it('adds rules, keeps what else is in the file, and shows what they silence', async () => {
    const file = written(path('offtrail.yaml'), '# ours\nfloors:\n  calls: 12\n')
    const add = (...args: readonly string[]) => offtrail('add', '-c', file, ...args)
    const first = await add('--api', 'ec2:Create9', '--reason', 'we rolled out')
    expect([first.code, first.err]).toEqual([0, expect.stringContaining('Rule 1 is in')])
    const text = readFileSync(file, 'utf8').replace('- api', '# ticket 7\n  - api')
    written(file, text)
    await add('--principal', '*', '--until', '2026-01-01', '--direction', 'up', '--reason', 'old')
    expect(readFileSync(file, 'utf8')).toBe(
      '# ours\nfloors:\n  calls: 12\nsuppressions:\n  # ticket 7\n  - api: ec2:Create9\n    reason: we rolled out\n  - principal: "*"\n    direction: up\n    reason: old\n    until: 2026-01-01T00:00:00Z\n',
    )
    const listed = await offtrail('list', '-c', file)
    expect(listed.out).toBe(
      '1. api=ec2:Create9: we rolled out\n2. principal=* direction=up until=2026-01-01T00:00:00Z: old\n',
    )
    const at = ['-c', file, '--store', path('offtrail.db')]
    const { out } = await offtrail('test', ...at)
    expect(out).toMatch(
      /^1\. api=ec2:Create9: we rolled out\n {3}silences [1-9]\d* insights?\n.*Create9/s,
    )
    expect(out).toMatch(/^2\. .*\n {3}silences 0 insights\n$/m)
    const json = JSON.parse((await offtrail('test', ...at, '--json')).out)
    expect(json[0].rule).toEqual({ api: 'ec2:Create9', reason: 'we rolled out' })
    expect(json[0].silenced[0]).toMatchObject({ eventName: 'Create9' })
    expect(json[1].silenced).toEqual([])
  })

  it('makes a rule of an insight, which silences it and whatever is like it', async () => {
    const file = path('like.yaml')
    const store = path('offtrail.db')
    const ids = await withStore(store, async (each) => insightsOf(each).map(({ id }) => id))
    const add = (...args: readonly string[]) =>
      offtrail('add', '-c', file, '--store', store, '--reason', 'known', ...args)
    expect((await add('--like', ids[0] ?? '', '--direction', 'up')).code).toBe(0)
    expect(readFileSync(file, 'utf8')).toMatch(
      /^suppressions:\n {2}- api: ec2:Create\d+\n {4}account: "\d{12}"\n {4}direction: up\n( {4}principal: \S+\n)? {4}reason: known\n$/,
    )
    const { suppressions } = settingsFrom(parse(readFileSync(file, 'utf8')))
    const silenced = await withStore(store, async (each) =>
      insightsOf(each).filter((insight) => silencedBy(suppressions, insight) === 0),
    )
    expect(silenced.map(({ id }) => id)).toContain(ids[0])
    expect(silenced.length).toBeLessThan(ids.length)
    expect((await add('--like', 'nobody')).code).not.toBe(0)
  })

  it('leaves a file alone in which something else stands there', async () => {
    const text = 'suppressions:\n  api: ec2:*\n'
    const file = written(path('map.yaml'), text)
    const { code, err } = await offtrail('add', '-c', file, '--api', 's3:*', '--reason', 'x')
    expect([code, err.includes('suppressions')]).toEqual([2, true])
    expect(readFileSync(file, 'utf8')).toBe(text)
  })
})

describe('offtrail suppress add', () => {
  it('makes the file where there is none', async () => {
    const file = path('new.yaml')
    expect((await offtrail('add', '-c', file, '--region', 'eu-*', '--reason', 'x')).code).toBe(0)
    expect(readFileSync(file, 'utf8')).toBe('suppressions:\n  - region: eu-*\n    reason: x\n')
  })

  it.each([
    [['--reason', 'x'], 'a rule names something beside its reason'],
    [['--api', 'ec2:*', '--insight-type', 'Loud', '--reason', 'x'], 'insightType'],
    [['--api', 'ec2:*', '--reason', ''], 'reason'],
    [['--effect', 'drop-from-counts', '--reason', 'x'], 'a rule names something'],
    [
      ['--effect', 'drop-from-counts', '--api', 'a:*', '--direction', 'up', '--reason', 'x'],
      'direction: calls have none',
    ],
    [['--effect', 'loud', '--api', 'a:*', '--reason', 'x'], 'drop-from-counts'],
    [['--api', 'ec2:*', '--until', 'soon', '--reason', 'x'], "'soon' is no moment"],
  ])('refuses %j', async (args, words) => {
    const { code, err } = await offtrail('add', '-c', path('refused.yaml'), ...args)
    expect(code).toBe(2)
    expect(err).toContain(words)
  })

  it('says so where there is nothing to test', async () => {
    const { out } = await offtrail('test', '--store', path('offtrail.db'))
    expect(out).toBe('There are no suppressions in these settings.\n')
  })
})

describe('a rule of the settings file', () => {
  it('says how many calls a rule drops, and which alarms that takes away', async () => {
    const file = path('drops.yaml')
    const add = (...args: readonly string[]) =>
      offtrail('add', '-c', file, '--effect', 'drop-from-counts', '--reason', 'load test', ...args)
    expect((await add('--api', 'ec2:Create9')).code).toBe(0)
    expect((await add('--api', 'ec2:Create*', '--from', '2026-03-12T13:00:00Z')).code).toBe(0)
    expect((await offtrail('list', '-c', file)).out).toContain(
      '1. effect=drop-from-counts api=ec2:Create9: load test\n',
    )
    const at = ['-c', file, '--store', path('offtrail.db')]
    const { out } = await offtrail('test', ...at)
    expect(out).toMatch(/^1\. .*\n {3}drops 300 calls, takes away 1 alarm, brings 0\n.*Create9/s)
    expect(out).toMatch(/^2\. .*\n {3}drops 600 calls, takes away 2 alarms, brings 0\n/m)
    const json = JSON.parse((await offtrail('test', ...at, '--json')).out)
    expect(json[1].dropped.lost).toMatchObject([
      { eventName: 'Create10' },
      { eventName: 'Create11' },
    ])
    expect(json[1].silenced).toEqual([])
  })

  it('removes a rule, and leaves the others and all comments', async () => {
    const file = written(
      path('remove.yaml'),
      'suppressions:\n  - { api: "a:*", reason: x }\n  # ours\n  - { api: "b:*", reason: y }\n',
    )
    expect((await offtrail('remove', '3', '-c', file)).code).toBe(2)
    expect((await offtrail('remove', '1', '-c', file)).err).toContain('1. api=a:*: x')
    expect(readFileSync(file, 'utf8')).toBe(
      'suppressions:\n  # ours\n  - { api: "b:*", reason: y }\n',
    )
    expect((await offtrail('remove', '1', '-c', file)).code).toBe(0)
    expect((await offtrail('list', '-c', file)).out).toBe('')
    expect((await offtrail('remove', '1', '-c', file)).code).toBe(2)
  })
})
