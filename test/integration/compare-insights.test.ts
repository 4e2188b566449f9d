import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { settingsFrom } from '../../src/base/settings.ts'
import { isAlarm } from '../../src/insight/insight.ts'
import { recordsOf } from '../../src/insight/record.ts'
import { deliverToFolder } from '../../src/sink/insight-folder.ts'
import { formatObjectName } from '../../src/source/object-name.ts'
import { editorOf } from '../../src/store/sqlite/edit-store.ts'
import { openReader } from '../../src/store/sqlite/open-reader.ts'
import { commandLine, place, valuesOf } from '../support/offtrail.ts'
import {
  FIRST_DAY_MS,
  insightsOf,
  runOver,
  withStore,
  writeDays,
  written,
} from '../support/pipeline-world.ts'
import { CREDENTIALS, trailBuckets } from '../support/trail-bucket.ts'

const { path } = place()
const DENIED = { eventName: 'GetSecretValue', readOnly: true, errorCode: 'AccessDenied' }
const RATES = { baseline: { average: 0.001 }, insight: { average: 20 } }

beforeAll(async () => {
  writeDays(path('trail'), { from: 0, until: 14 }, (day) => {
    if (day === 8) return [{ minute: 720, count: 300 }]
    if (day === 9) return [{ minute: 600, count: 80, changes: DENIED }]
    return day === 10 ? [{ minute: 700, count: 2, changes: { eventName: 'StopInstances' } }] : []
  })
  await withStore(path('offtrail.db'), (store) => runOver(store, path('trail')))
  const found = ours()
  const runs = found.filter(({ eventName }) => eventName === 'RunInstances')
  await deliverToFolder(path('aws'), runs, { strict: true })
  const text = [aws({}), aws({ account: '999999999999' }), aws({ eventName: 'NeverSeen' })]
  await written(path('aws', 'more.json.gz'), gzipSync(JSON.stringify({ Records: text })))
})

/** The insights that stand and are of a type that AWS has. */
function ours() {
  const store = openReader(path('offtrail.db'))
  try {
    return insightsOf(store).filter(
      (insight) => isAlarm(insight) && recordsOf(insight, { strict: false }).length > 0,
    )
  } finally {
    store.close()
  }
}

/** A Start record as AWS writes it, on the two calls of day 10 unless something else is said. */
function aws({ account = '111122223333', eventName = 'StopInstances', day = 10, minute = 700 }) {
  const timeMs = FIRST_DAY_MS + day * 86_400_000 + minute * 60_000
  const statistics = { ...RATES, insightDuration: 5, baselineDuration: 10_780 }
  return {
    ...{ eventVersion: '1.09', eventTime: `${new Date(timeMs).toISOString().slice(0, 16)}:00Z` },
    ...{ awsRegion: 'eu-west-1', eventID: `${eventName}-${account}-${minute}-event` },
    ...{ eventType: 'AwsCloudTrailInsight', recipientAccountId: account },
    sharedEventID: `${eventName}-${account}-${minute}`,
    insightDetails: {
      ...{ state: 'Start', eventSource: 'ec2.amazonaws.com', eventName },
      ...{ insightType: 'ApiCallRateInsight', sourceEventCategory: 'Management' },
      insightContext: { statistics },
    },
    eventCategory: 'Insight',
  }
}

const compare = (insights: string, ...args: readonly string[]) =>
  commandLine([
    'compare-insights',
    ...['--insights', insights, '--store', path('offtrail.db'), ...args],
  ])

async function compared(insights: string, ...args: readonly string[]) {
  const { code, out, err } = await compare(insights, '--json', ...args)
  expect([code, err]).toEqual([0, expect.stringContaining('found by both')])
  return JSON.parse(out)
}

/** A file with these records, alone in a folder. */
const fileOf = (name: string, ...records: readonly object[]) =>
  written(path(name, 'insights.json'), JSON.stringify({ Records: records }))

