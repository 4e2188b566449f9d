import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { HttpApp } from '../../src/http/http-types.ts'
import { askWire } from '../support/aws-wire-world.ts'
import { appOver, aSeries, NOW_MS } from '../support/http-world.ts'
import { anInsight } from '../support/insights.ts'

/** The last moment that may be named, epoch seconds. */
const LAST_S = Date.UTC(2100, 11, 31) / 1000

let app: HttpApp
beforeAll(async () => {
  const insights = Array.from({ length: 60 }, (_, index) => anInsight({ eventName: `Api${index}` }))
  app = await appOver(
    { insights, series: [aSeries(1)] },
    {},
    { aws: { keys: () => [], unsigned: true } },
  )
})

const ask = (operation: string, input: unknown) => askWire(app, operation, input)
const refusal = async (operation: string, input: unknown): Promise<unknown> => {
  const { status, body } = await ask(operation, input)
  expect(Object.keys(body).sort()).toEqual(['__type', 'message'])
  return [status, body['__type']]
}
const attribute = (AttributeKey: string, AttributeValue: string) => ({
  LookupAttributes: [{ AttributeKey, AttributeValue }],
})

describe('LookupEvents', () => {
  const lookup = { EventCategory: 'insight' }

  it.each([
    [{ EventCategory: 'Insight' }, 'InvalidEventCategoryException'],
    [{}, 'UnsupportedOperationException'],
    [{ ...lookup, MaxResults: 0 }, 'InvalidMaxResultsException'],
    [{ ...lookup, MaxResults: 51 }, 'InvalidMaxResultsException'],
    [{ ...lookup, MaxResults: 1.5 }, 'SerializationException'],
    [{ ...lookup, StartTime: 1_767_225_601, EndTime: 1_767_225_600 }, 'InvalidTimeRangeException'],
    [{ ...lookup, StartTime: -1 }, 'InvalidTimeRangeException'],
    [{ ...lookup, EndTime: 1e12 }, 'InvalidTimeRangeException'],
    [{ ...lookup, StartTime: '2026-01-01' }, 'SerializationException'],
    [{ ...lookup, ...attribute('Username', 'x') }, 'InvalidLookupAttributesException'],
    [{ ...lookup, ...attribute('EventName', '') }, 'InvalidLookupAttributesException'],
    [
      { ...lookup, ...attribute('EventName', 'x'.repeat(2001)) },
      'InvalidLookupAttributesException',
    ],
    [
      { ...lookup, ...attribute('EventName', '_'.repeat(1001)) },
      'InvalidLookupAttributesException',
    ],
    [
      { ...lookup, LookupAttributes: [{ AttributeKey: 'EventName' }] },
      'InvalidLookupAttributesException',
    ],
    [{ ...lookup, LookupAttributes: [{}, {}] }, 'InvalidLookupAttributesException'],
    [{ ...lookup, LookupAttributes: [7] }, 'SerializationException'],
    [{ ...lookup, LookupAttributes: {} }, 'SerializationException'],
    [{ ...lookup, NextToken: 'none' }, 'InvalidNextTokenException'],
    [{ ...lookup, NextToken: 7 }, 'SerializationException'],
    ['{"EventCategory":', 'SerializationException'],
    ['[]', 'SerializationException'],
  ])('refuses what is beyond a limit, case %#', async (input, name) => {
    expect(await refusal('LookupEvents', input)).toEqual([400, name])
  })

  it('reads 32 levels, and refuses what is nested deeper', async () => {
    const nested = (levels: number) =>
      `{"EventCategory":"insight","MaxResults":1,"Other":${'['.repeat(levels)}${']'.repeat(levels)}}`
    expect((await ask('LookupEvents', nested(31))).status).toBe(200)
    for (const levels of [32, 30_000]) {
      const refused = await refusal('LookupEvents', nested(levels))
      expect(refused).toEqual([400, 'SerializationException'])
    }
  })

  it('takes all that is allowed, and null for nothing', async () => {
    for (const input of [
      { MaxResults: 50 },
      { MaxResults: null, LookupAttributes: null, NextToken: null, StartTime: null },
      attribute('EventName', 'x'.repeat(2000)),
      attribute('EventName', '_'.repeat(1000)),
      { StartTime: 1_767_225_600.25, EndTime: 1_767_225_600.25 },
    ]) {
      expect((await ask('LookupEvents', { ...lookup, ...input })).status).toBe(200)
    }
  })

  it('says an empty list where nothing is, and no token on the last page', async () => {
    const none = await ask('LookupEvents', { ...lookup, ...attribute('EventName', 'None') })
    expect(none.body).toEqual({ Events: [] })
  })

  it('takes a token with the parameters it came with alone', async () => {
    const { body } = await ask('LookupEvents', { ...lookup, MaxResults: 3 })
    const NextToken = body['NextToken']
    const next = await ask('LookupEvents', { ...lookup, NextToken, MaxResults: 5 })
    expect(next.body['Events']).toHaveLength(5)
    for (const other of [attribute('EventName', 'Api1'), { EndTime: 1_767_225_600 }]) {
      const changed = { ...lookup, ...other, NextToken }
      expect(await refusal('LookupEvents', changed)).toEqual([400, 'InvalidNextTokenException'])
    }
    const elsewhere = { InsightSource: 'trail', DataType: 'InsightsEvents', NextToken }
    expect(await refusal('ListInsightsData', elsewhere)).toEqual([400, 'InvalidParameterException'])
  })
})

