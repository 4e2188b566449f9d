import {
  type CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetInsightSelectorsCommand,
  GetTrailCommand,
  GetTrailStatusCommand,
  ListInsightsDataCommand,
  ListTrailsCommand,
  LookupEventsCommand,
  PutInsightSelectorsCommand,
  paginateListInsightsMetricData,
  paginateLookupEvents,
} from '@aws-sdk/client-cloudtrail'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recordId } from '../../src/insight/identity.ts'
import { awsServer, KEY } from '../support/aws-wire-world.ts'
import { aSeries, DAY_MS, MINUTE_MS, NOW_MS } from '../support/http-world.ts'
import { anInsight, START_MS, stillOpen } from '../support/insights.ts'

const mine = Array.from({ length: 60 }, (_, index) =>
  anInsight({
    eventName: `Api${index}`,
    eventSource: index % 2 === 0 ? 'ec2.amazonaws.com' : 's3.amazonaws.com',
    startMs: START_MS - index * 60 * MINUTE_MS,
    endMs: START_MS - index * 60 * MINUTE_MS + 8 * MINUTE_MS,
  }),
)
const insights = [
  ...mine,
  anInsight({ eventName: 'Open', startMs: START_MS + 120 * MINUTE_MS, ...stillOpen }),
  anInsight({ eventName: 'PutObject', category: 'Data', eventSource: 's3.amazonaws.com' }),
  anInsight({ eventName: 'Elsewhere', region: 'eu-west-1' }),
  anInsight({ eventName: 'Foreign', account: '999999999999' }),
  anInsight({ eventName: 'Old', startMs: NOW_MS - 91 * DAY_MS, endMs: NOW_MS - 91 * DAY_MS }),
  anInsight({ eventName: 'First', insightType: 'NewApiInsight' }),
]
const fromMinute = (NOW_MS - 15 * DAY_MS) / MINUTE_MS
const cells = [0, 1, 4321, 21_599].map((minute) => ({
  ...{ series: 1, minute: fromMinute + minute, errorCode: null, count: minute + 1 },
}))
const failed = { series: 1, minute: fromMinute + 7, errorCode: 'AccessDenied', count: 3 }

let server: Awaited<ReturnType<typeof awsServer>>
let client: CloudTrailClient

beforeAll(async () => {
  const account = { account: '123456789012', firstMinute: 0, dirtyMinute: null, regions: [] }
  server = await awsServer({
    insights,
    accounts: [account, { ...account, account: '999999999999' }],
    series: [aSeries(1), aSeries(2, { account: '999999999999' })],
    cells: [...cells, failed, { ...failed, series: 2, count: 1000 }],
  })
  client = server.client()
})
afterAll(() => server.close())

const everyEvent = async (input: object) => {
  const pages = paginateLookupEvents(
    { client, pageSize: 7 },
    { EventCategory: 'insight', ...input },
  )
  const events = []
  for await (const { Events = [] } of pages) events.push(...Events)
  return events
}

describe("the SDK's LookupEvents", () => {
  it('pages through the starts and ends of 90 days, newest first, of its account and Region alone', async () => {
    const events = await everyEvent({})
    expect(events).toHaveLength(121)
    expect(events[0]).toMatchObject({ EventName: 'Open', EventSource: 'ec2.amazonaws.com' })
    const times = events.map(({ EventTime }) => EventTime?.getTime() ?? 0)
    expect(times).toEqual(times.toSorted((one, other) => other - one))
    expect(new Set(events.map(({ EventId }) => EventId)).size).toBe(121)
  })

  it('gives the records that CloudTrail would write', async () => {
    const [end, start] = await everyEvent({
      LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'Api3' }],
    })
    const records = [end, start].map((event) => JSON.parse(event?.CloudTrailEvent ?? ''))
    expect(records.map(({ insightDetails }) => insightDetails.state)).toEqual(['End', 'Start'])
    expect(records[0].sharedEventID).toBe(records[1].sharedEventID)
    expect(records[0].eventID).toBe(end?.EventId)
    expect(Date.parse(records[1].eventTime)).toBe(start?.EventTime?.getTime())
  })

  it('finds by id, by source, and between two times, both of them included', async () => {
    const id = recordId(mine[5]?.id ?? '', 'End')
    const byId = await everyEvent({
      LookupAttributes: [{ AttributeKey: 'EventId', AttributeValue: id }],
    })
    expect(byId.map(({ EventName }) => EventName)).toEqual(['Api5'])
    const foreign = recordId(insights.at(-3)?.id ?? '', 'Start')
    expect(
      await everyEvent({
        LookupAttributes: [{ AttributeKey: 'EventId', AttributeValue: foreign }],
      }),
    ).toEqual([])
    const bySource = await everyEvent({
      LookupAttributes: [{ AttributeKey: 'EventSource', AttributeValue: 's3.amazonaws.com' }],
    })
    expect(bySource).toHaveLength(60)
    const span = { StartTime: new Date(START_MS), EndTime: new Date(START_MS + 8 * MINUTE_MS) }
    expect(await everyEvent(span)).toHaveLength(2)
    const old = await everyEvent({ StartTime: new Date(NOW_MS - 92 * DAY_MS) })
    expect(old.at(-1)?.EventName).toBe('Old')
  })
})

