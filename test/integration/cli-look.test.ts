import { rmSync, writeFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { commandLine, place, valuesOf } from '../support/offtrail.ts'
import { writeDays } from '../support/pipeline-world.ts'

const { path } = place()
const store = ['--store', path('store.db')]
const DENIED = { eventName: 'GetSecretValue', readOnly: true, errorCode: 'AccessDenied' }
let id = ''

beforeAll(async () => {
  writeDays(path('trail'), { from: 0, until: 24 }, (day) => [
    ...(day === 20 ? [{ minute: 720, count: 300 }] : []),
    ...(day === 22 ? [{ minute: 900, count: 60, changes: DENIED }] : []),
  ])
  const { out } = await commandLine(['run', path('trail'), ...store, '--quiet'])
  id = String(valuesOf(out).find(({ eventName }) => eventName === 'RunInstances')?.['id'])
})

/** What a command prints; it must end with 0 and have nothing to add. */
async function printed(...args: readonly string[]): Promise<string> {
  const { code, out, err } = await commandLine([...args, ...store])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return out
}

describe('offtrail insights', () => {
  const namesOf = (text: string) => valuesOf(text).map(({ eventName }) => eventName)

  it('lists the newest first, or in the order and as many as asked for', async () => {
    const newest = namesOf(await printed('insights', 'list'))
    expect(newest.at(-1)).toBe('RunInstances')
    expect(newest[0]).toBe('GetSecretValue')
    expect(namesOf(await printed('insights', 'list', '--sort', 'startTime'))).toEqual(
      newest.toReversed(),
    )
    expect(await printed('insights', '--limit', '1')).toContain('"GetSecretValue"')
  })

  it('lists what the filters leave', async () => {
    const only = async (...args: readonly string[]) =>
      namesOf(await printed('insights', 'list', ...args))
    expect(await only('--service', 'ec2', '--api', 'RunInstances')).toEqual(['RunInstances'])
    expect(await only('--to', '2026-03-23')).toEqual(['RunInstances'])
    expect(await only('--from', '2026-03-23')).not.toContain('RunInstances')
    expect(await only('--state', 'open')).toEqual([])
    expect(await only('--account', '999999999999')).toEqual([])
  })

  it('shows one by the beginning of its id: in words, as JSON, as records', async () => {
    expect(await printed('insights', 'show', id.slice(0, 8))).toContain(
      'ec2.amazonaws.com:RunInstances  2026-03-22T12:00:00Z to 2026-03-22T12:05:00Z\n',
    )
    expect(JSON.parse(await printed('insights', 'show', id, '--json'))).toMatchObject({ id })
    expect(valuesOf(await printed('insights', 'show', id, '--records'))).toMatchObject([
      { insightDetails: { state: 'Start' }, sharedEventID: id },
      { insightDetails: { state: 'End' }, sharedEventID: id },
    ])
  })

  it('shows the calls behind it, and the line that asks AWS for them', async () => {
    const text = await printed('insights', 'show', id, '--events')
    const line =
      /^2026-03-22T12:0\d:\d\dZ {2}[\da-f-]{36} {2}arn:aws:sts::111122223333:assumed-role\/deploy {2}ok {2}\/.*day-20\.json$/gm
    expect(text.match(line)).toHaveLength(300)
    expect(text).toContain('300 calls. From the account')
    expect(text).toContain('aws cloudtrail lookup-events --region eu-west-1')
    const { calls } = JSON.parse(await printed('insights', 'show', id, '--events', '--json'))
    expect(calls).toHaveLength(300)
    expect(calls[0]).toMatchObject({ time: '2026-03-22T12:00:00Z', errorCode: null })
  })

  it('ends with 3 where a file behind it is gone, and says which', async () => {
    writeDays(path('gone'), { from: 0, until: 10 }, (day) =>
      day === 8 ? [{ minute: 720, count: 300 }] : [],
    )
    const gone = ['--store', path('gone.db')]
    const { out } = await commandLine(['run', path('gone'), ...gone, '-q'])
    rmSync(path('gone', 'day-08.json'))
    const [insight] = valuesOf(out)
    const shown = await commandLine([
      'insights',
      'show',
      String(insight?.['id']),
      '--events',
      ...gone,
    ])
    expect(shown.code).toBe(3)
    expect(shown.err).toMatch(/^! .*day-08\.json cannot be read again: there is no file/)
  })

  it.each([
    [['insights', 'show', 'zzz'], 4, 'no insight has the id zzz'],
    [['insights', 'show', ''], 2, 'give more of the id'],
    [['insights', 'list', '--state', 'bogus'], 2, 'Allowed choices are open, closed'],
    [['insights', 'list', '--sort', 'bogus'], 2, 'Allowed choices are startTime'],
    [['insights', 'list', '--limit', '0'], 2, 'whole number from 1 to 100000'],
  ])('%j ends with %i and says why', async (args, code, words) => {
    const ending = await commandLine([...args, ...store])
    expect(ending).toMatchObject({ code, out: '' })
    expect(ending.err).toContain(words)
  })
})

describe('offtrail explain', () => {
  it('prints the sentence and every term of the score', async () => {
    const text = await printed('explain', id)
    expect(text).toMatch(/^300 calls in 5 minutes; /)
    const { explanation, arithmetic } = JSON.parse(await printed('explain', id, '--json'))
    expect(text.startsWith(`${explanation}\n\n`)).toBe(true)
    for (const [name, value] of Object.entries(arithmetic)) {
      expect(text).toMatch(new RegExp(`^${name} +${String(value).replaceAll('.', '\\.')}$`, 'm'))
    }
  })

  it('says why a window stayed quiet', async () => {
    const window = [
      '--service',
      'ec2',
      '--api',
      'DescribeInstances',
      '--at',
      '2026-03-24T10:02:00Z',
    ]
    const text = await printed('explain', '--why-not', ...window)
    expect(text).toContain('at 2026-03-24T10:00:00Z  (dense)\n')
    expect(text).toContain('are normal on Tuesdays at 10:00 UTC. ')
    expect(text).toContain('It stayed quiet')
    const json = JSON.parse(await printed('explain', '--why-not', ...window, '--json'))
    expect(json).toMatchObject({ verdict: 'quiet', count: 1 })
  })

  it('judges by the settings of the last run, unless others are named', async () => {
    const tight = path('tight.yaml')
    writeFileSync(tight, 'alarmBudget:\n  account: 0.000000001\n')
    const own = path('tight.db')
    await commandLine(['run', path('trail'), '--store', own, '-c', tight, '-q'])
    const window = ['--why-not', '--api', 'RunInstances', '--at', '2026-03-22T12:00:00Z', '--json']
    const verdictOf = async (...args: readonly string[]) => {
      const { out } = await commandLine(['explain', ...window, '--store', own, ...args])
      return JSON.parse(out).verdict
    }
    expect(await verdictOf()).not.toBe('alarm')
    const mild = path('mild.yaml')
    writeFileSync(mild, '{}\n')
    expect(await verdictOf('-c', mild)).toBe('alarm')
  })

  it.each([
    [[], 2, 'say what: an insight by its id'],
    [['--why-not', '--api', 'RunInstances'], 2, 'say which moment'],
    [['--why-not', '--at', '2026-03-22'], 2, 'say which API'],
    [['--why-not', '--api', 'Nothing', '--at', '2026-03-22'], 4, 'no such API was seen'],
    [['--series', '0123', '--at', '2026-03-22'], 4, 'no series has the id 0123'],
  ])('%j ends with %i and says why', async (args, code, words) => {
    const ending = await commandLine(['explain', ...args, ...store])
    expect(ending).toMatchObject({ code, out: '' })
    expect(ending.err).toContain(words)
  })
})

describe('offtrail series and baseline', () => {
  it('lists every API with its counts', async () => {
    expect(valuesOf(await printed('series', 'list'))).toMatchObject([
      { eventName: 'DescribeInstances', calls: 3456, errors: 0 },
      { eventName: 'GetSecretValue', calls: 60, errors: 60 },
      { eventName: 'RunInstances', calls: 300, firstTime: '2026-03-22T12:00:00Z' },
    ])
    const table = await printed('series', '--format', 'table', '--api', 'RunInstances')
    expect(table.split('\n')).toHaveLength(3)
    expect(table).toContain('2026-03-22T12:00')
  })

  it('says where every series stands', async () => {
    const rows = valuesOf(await printed('baseline', 'list'))
    expect(rows[0]).toMatchObject({ eventName: 'DescribeInstances', standing: 'dense' })
    expect(rows[0]?.['expectedPerHour']).toBeCloseTo(6, 0)
    expect(rows).toContainEqual(expect.objectContaining({ errorCode: 'AccessDenied' }))
    expect(await printed('baseline', '--format', 'table')).toContain('STANDING')
  })

  it('plots a normal week, and words the law of bursts where there is none', async () => {
    const week = await printed('baseline', 'show', '--api', 'DescribeInstances')
    expect(week).toMatch(
      /^ec2\.amazonaws\.com:DescribeInstances {2}111122223333, eu-west-1\ndense: /,
    )
    expect(week.match(/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) .{24} .* normal$/gmu)).toHaveLength(7)
    expect(await printed('baseline', 'show', '--api', 'RunInstances')).toContain(
      "Judged by the account's law of bursts",
    )
  })
})