describe('ListInsightsData', () => {
  const list = {
    InsightSource: 'arn:aws:cloudtrail:us-east-1:1:trail/t',
    DataType: 'InsightsEvents',
  }
  it.each([
    { DataType: 'InsightsEvents' },
    { InsightSource: 'trail' },
    { ...list, InsightSource: 'ab' },
    { ...list, InsightSource: 'a'.repeat(257) },
    { ...list, InsightSource: 'a b c' },
    { ...list, DataType: 'Other' },
    { ...list, Dimensions: {} },
    { ...list, Dimensions: { EventName: 'a', EventSource: 'b' } },
    { ...list, Dimensions: { Username: 'a' } },
    { ...list, Dimensions: { EventName: '' } },
    { ...list, Dimensions: { EventName: 'a'.repeat(2001) } },
    { ...list, MaxResults: 51 },
    { ...list, MaxResults: 0 },
    { ...list, StartTime: 1_767_225_601, EndTime: 1_767_225_600 },
    { ...list, NextToken: 'abc' },
    { ...list, NextToken: 'a'.repeat(1001) },
    { ...list, NextToken: 'none' },
  ])('refuses what is beyond a limit, case %#', async (input) => {
    expect(await refusal('ListInsightsData', input)).toEqual([400, 'InvalidParameterException'])
  })

  it('answers an empty list where there are none', async () => {
    expect((await ask('ListInsightsData', list)).body).toEqual({ Events: [] })
  })
})

describe('ListInsightsMetricData', () => {
  const api = {
    EventSource: 'ec2.amazonaws.com',
    EventName: 'RunInstances',
    InsightType: 'ApiCallRateInsight',
  }
  const errors = { ...api, InsightType: 'ApiErrorRateInsight' }
  it('leaves out what is still to come, and how much of it was asked for costs nothing', async () => {
    const zeros = { ...api, DataType: 'FillWithZeros', Period: 60 }
    const timestamps = async (input: object) =>
      (await ask('ListInsightsMetricData', input)).body['Timestamps'] as number[]
    const nowS = NOW_MS / 1000
    expect((await timestamps({ ...zeros, EndTime: LAST_S })).at(-1)).toBe(nowS - 60)
    expect(await timestamps({ ...zeros, EndTime: LAST_S })).toHaveLength(15 * 1440)
    expect(await timestamps({ ...zeros, StartTime: nowS + 60, EndTime: LAST_S })).toEqual([])
  })

  it.each([
    { ...api, EventSource: undefined },
    { ...api, EventSource: 'ec2' },
    { ...api, EventSource: `${'a'.repeat(250)}.amazonaws.com` },
    { ...api, EventName: 'Run-Instances' },
    { ...api, EventName: 'a'.repeat(129) },
    { ...api, InsightType: undefined },
    { ...api, InsightType: 'Other' },
    { ...api, ErrorCode: 'AccessDenied' },
    errors,
    { ...errors, ErrorCode: 'a'.repeat(129) },
    { ...errors, ErrorCode: 'a/b' },
    { ...api, Period: 120 },
    { ...api, Period: 59 },
    { ...api, Period: 3601 },
    { ...api, DataType: 'Zeros' },
    { ...api, MaxResults: 0 },
    { ...api, MaxResults: 21_601 },
    { ...api, NextToken: '' },
    { ...api, NextToken: 'a'.repeat(5001) },
    { ...api, NextToken: 'none' },
    { ...api, StartTime: 1_767_225_600, EndTime: 1_767_225_600 },
  ])('refuses what is beyond a limit, case %#', async (input) => {
    expect(await refusal('ListInsightsMetricData', input)).toEqual([
      400,
      'InvalidParameterException',
    ])
  })

  it.each(['-ab', 'a', 'a..b', 'a b', '10.1.2.3', 'a'.repeat(129)])(
    'refuses a trail that AWS would, case %#',
    async (TrailName) => {
      const refused = await refusal('ListInsightsMetricData', { ...api, TrailName })
      expect(refused).toEqual([400, 'InvalidTrailNameException'])
    },
  )

  it('asks data events where a trail is named, and says the API back', async () => {
    const { body } = await ask('ListInsightsMetricData', { ...api, TrailName: 'a.b_c-d' })
    expect(body).toEqual({ ...api, Timestamps: [], Values: [] })
  })
})

