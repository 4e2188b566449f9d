import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { commandLine, place, valuesOf } from '../support/offtrail.ts'
import { writeDays, written } from '../support/pipeline-world.ts'

const { path } = place()
const store = ['--store', path('store.db')]

beforeAll(async () => {
  writeDays(path('trail'), { from: 0, until: 24 }, (day) => [
    ...(day % 4 === 0 ? [{ minute: 720 + day, count: 2 }] : []),
    ...(day === 9 ? [{ minute: 600, count: 2, changes: { eventName: 'StopInstances' } }] : []),
  ])
  await commandLine(['run', path('trail'), ...store, '--quiet'])
})

const inject = (...args: readonly string[]) => commandLine(['inject', ...args, ...store])
const AT = ['--at', '2026-03-22T12:00:00Z', '--at', '2026-03-23T12:00:00Z']

describe('offtrail inject', () => {
  it('says of each kind and size how often it would have been found, and the smallest', async () => {
    const args = ['--api', 'ec2:RunInstances', '--sizes', '500,3', '--format', 'table']
    const { code, out, err } = await inject(...args, '--repeats', '10')
    expect(code).toBe(0)
    expect(out).toMatch(/^ec2:RunInstances in 111122223333, eu-west-1: 10 moments from 2026-/)
    expect(out).toMatch(/^burst +3 calls in 5 minutes +0 of 10 +0\.00–0\.31 +- +-$/m)
    expect(out).toMatch(/^burst +500 calls in 5 minutes +10 of 10 +0\.69–1\.00 +5 min +\d+$/m)
    expect(out).toMatch(
      /^A burst of \d+ calls in 5 minutes on ec2:RunInstances would have been found (9|10) of 10 times, 5 minutes after it began; \d+ calls never\.$/m,
    )
    expect(out).toMatch(/^No drop on ec2:RunInstances would have been found 9 times of 10/m)
    expect(err).toContain('Nothing was written to the store.')
    expect(await inject(...args, '--repeats', '10')).toEqual({ code, out, err })
  }, 60_000)

  it('lists the busiest APIs that write where none is named', async () => {
    const { code, out } = await inject('--format', 'table', '--repeats', '5')
    expect(code).toBe(0)
    expect(out.split('\n').map((line) => line.split(' ')[0])).toEqual([
      ...['API', 'ec2:RunInstances', 'ec2:StopInstances', ''],
    ])
    expect(out).toMatch(/RunInstances .* 1\d calls in 5 minutes +5 of 5 /)
  }, 60_000)

  it('plants into an API that was never called, and errors with a code', async () => {
    const one = ['--api', 'kms:ScheduleKeyDeletion', '--kind', 'errors', ...AT]
    const { code, out } = await inject(...one, '--error-code', 'AccessDenied', '--json', '-q')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject([
      {
        ...{ eventSource: 'kms.amazonaws.com', eventName: 'ScheduleKeyDeletion', calls: 0 },
        errorCode: 'AccessDenied',
        moments: [
          { at: '2026-03-22T12:00:00Z', disturbed: false },
          { at: '2026-03-23T12:00:00Z', disturbed: false },
        ],
        kinds: [{ kind: 'errors', smallest: { found: 2, of: 2, delayMinutes: 5 } }],
        leftOut: ['aggregates', 'newApis', 'callers'],
      },
    ])
  })

  it('gives CSV and NDJSON, also into a file', async () => {
    const one = ['--api', 'StopInstances', '--kind', 'burst', '--sizes', '400', ...AT, '-q']
    const csv = (await inject(...one, '--format', 'csv', '-o', path('out.csv'))).code
    const [header, ...rows] = readFileSync(path('out.csv'), 'utf8').trim().split('\n')
    expect([csv, header]).toEqual([
      0,
      'account,region,event_source,event_name,kind,size,smallest,found,of,share,low,high,median_delay_minutes,severity,score',
    ])
    expect(rows[0]).toMatch(/,StopInstances,burst,\d+,true,2,2,1,0\.158\d+,1,5,/)
    expect(rows[1]).toMatch(/,burst,400,false,2,2,/)
    expect(valuesOf((await inject(...one)).out)).toMatchObject([{ eventName: 'StopInstances' }])
  })
})

describe('offtrail inject, asked for what cannot be answered,', () => {
  it.each([
    [['--api', 'Nope'], 2, "'Nope' was never called"],
    [['--api', 'kms:Nope', '--account', '5'], 4, 'nothing is known of 5'],
    [['--series', '12'], 4, 'no series has the id 12'],
    [['--account', '5'], 4, 'no such API that writes was seen'],
    [['--kind', 'blob'], 2, "--kind is one of burst, steady, ramp, drop, errors, not 'blob'"],
    [['--kind', 'errors'], 2, '--error-code AccessDenied'],
    [['--kind', 'burst', '--error-code', 'X'], 2, '--error-code goes with --kind errors'],
    [['--kind', 'drop', '--sizes', '50,101'], 2, '100 at most, not 101'],
    [['--sizes', '5,many'], 2, "not 'many'"],
    [['--api', 'RunInstances', '--at', '2025-01-01'], 2, 'leaves no room'],
    [['--repeats', '0'], 2, '--repeats takes a whole number'],
  ])('refuses %j', async (args, code, words) => {
    const ending = await inject(...args)
    expect(ending).toMatchObject({ code, out: '' })
    expect(ending.err).toContain(words)
  })

  it('refuses settings that the store is not scored by', async () => {
    const config = written(path('hourly.yaml'), 'windowMinutes: 60\n')
    const { code, err } = await inject('-c', config)
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('windows of 5') })
  })

  it('asks for more history where there is none to speak of', async () => {
    writeDays(path('young'), { from: 0, until: 2 }, () => [{ minute: 720, count: 2 }])
    const young = ['--store', path('young.db')]
    await commandLine(['run', path('young'), ...young, '--quiet'])
    const { code, err } = await commandLine(['inject', ...young])
    expect({ code, err }).toMatchObject({ code: 5, err: expect.stringContaining('--at') })
  })
})
