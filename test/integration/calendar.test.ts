import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { settingsFrom } from '../../src/base/settings.ts'
import { runCommandLine } from '../../src/cli/command-line.ts'
import { icsOf } from '../support/ics.ts'
import { place, recordingTerminal } from '../support/offtrail.ts'
import { insightsOf, runOver, withStore, writeDays, written } from '../support/pipeline-world.ts'

const { path } = place()

/** The days on which bursts begin at noon are 11 to 13 March 2026. */
beforeAll(async () => {
  writeDays(path('trail'), { from: 0, until: 12 }, (day) =>
    day < 9 ? [] : [{ minute: 720, count: 300, changes: { eventName: `Create${day}` } }],
  )
  await withStore(path('offtrail.db'), (store) => runOver(store, path('trail')))
})

async function offtrail(...args: readonly string[]) {
  const { terminal, said } = recordingTerminal()
  return { code: await runCommandLine(args, terminal), ...said }
}

const noon = { start: '2026-03-11T12:00', end: '2026-03-11T12:30' }
const calendar = { name: 'noon', skip: ['result'], reason: 'load tests', events: [noon] }

describe('a calendar that skips results', () => {
  it('keeps back what begins inside it, and lets it be heard again, without scoring', async () => {
    await withStore(path('offtrail.db'), async (store) => {
      const heard = async (calendars: readonly object[]) => {
        const settings = settingsFrom({ calendars })
        const { detect } = await runOver(store, path('trail'), { settings })
        expect(detect.daysScored).toBe(0)
        return insightsOf(store).map(({ eventName }) => eventName)
      }
      const all = await heard([])
      expect(new Set(all)).toEqual(new Set(['Create9', 'Create10', 'Create11']))
      expect(new Set(await heard([calendar]))).toEqual(new Set(['Create10', 'Create11']))
      const daily = [{ ...noon, repeats: 'FREQ=DAILY' }]
      expect(await heard([{ ...calendar, events: daily }])).toEqual([])
      const ten = await heard([{ ...calendar, api: 'ec2:Create10', events: daily }])
      expect(new Set(ten)).toEqual(new Set(['Create9', 'Create11']))
      expect(await heard([{ ...calendar, account: '000000000000', events: daily }])).toEqual(all)
      expect(await heard([])).toEqual(all)
    })
  })
})

describe('offtrail calendar', () => {
  it('imports a file, keeps what else is in the settings, and lists what takes place', async () => {
    const file = written(path('offtrail.yaml'), '# ours\nfloors:\n  calls: 12\n')
    const patch = ['SUMMARY:patches', 'DTSTART;TZID=Europe/Berlin:20260304T130000', 'DURATION:PT1H']
    const ics = icsOf([...patch, 'RRULE:FREQ=WEEKLY', 'ATTENDEE:mailto:jane@example.com'])
    const from = written(path('sent', 'patches.ics'), ics)
    const add = (...args: readonly string[]) => offtrail('calendar', 'import', from, ...args)
    const first = await add('--name', 'patches', '--skip', 'result', '--write', file)
    expect([first.code, first.err]).toEqual([
      0,
      expect.stringContaining('Calendar patches (1 event) is in'),
    ])
    const text = readFileSync(file, 'utf8').replace('- name', '# ticket 7\n  - name')
    written(file, text)
    const scope = ['--api', 'ec2:*', '--reason', 'again']
    await add('--name', 'more', '--skip', 'result', '--skip', 'learning', ...scope, '--write', file)
    expect(readFileSync(file, 'utf8')).toBe(
      [
        '# ours\nfloors:\n  calls: 12\ncalendars:\n  # ticket 7\n  - name: patches\n    file: sent/patches.ics',
        '    skip:\n      - result\n    reason: imported from patches.ics\n  - name: more',
        '    file: sent/patches.ics\n    skip:\n      - result\n      - learning\n    api: ec2:*\n    reason: again\n',
      ].join('\n'),
    )
    const span = ['--from', '2026-03-23', '--to', '2026-04-02']
    const listed = await offtrail('calendar', 'list', '-c', file, ...span)
    expect(listed.out).toMatch(
      /2026-03-25T12:00:00Z {2}2026-03-25T13:00:00Z {2}result {12}all {8}patches\n.*2026-04-01T11:00:00Z.*api=ec2:\* {2}more: patches\n$/s,
    )
    const json = JSON.parse((await offtrail('calendar', 'list', '-c', file, ...span, '--json')).out)
    expect(json).toHaveLength(4)
    expect(json[3]).toEqual({
      ...{ calendar: 'more', title: 'patches', skip: ['result', 'learning'], reason: 'again' },
      ...{ from: '2026-04-01T11:00:00Z', until: '2026-04-01T12:00:00Z' },
      ...{ account: null, region: null, api: 'ec2:*' },
    })
    const shown = await offtrail('config', 'print', '-c', file, '--json')
    expect(JSON.parse(shown.out).calendars[0]).toEqual({
      ...{ name: 'patches', file: 'sent/patches.ics', skip: ['result'] },
      reason: 'imported from patches.ics',
    })
    const { out } = await offtrail('calendar', 'test', '-c', file, '--store', path('offtrail.db'))
    expect(out).toMatch(
      /^1\. patches skips result of all: imported from patches\.ics\n {3}silences /,
    )
    expect(out).toMatch(
      /silences [1-9]\d* insights?\n.*Create9.*\n\n2\. more .*silences 0 insights\n$/s,
    )
  })
})

