import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../src/store/sqlite/open-store.ts'
import { commandLine, place, valuesOf } from '../support/offtrail.ts'
import { dayText, writeDays, written } from '../support/pipeline-world.ts'

const { path } = place()

beforeAll(() => {
  writeDays(path('trail'), { from: 0, until: 10 }, (day) =>
    day === 8 ? [{ minute: 720, count: 300 }] : [],
  )
})

describe('offtrail run', () => {
  it('prints results to stdout and the rest to stderr, and ends with 0', async () => {
    const { code, out, err } = await commandLine([
      'run',
      path('trail'),
      '--store',
      path('first.db'),
    ])
    expect({ code, found: valuesOf(out).length }).toEqual({ code: 0, found: 1 })
    expect(valuesOf(out)[0]).toMatchObject({ eventName: 'RunInstances', state: 'closed' })
    expect(err).toContain('Files    10 listed = 10 done')
    expect(err).toContain('Records  1 740 read = 1 740 counted + 0 duplicate + 0 late + 0 rejected')
    expect(err).toContain('Insights 1 new')
    expect(err).toMatch(/The smallest burst noticed on a rarely used API: \d+ calls\./)
  })

  it('says the second time that nothing is new, and prints no result', async () => {
    const { code, out, err } = await commandLine([
      'run',
      '--input',
      path('trail'),
      '--store',
      path('first.db'),
    ])
    expect({ code, out }).toEqual({ code: 0, out: '' })
    expect(err).toContain('Nothing new: every file was read before, and nothing changed.')
    expect(err).toContain('Files    10 listed = 0 done + 10 unchanged')
  })

  it.each([
    { format: 'table', start: 'SEV ' },
    { format: 'json', start: '{\n  "insights": [' },
    { format: 'ndjson', start: '{"id":' },
    { format: 'csv', start: 'id,state,severity' },
    { format: 'insights', start: '{"eventVersion":"1.' },
  ])('prints results as $format, or writes them with -o', async ({ format, start }) => {
    const args = ['run', path('trail'), '--quiet', '--format', format, '--store']
    const printed = await commandLine([...args, path(`${format}.db`)])
    expect(printed).toMatchObject({ code: 0, err: '' })
    expect(printed.out.startsWith(start), printed.out.slice(0, 40)).toBe(true)
    const filed = await commandLine([
      ...args,
      path(`${format}-2.db`),
      '-o',
      path('results', format),
    ])
    expect(filed).toEqual({ code: 0, out: '', err: '' })
    const text = readFileSync(path('results', format), 'utf8')
    expect(text.startsWith(start)).toBe(true)
    expect(readdirSync(path('results')).filter((name) => name.startsWith('.'))).toEqual([])
  })

  it('reads standard input', async () => {
    const { code, err } = await commandLine(['run', '-', '--store', path('pipe.db')], {
      input: Readable.from([dayText(0)]),
    })
    expect(code).toBe(0)
    expect(err).toContain('Records  144 read = 144 counted')
  })

  it('ends with 1 when a new insight is as severe as --fail-on says, and only then', async () => {
    const args = ['run', path('trail'), '--quiet', '--store', path('fail.db'), '--fail-on', 'info']
    expect((await commandLine(args)).code).toBe(1)
    expect((await commandLine(args)).code).toBe(0)
  })

  it('says that nothing was found where there is nothing to read', async () => {
    writeFileSync(path('notes.txt'), 'no trail')
    const { code, err } = await commandLine(['run', path('notes.txt'), '--store', path('none.db')])
    expect(code).toBe(0)
    expect(err).toContain('1 skipped (not CloudTrail 1)')
    expect(err).toContain('nothing there is a CloudTrail log')
  })
})