describe('offtrail compare-insights', () => {
  it('shows what both found, with averages that agree where the records are made of the same counts', async () => {
    const { rows, totals, records, unread } = await compared(path('aws'))
    const both = rows.filter((row: { foundBy: string }) => row.foundBy === 'both')
    expect(both).toEqual([
      expect.objectContaining({
        ...{ eventName: 'RunInstances', account: '111122223333', errorCode: null, why: null },
        ...{ insightRatio: 1, baselineRatio: null, startTime: '2026-03-10T12:00:00Z' },
      }),
    ])
    expect(both[0].aws).toEqual(
      expect.objectContaining({ id: both[0].offtrail.id, endTime: both[0].offtrail.endTime }),
    )
    expect(totals).toMatchObject({ both: 1, aws: 3 })
    expect([totals.offtrail > 0, records, unread]).toEqual([true, 5, []])
  })

  it('says why it did not find what AWS alone found', async () => {
    const { rows } = await compared(path('aws'))
    const whys = rows
      .filter((row: { foundBy: string }) => row.foundBy === 'aws')
      .map((row: { account: string; eventName: string; why: string }) => [
        ...[row.account, row.eventName, row.why],
      ])
    expect(whys).toEqual(
      expect.arrayContaining([
        ['111122223333', 'NeverSeen', 'No counts of that API in the store.'],
        ['999999999999', 'StopInstances', 'No counts of account 999999999999 in the store.'],
        [
          ...['111122223333', 'StopInstances'],
          expect.stringMatching(/^2 calls in 5 minutes.* It stayed quiet: /),
        ],
      ]),
    )
  })

  it('asks for missing files where AWS counted what the store does not have, and waits for what is not known yet', async () => {
    const file = fileOf('gaps', aws({ minute: 100 }), aws({ minute: 200, day: 20 }))
    const { rows } = await compared(file, '--to', '2026-04-01')
    const whys = rows.flatMap((row: { foundBy: string; why: string }) =>
      row.foundBy === 'aws' ? [row.why] : [],
    )
    expect(whys).toEqual([
      'No counts of that API in the store from 2026-03-12T01:40:00Z to 2026-03-12T01:45:00Z, where AWS counted 100: are trail files missing?',
      expect.stringMatching(/^Not judged yet: the window is not complete/),
    ])
  })

  it('names the rule that silenced it, the profile, and what was switched off', async () => {
    const file = fileOf('silenced', aws({ eventName: 'RunInstances', day: 8, minute: 721 }))
    const rules = [
      { api: 'rds:*', reason: 'other' },
      { api: 'ec2:Run*', reason: 'we scale' },
    ]
    const at = path('silenced.db')
    const settings = settingsFrom({ suppressions: rules })
    await withStore(at, (store) => runOver(store, path('trail'), { settings }))
    const run = (...args: readonly string[]) =>
      commandLine(['compare-insights', '--insights', file, '--store', at, '--json', ...args])
    const why = async () => {
      const { rows } = JSON.parse((await run()).out)
      return rows.find((row: { foundBy: string }) => row.foundBy === 'aws')?.why
    }
    expect(await why()).toMatch(/silenced by rule 2 of the suppressions \(we scale\)\.$/)
    const selector = { account: '111122223333', insightType: 'ApiCallRateInsight' } as const
    const change = { ...selector, category: 'Management', atMs: 0, isOn: false } as const
    editorOf(at).switchSelectors({ account: '111122223333', changes: [change] })
    expect(await why()).toBe('ApiCallRateInsight was switched off for Management events then.')
  })

  it('says of reads that the profile leaves them out, as AWS does', async () => {
    const file = fileOf('reads', aws({ eventName: 'DescribeInstances' }))
    const config = written(path('insights.yaml'), 'profile: insights\n')
    const { rows } = await compared(file, '-c', config)
    expect(rows[0].why).toBe('Reads are left out of the call rate by the profile insights.')
  })
})

describe('a comparison', () => {
  it('says what AWS does not look at, of what Offtrail alone found', async () => {
    const { rows } = await compared(path('aws'))
    const alone = rows.filter((row: { foundBy: string }) => row.foundBy === 'offtrail')
    const errors = alone.find((row: { errorCode: string }) => row.errorCode === 'AccessDenied')
    expect(errors).toMatchObject({ aws: null, why: expect.stringContaining('does not say why') })
    const reads = alone.find(
      (row: { eventName: string; errorCode: null }) =>
        row.eventName === 'GetSecretValue' && row.errorCode === null,
    )
    expect(reads.why).toContain('looks at writes alone')
  })

  it("compares from AWS's first day on, or as asked, in the accounts that AWS names", async () => {
    const file = fileOf('days', aws({}))
    expect(await compared(file)).toMatchObject({ startTime: '2026-03-12T00:00:00Z', endTime: null })
    const early = await compared(file, '--from', '2026-03-01', '--to', '2026-03-11T00:00:00Z')
    expect(early).toMatchObject({ totals: { both: 0, aws: 0 }, endTime: '2026-03-11T00:00:00Z' })
    expect(early.totals.offtrail).toBeGreaterThan(0)
    const foreign = fileOf('foreign', aws({ account: '999999999999', day: 1 }))
    const { totals, ofOtherAccounts } = await compared(foreign)
    expect([totals, ofOtherAccounts > 0]).toEqual([{ both: 0, aws: 1, offtrail: 0 }, true])
  })

  it('reads what LookupEvents prints of Insights, piped in', async () => {
    const Events = [{ EventName: 'StopInstances', CloudTrailEvent: JSON.stringify(aws({})) }]
    const { code, out } = await commandLine(
      ['compare-insights', '--insights', '-', '--store', path('offtrail.db'), '--json'],
      { input: Readable.from([Buffer.from(JSON.stringify({ Events }))]) },
    )
    expect([code, JSON.parse(out)]).toEqual([
      0,
      expect.objectContaining({ records: 1, totals: { both: 0, aws: 1, offtrail: 0 } }),
    ])
  })

  it('tells of damaged files and records, and compares the rest', async () => {
    const folder = path('damaged')
    const wrong = { ...aws({ minute: 300 }), insightDetails: { state: 'Start' } }
    fileOf('damaged', aws({}), wrong)
    written(path('damaged', 'cut.json'), '{"Records":[{"eventType":"AwsCloudTrailInsight",')
    await deliverToFolder(folder, ours().slice(0, 1), { strict: false })
    const { unread, totals, records } = await compared(folder)
    expect([totals.aws, records]).toEqual([1, 1])
    const names = unread.map(({ name, reason }: { name: string; reason: string }) => [name, reason])
    expect(names).toEqual(
      expect.arrayContaining([
        [`${folder}/insights.json record 2`, expect.stringContaining('/insightDetails must')],
        [`${folder}/cut.json`, expect.stringContaining('ends early')],
        [expect.stringContaining('_CloudTrail-Insight_'), 'Offtrail wrote it, not CloudTrail'],
      ]),
    )
    const { err } = await compare(folder)
    expect(err).toContain(`${folder}/insights.json record 2: /insightDetails must`)
  })
})