describe('offtrail calendar, beside a store,', () => {
  it('remembers the calendars that a run decided with', async () => {
    const at = ['--store', path('remembered.db'), '-c', path('remembered.yaml')]
    const day = { start: '2026-03-11', end: '2026-03-12' }
    written(
      path('remembered.yaml'),
      JSON.stringify({ calendars: [{ ...calendar, events: [day] }] }),
    )
    expect((await offtrail('run', path('trail'), '--quiet', ...at)).code).toBe(0)
    const asked = ['--store', path('remembered.db'), '--json']
    const span = ['--from', '2026-03-11T10:00Z', '--to', '2026-03-11T11:00Z']
    const listed = JSON.parse((await offtrail('calendar', 'list', ...span, ...asked)).out)
    expect(listed).toMatchObject([{ calendar: 'noon', from: '2026-03-11T00:00:00Z' }])
    const tested = JSON.parse((await offtrail('calendar', 'test', ...asked)).out)
    expect(tested).toMatchObject([{ calendar: 'noon', silenced: [{ eventName: 'Create9' }] }])
  })

  it('prints the entry where no file is named to write it to', async () => {
    const file = written(path('one.ics'), icsOf(['DTSTART:20260304T130000Z', 'DURATION:PT1H']))
    const { code, out } = await offtrail(
      'calendar',
      'import',
      file,
      '--name',
      'one',
      '--skip',
      'result',
    )
    expect(code).toBe(0)
    expect(out).toMatch(
      /^calendars:\n {2}- name: one\n {4}file: .*one\.ics\n {4}skip:\n {6}- result\n/,
    )
  })

  it('says where nothing is to be listed or tested', async () => {
    const settings = written(path('none.yaml'), '{}')
    const none = 'There are no calendars in these settings.\n'
    expect((await offtrail('calendar', 'list', '-c', settings)).out).toBe(none)
    const test = ['calendar', 'test', '-c', settings, '--store', path('offtrail.db')]
    expect((await offtrail(...test)).out).toBe(none)
    written(path('later.yaml'), JSON.stringify({ calendars: [calendar] }))
    const later = await offtrail('calendar', '-c', path('later.yaml'), '--from', '2027-01-01')
    expect(later.out).toBe('Nothing takes place in that time.\n')
  })
})

describe('offtrail calendar, given what it cannot read,', () => {
  it.each([
    ['gone.ics', ['--skip', 'result'], 'cannot read the calendar'],
    ['bad.ics', ['--skip', 'result'], 'bad.ics: line 3: event at line 3: it has no DTSTART'],
    ['good.ics', ['--skip', 'nothing'], 'skip'],
    ['good.ics', ['--skip', 'result', '--zone', 'Mars'], 'Mars is no time zone'],
    ['good.ics', ['--skip', 'result', '--name', 'noon'], 'noon is the name of another calendar'],
  ])('refuses %s %j and leaves the settings as they are', async (file, args, words) => {
    const text = JSON.stringify({ calendars: [calendar] })
    const settings = written(path('refused.yaml'), text)
    written(path('bad.ics'), icsOf(['SUMMARY:nothing']))
    written(path('good.ics'), icsOf(['DTSTART:20260304T130000Z', 'DURATION:PT1H']))
    const { code, err } = await offtrail(
      ...['calendar', 'import', path(file), '--name', 'new', '--write', settings, ...args],
    )
    expect([code, err]).toEqual([2, expect.stringContaining(words)])
    expect(readFileSync(settings, 'utf8')).toBe(text)
  })

  it('has every trouble of a calendar file told with its line in the settings', async () => {
    written(path('cut.ics'), icsOf(['DTSTART:20260304T130000Z']).slice(0, 60))
    const entry = (rest: string) => `  - name: a\n    skip: [result]\n    reason: x\n${rest}`
    const check = async (rest: string) => {
      const settings = written(path('checked.yaml'), `calendars:\n${entry(rest)}`)
      return (await offtrail('config', 'validate', settings)).out
    }
    expect(await check('    file: cut.ics\n')).toMatch(
      /checked\.yaml:5: calendars\.0\.file: cut\.ics: line 3: BEGIN:VEVENT has no END/,
    )
    expect(await check('    file: gone.ics\n')).toContain('cannot read the calendar')
    expect(await check('    file: .\n')).toContain('it is no file')
    expect(await check('    events:\n      - {start: soon, end: late}\n')).toMatch(
      /checked\.yaml:6: calendars\.0\.events\.0: 'soon' is no time/,
    )
  })
})