describe("the SDK's ListInsightsMetricData", () => {
  const asked = {
    EventSource: 'ec2.amazonaws.com',
    EventName: 'RunInstances',
    InsightType: 'ApiCallRateInsight',
    StartTime: new Date(NOW_MS - 15 * DAY_MS),
    Period: 60,
  } as const
  const points = async (input: object) => {
    const found = []
    for await (const page of paginateListInsightsMetricData(
      { client, pageSize: 5000 },
      { ...asked, ...input },
    )) {
      const { Timestamps = [], Values = [] } = page
      found.push(...Timestamps.map((time, at) => [time.getTime(), Values[at]]))
    }
    return found
  }

  it('pages through 21 600 points of a minute', async () => {
    const found = await points({ DataType: 'FillWithZeros' })
    expect(found).toHaveLength(21_600)
    expect(found.filter(([, value]) => value !== 0)).toHaveLength(5)
    expect(found.at(-1)).toEqual([NOW_MS - MINUTE_MS, 21_600])
  })

  it('leaves zeros out unless asked, sums longer periods, and counts the errors of a code', async () => {
    expect((await points({})).map(([, value]) => value)).toEqual([1, 2, 3, 4322, 21_600])
    expect((await points({ Period: 3600 })).map(([, value]) => value)).toEqual([6, 4322, 21_600])
    const errors = { InsightType: 'ApiErrorRateInsight', ErrorCode: 'AccessDenied' }
    expect(await points(errors)).toEqual([[(fromMinute + 7) * MINUTE_MS, 3]])
    const ended = { EndTime: new Date(NOW_MS - 15 * DAY_MS + 2 * MINUTE_MS) }
    expect((await points(ended)).map(([, value]) => value)).toEqual([1, 2])
  })

  it('answers no more days than points of a period are kept for', async () => {
    const longer = { StartTime: new Date(NOW_MS - 80 * DAY_MS), DataType: 'FillWithZeros' }
    expect(await points(longer)).toHaveLength(21_600)
    expect(await points({ ...longer, Period: 300 })).toHaveLength((63 * 1440) / 5)
    expect(await points({ ...longer, Period: 3600 })).toHaveLength(80 * 24)
  })
})

describe('the other operations of the SDK', () => {
  it('list insights on data events', async () => {
    const { Events = [] } = await client.send(
      new ListInsightsDataCommand({
        InsightSource: 'arn:aws:cloudtrail:us-east-1:123456789012:trail/mine',
        DataType: 'InsightsEvents',
        Dimensions: { EventSource: 's3.amazonaws.com' },
      }),
    )
    expect(Events.map(({ EventName }) => EventName)).toEqual(['PutObject', 'PutObject'])
  })

  it('tell what is looked for, and of the trail that stands for the account', async () => {
    const arn = 'arn:aws:cloudtrail:us-east-1:123456789012:trail/mine'
    const selectors = await client.send(new GetInsightSelectorsCommand({ TrailName: 'mine' }))
    expect(selectors.TrailARN).toBe(arn)
    expect(selectors.InsightSelectors?.map(({ InsightType }) => InsightType)).toEqual([
      'ApiCallRateInsight',
      'ApiErrorRateInsight',
    ])
    const { trailList = [] } = await client.send(new DescribeTrailsCommand({}))
    expect(trailList).toMatchObject([{ Name: 'offtrail', HasInsightSelectors: true }])
    const { Trails = [] } = await client.send(new ListTrailsCommand({}))
    expect(Trails.map(({ TrailARN }) => TrailARN)).toEqual([trailList[0]?.TrailARN])
    const { Trail } = await client.send(new GetTrailCommand({ Name: arn }))
    expect(Trail?.TrailARN).toBe(arn)
    const status = await client.send(new GetTrailStatusCommand({ Name: 'mine' }))
    expect(status.IsLogging).toBe(true)
    const events = await client.send(new GetEventSelectorsCommand({ TrailName: 'mine' }))
    expect(events.EventSelectors).toMatchObject([{ ReadWriteType: 'All' }])
  })

  it('switch nothing with a key that may only read', async () => {
    const put = new PutInsightSelectorsCommand({ TrailName: 'mine', InsightSelectors: [] })
    await expect(client.send(put)).rejects.toMatchObject({ name: 'AccessDeniedException' })
  })
})

describe('a client that is not let in', () => {
  const lookup = new LookupEventsCommand({ EventCategory: 'insight' })
  it.each([
    [
      'InvalidSignatureException',
      { credentials: { ...KEY, secretAccessKey: 'another-secret-of-that-length' } },
    ],
    [
      'UnrecognizedClientException',
      { credentials: { ...KEY, accessKeyId: 'OTZZZZZZZZZZZZZZZZZZ' } },
    ],
    ['InvalidSignatureException', { systemClockOffset: NOW_MS - Date.now() - 6 * MINUTE_MS }],
  ])('understands %s', async (name, changes) => {
    const failure = server.client(changes).send(lookup)
    await expect(failure).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 400 } })
  })

  it('is told that it must sign', async () => {
    const response = await fetch(server.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'CloudTrail_20131101.LookupEvents',
      },
      body: '{}',
    })
    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toContain('application/x-amz-json-1.1')
    expect(response.headers.get('x-amzn-requestid')).toMatch(/^[\da-f-]{36}$/)
    expect(await response.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' })
  })

  it('reads nothing of accounts and Regions that are not the key’s', async () => {
    const elsewhere = server.client({ region: 'eu-west-1' })
    const { Events = [] } = await elsewhere.send(lookup)
    expect(new Set(Events.map(({ EventName }) => EventName))).toEqual(new Set(['Elsewhere']))
  })
})