describe('what concerns trails', () => {
  it.each([
    ['GetInsightSelectors', {}, 400, 'InvalidParameterException'],
    [
      'GetInsightSelectors',
      { TrailName: 'abc', EventDataStore: 'abc' },
      400,
      'InvalidParameterCombinationException',
    ],
    ['GetInsightSelectors', { EventDataStore: 'abc' }, 404, 'EventDataStoreNotFoundException'],
    [
      'GetInsightSelectors',
      { TrailName: 'arn:aws:s3:::bucket' },
      400,
      'CloudTrailARNInvalidException',
    ],
    ['GetTrail', {}, 400, 'InvalidTrailNameException'],
    ['GetTrailStatus', { Name: '..' }, 400, 'InvalidTrailNameException'],
    ['DescribeTrails', { trailNameList: 'x' }, 400, 'SerializationException'],
    ['StopLogging', {}, 400, 'UnknownOperationException'],
    ['constructor', {}, 400, 'UnknownOperationException'],
  ])('refuses %s of %j', async (operation, input, status, name) => {
    expect(await refusal(operation, input)).toEqual([status, name])
  })
})

describe('the wire', () => {
  const type = 'application/x-amz-json-1.1'
  const target = 'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.ListTrails'

  it.each(['/', '/base', '/base/', '/a/b'])('answers below %s', async (url) => {
    const headers = { 'content-type': type, 'x-amz-target': target }
    const response = await app.inject({ method: 'POST', url, headers, payload: '{}' })
    expect([response.statusCode, response.headers['content-type']]).toEqual([200, type])
  })

  it.each([
    [
      { 'content-type': type, 'x-amz-target': 'Other_20131101.ListTrails' },
      'UnknownOperationException',
    ],
    [{ 'content-type': 'text/plain', 'x-amz-target': target }, 'SerializationException'],
  ])('refuses %j', async (headers, name) => {
    const response = await app.inject({ method: 'POST', url: '/', headers, payload: '{}' })
    expect([response.statusCode, response.json().__type]).toEqual([400, name])
  })

  it('answers no unsigned request unless it was told to', async () => {
    const strict = await appOver({}, {}, { aws: { keys: () => [], unsigned: false } })
    const { body } = await askWire(strict, 'ListTrails', {})
    expect(body['__type']).toBe('MissingAuthenticationTokenException')
  })

  it('leaves other posts refused', async () => {
    const response = await app.inject({ method: 'POST', url: '/v1/insights', payload: {} })
    expect(response.statusCode).toBe(405)
  })

  it('fails at no input', async () => {
    const operations = [
      'LookupEvents',
      'ListInsightsData',
      'ListInsightsMetricData',
      'DescribeTrails',
      'GetTrail',
    ]
    const names = [
      'EventCategory',
      'LookupAttributes',
      'StartTime',
      'EndTime',
      'MaxResults',
      'NextToken',
      'Dimensions',
      'TrailName',
      'Name',
      'trailNameList',
      'EventSource',
      'EventName',
      'InsightType',
      'InsightSource',
      'DataType',
      'Period',
      '__proto__',
    ]
    const input = fc.dictionary(
      fc.constantFrom(...names),
      fc.oneof(fc.jsonValue(), fc.constantFrom('insight', 'InsightsEvents', 3600)),
    )
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...operations), input, async (operation, body) => {
        expect((await ask(operation, body)).status).toBeLessThan(500)
      }),
      { numRuns: 1000 },
    )
  })
})