describe('what offtrail compare-insights prints and refuses', () => {
  it('is a table with its reasons for people, CSV and NDJSON for programs', async () => {
    const table = await compare(path('aws'), '--format', 'table')
    expect(table.out).toMatch(
      /^FOUND BY +WHEN \(UTC\).*\n.*both +03-10 12:00 +111122223333 +eu-west-1 +ec2:RunInstances +0 → \d+ +0 → \d+ +-, 1\n/s,
    )
    expect(table.out).toMatch(
      /\nWhy only AWS:\n.*03-12 11:40 {2}111122223333 eu-west-1 {2}ec2:StopInstances {2}2 calls/s,
    )
    expect(table.out).toMatch(/\nWhy only Offtrail:\n/)
    expect(table.err).toMatch(/^1 found by both, 3 by AWS alone, \d+ by Offtrail alone: /)
    expect(table.err).toContain('at most 30 minutes apart')
    const csv = (await compare(path('aws'), '--format', 'csv')).out.split('\n')
    expect(csv[0]).toMatch(/^foundBy,startTime,account,.*,why$/)
    const rows = valuesOf((await compare(path('aws'))).out)
    expect(csv).toHaveLength(rows.length + 2)
    const quiet = await compare(path('aws'), '--quiet', '-o', path('rows.ndjson'))
    expect([quiet.out, quiet.err]).toEqual(['', ''])
  })

  it.each([
    ['no-such-folder', 2, 'there is no file or folder no-such-folder'],
    ['lookup://eu-west-1', 2, 'has calls, and no Insights'],
  ])('refuses %s', async (insights, code, words) => {
    const ending = await compare(insights)
    expect([ending.code, ending.err]).toEqual([code, expect.stringContaining(words)])
  })

  it('refuses what holds no Insights, a span that runs backwards and a store that is not there', async () => {
    const none = await compare(path('trail'))
    expect([none.code, none.err]).toEqual([2, expect.stringContaining('there are no Insights')])
    const unread = await compare(fileOf('unread', { eventType: 'AwsCloudTrailInsight' }))
    expect(unread.err).toContain('1 file or record could not be read, the first: ')
    const span = await compare(path('aws'), '--from', '2026-03-02', '--to', '2026-03-01')
    expect([span.code, span.err]).toEqual([2, expect.stringContaining('must lie before')])
    const store = await compare(path('aws'), '--store', path('none.db'))
    expect(store.code).toBe(4)
  })
})

describe('Insights files in a bucket', () => {
  let buckets: Awaited<ReturnType<typeof trailBuckets>>
  beforeAll(async () => {
    for (const [name, value] of Object.entries(CREDENTIALS)) vi.stubEnv(name, value)
    buckets = await trailBuckets()
  })
  afterAll(async () => {
    await buckets.stop()
    vi.unstubAllEnvs()
  })

  it('are read from their folders alone, by day where days are asked for', async () => {
    const name = { account: '111122223333', region: 'eu-west-1', folder: 'CloudTrail-Insight' }
    const object = (folder: string, day: number, content: object) => {
      const stampMs = FIRST_DAY_MS + day * 86_400_000 + 86_000_000
      const key = formatObjectName({ ...name, folder, stampMs }, { suffix: 'AbCdEfGhIjKlMnOp' })
      const body = gzipSync(JSON.stringify({ Records: [content] }))
      return [key, { body, metadata: {} }] as const
    }
    await buckets.put({
      bucket: 'insights-bucket',
      objects: new Map([
        object('CloudTrail-Insight', 10, aws({})),
        object('CloudTrail-Insight', 3, aws({ day: 3, eventName: 'NeverSeen' })),
        object('CloudTrail', 10, aws({ eventName: 'InAnotherFolder' })),
      ]),
    } as Parameters<typeof buckets.put>[0])
    const at = ['--endpoint-url', buckets.url]
    const namesOf = ({ rows }: { rows: readonly { foundBy: string; eventName: string }[] }) =>
      rows.flatMap(({ foundBy, eventName }) => (foundBy === 'aws' ? [eventName] : []))
    const all = await compared('s3://insights-bucket', ...at)
    expect(namesOf(all)).toEqual(['NeverSeen', 'StopInstances'])
    const late = await compared('s3://insights-bucket', '--from', '2026-03-10', ...at)
    expect([namesOf(late), late.records]).toEqual([['StopInstances'], 1])
  })
})