describe('offtrail run --from', () => {
  it('passes over files that were delivered at another time, and reads them when asked to', async () => {
    const file = (day: number) =>
      `AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/0${day}/111122223333_CloudTrail_eu-west-1_2026030${day}T2350Z_AbCdEfGhIjKlMnOp.json`
    for (let day = 2; day < 8; day += 1) written(path(join('layout', file(day))), dayText(day - 2))
    const run = (...args: string[]) =>
      commandLine(['run', path('layout'), '--store', path('layout.db'), ...args])
    expect((await run('--from', '2026-03-06')).err).toContain('Files    2 listed = 2 done')
    const between = await run('--from', '2026-03-03', '--to', '2026-03-03')
    expect(between.err).toContain('Files    2 listed = 2 done')
    expect((await run()).err).toContain('Files    6 listed = 2 done + 4 unchanged')
    expect((await run('--from', '2026-03-07')).err).not.toContain('passed over')
    const none = await run('--from', '2026-04-01', '--to', '2026-04-02')
    expect(none.err).toContain('none found there, delivered in the time that --from and --to leave')
    expect(none.err).toMatch(
      /! The store knows events up to 2026-03-0\S+, and --from begins at 2026-04-01T00:00:00Z: what was delivered between is passed over/,
    )
    const piped = ['run', '-', '--store', path('layout.db'), '--from', '2026-04-01']
    expect((await commandLine(piped, { input: Readable.from([dayText(9)]) })).err).not.toContain(
      'passed over',
    )
  })
})

describe('offtrail run, used wrongly', () => {
  it.each([
    [[], 2, 'say what to read'],
    [['nowhere'], 2, 'there is no file or folder nowhere'],
    [['s3://Bucket/AWSLogs'], 2, 'write s3://BUCKET'],
    [[path('trail'), '--wat'], 2, "unknown option '--wat' [USAGE]\nofftrail run --help"],
    [[path('trail'), '--as-of', 'tomorrow'], 2, "'tomorrow' is no moment"],
    [
      [path('trail'), '--fail-on', 'bad'],
      2,
      'Allowed choices are none, info, minor, major, critical',
    ],
    [['lookup://'], 2, 'write lookup://REGION'],
    [
      [path('trail'), '--from', '2026-03-04', '--to', '2026-03-03'],
      2,
      '--from must not lie after --to',
    ],
    [[path('trail'), '-c', 'nowhere.yaml'], 2, 'cannot read the settings file nowhere.yaml'],
    [[path('trail'), '-c', path('wrong.yaml')], 2, 'line 2: floors: callz is not a setting'],
    [[path('trail'), '--store', path('damaged.db')], 65, 'the store is damaged'],
    [[path('trail'), '-o', '/proc/results'], 74, 'cannot write /proc/results'],
  ])('%j ends with %i and says why', async (args, expected, words) => {
    writeFileSync(path('wrong.yaml'), 'floors:\n  callz: 3\n')
    writeFileSync(path('damaged.db'), 'no database'.repeat(100))
    const store = args.includes('--store') ? [] : ['--store', path('wrong.db')]
    const { code, out, err } = await commandLine(['run', ...args, ...store])
    expect({ code, out }).toEqual({ code: expected, out: '' })
    expect(err).toContain(words)
    expect(err).not.toContain('bug')
  })

  it('leaves no store behind for a path that was mistyped', async () => {
    await commandLine(['run', 'nowhere', '--store', path('never.db')])
    expect(existsSync(path('never.db'))).toBe(false)
  })

  it('ends with 75 while another process writes, and names it', async () => {
    const store = openStore(path('busy.db'), {
      ...{ pid: process.ppid, host: 'elsewhere', isAlive: () => true, now: () => Date.now() },
    })
    const { code, err } = await commandLine(['run', path('trail'), '--store', path('busy.db')])
    store.close()
    expect(code).toBe(75)
    expect(err).toContain(`process ${process.ppid} on elsewhere is writing to this store`)
    expect((await commandLine(['run', path('trail'), '--store', path('busy.db'), '-q'])).code).toBe(
      0,
    )
  })

  it('delivers to a folder, beside the store', async () => {
    const since = ['--deliver-since', '2026-03-01', '--deliver', path('out'), '--strict']
    const { code, err } = await commandLine([
      'run',
      path('trail'),
      '--store',
      path('deliver.db'),
      ...since,
    ])
    expect(code).toBe(0)
    expect(err).toContain(`Delivered 1 insight to folder ${path('out')}.`)
    const [name, ...others] = readdirSync(path('out'), {
      recursive: true,
      encoding: 'utf8',
    }).filter((file) => file.endsWith('.gz'))
    expect(others).toEqual([])
    expect(name).toMatch(
      /^AWSLogs\/111122223333\/CloudTrail-Insight\/eu-west-1\/2026\/03\/10\/111122223333_CloudTrail-Insight_eu-west-1_20260310T1205Z_/,
    )
  })
})
