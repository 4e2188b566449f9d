import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type ActorCounts, attributionsOf } from '../../../../src/insight/attribution.ts'
import { baselineSpan, rateOver } from '../../../../src/insight/averages.ts'
import type { Insight } from '../../../../src/insight/insight.ts'
import { isOfAws, recordsOf, recordTime } from '../../../../src/insight/record.ts'
import { anInsight, START_MS, stillOpen } from '../../../support/insights.ts'

const MINUTE_MS = 60_000

/** The fixture as compact JSON text, with our ids in place of its own: they derive from content. */
function fixture(name: string, ids: { eventID?: string; sharedEventID?: string }): string {
  const path = `../../../fixtures/insights-examples/${name}.json`
  return JSON.stringify({
    ...JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')),
    ...ids,
  })
}

function expectFixtures(insight: Insight, names: readonly string[]): void {
  const records = recordsOf(insight, { strict: true })
  const expected = names.map((name, place) => {
    const { eventID = '', sharedEventID = '' } = records[place] ?? {}
    return fixture(name, { eventID, sharedEventID })
  })
  expect(records.map((record) => JSON.stringify(record))).toEqual(expected)
}

const actors = (identity: string, agent: string, failed: number, count: number): ActorCounts => ({
  identity: new Map([[identity, count]]),
  agent: new Map([[agent, count]]),
  errorCode: new Map([
    ['Client.RequestLimitExceeded', failed],
    [null, count - failed],
  ]),
  resource: new Map([['arn:aws:s3:::upload-bucket', count]]),
})
const role = (name: string) => `arn:aws:sts::123456789012:assumed-role/${name}`

function callRate(category: 'Management' | 'Data') {
  const before = {
    baseline: actors(role('AutoScaler'), 'autoscaling.amazonaws.com', 0, 130),
    baselineMinutes: baselineSpan(START_MS).duration,
    insightType: 'ApiCallRateInsight',
    category,
  } as const
  const during = (failed: number, count: number, insightMinutes: number) =>
    attributionsOf({
      ...before,
      insight: actors(role('Deploy'), 'aws-cli/2.15.0', failed, count),
      insightMinutes,
    })
  return { attributions: during(16, 47, 5), episodeAttributions: during(40, 120, 8) }
}

function errorRate(): Insight {
  const startMs = Date.UTC(2026, 2, 4, 22, 59)
  const during = (insightMinutes: number) =>
    attributionsOf({
      insight: actors('arn:aws:iam::123456789012:user/Alice', 'Boto3/1.34.0', 0, 30),
      insightMinutes,
      baseline: actors(role('Deploy'), 'aws-cli/2.15.0', 0, 23),
      baselineMinutes: baselineSpan(startMs).duration,
      insightType: 'ApiErrorRateInsight',
      category: 'Management',
    })
  return anInsight({
    eventSource: 'iam.amazonaws.com',
    eventName: 'GetRole',
    insightType: 'ApiErrorRateInsight',
    errorCode: 'AccessDenied',
    startMs,
    baseline: rateOver(23, baselineSpan(startMs).fromMs, startMs),
    trigger: rateOver(30, startMs, startMs + 5 * MINUTE_MS),
    endMs: startMs + 4 * MINUTE_MS,
    episode: rateOver(30, startMs, startMs + 4 * MINUTE_MS),
    attributions: during(5),
    episodeAttributions: during(4),
  })
}

describe('recordsOf', () => {
  it('writes a call-rate pair as CloudTrail does, to the order of its keys', () => {
    expectFixtures(anInsight(callRate('Management')), ['call-rate-start', 'call-rate-end'])
  })

  it('writes an error-rate pair as CloudTrail does, with the code and without its attribution', () => {
    expectFixtures(errorRate(), ['error-rate-start', 'error-rate-end'])
  })

  it('writes resources on data events', () => {
    const object = { eventSource: 's3.amazonaws.com', eventName: 'PutObject' }
    const insight = anInsight({ ...object, ...callRate('Data'), ...stillOpen, category: 'Data' })
    expectFixtures(insight, ['data-call-rate-start'])
  })

  it('gives an open insight its Start alone, the same as after its end', () => {
    const open = recordsOf(anInsight(stillOpen), { strict: true })
    expect(open).toEqual(recordsOf(anInsight(), { strict: true }).slice(0, 1))
  })

  it('leaves attributions out where all are withheld', () => {
    const [start] = recordsOf(anInsight({ attributions: [] }), { strict: false })
    expect(start?.insightDetails.insightContext).not.toHaveProperty('attributions')
  })

  it('leaves the account out where it is not one of AWS', () => {
    const [start] = recordsOf(anInsight({ account: 'unknown' }), { strict: false })
    expect(start).not.toHaveProperty('recipientAccountId')
  })

  it('adds its own block after the fields of AWS, with the score of the start and of the worst', () => {
    const [start, end] = recordsOf(anInsight(), { strict: false })
    expect(Object.keys(start?.insightDetails ?? {}).at(-1)).toBe('offtrail')
    expect(start?.insightDetails.offtrail).toEqual({
      severity: 96.98,
      score: 19.5,
      direction: 'up',
      expected: 0.8,
      low: 0,
      high: 4,
      detectedTime: '2026-03-04T10:10:00Z',
      explanation: '47 calls in 5 minutes; at most 4 are normal; once in 140 weeks',
      incident: '3f9a2b1c-0000-8000-8000-000000000001',
      firstSeen: false,
      principal: 'arn:aws:sts::123456789012:assumed-role/Deploy',
    })
    expect(end?.insightDetails.offtrail?.score).toBe(21)
  })

  it('keeps its own block out of strict records', () => {
    expect(JSON.stringify(recordsOf(anInsight(), { strict: true }))).not.toContain('offtrail')
  })

  const mean = rateOver(50_000, baselineSpan(START_MS).fromMs, START_MS) // 4.68 a minute
  const window = (count: number) => rateOver(count, START_MS, START_MS + 5 * MINUTE_MS)
  it.each([
    { direction: 'down', count: 24, told: 0, why: 'a fall that still lies above the mean' },
    { direction: 'down', count: 23, told: 2, why: 'a fall below the mean' },
    { direction: 'up', count: 23, told: 0, why: 'a rise that still lies below the mean' },
    { direction: 'up', count: 24, told: 2, why: 'a rise above the mean' },
  ] as const)('tells $told strict records of $why', ({ direction, count, told }) => {
    const insight = anInsight({ direction, baseline: mean, trigger: window(count) })
    expect(recordsOf(insight, { strict: true })).toHaveLength(told)
    expect(recordsOf(insight, { strict: false })).toHaveLength(2)
  })

  it('tells nothing of network activity in strict records', () => {
    expect(recordsOf(anInsight({ category: 'NetworkActivity' }), { strict: true })).toEqual([])
  })
})

describe('recordTime', () => {
  it('writes whole minutes with 00 seconds', () => {
    expect(recordTime(START_MS + 59_999)).toBe('2026-03-04T10:05:00Z')
  })
})

describe('isOfAws', () => {
  it.each([
    ['first calls of an API', { insightType: 'NewApiInsight' }],
    ['a sum over many APIs', { insightType: 'AggregateInsight', category: 'Aggregate' }],
  ] as const)('knows that AWS has no type for %s, so that there are no records', (_, parts) => {
    const insight = anInsight(parts)
    expect(isOfAws(insight)).toBe(false)
    expect(recordsOf(insight, { strict: false })).toEqual([])
    expect(recordsOf(insight, { strict: true })).toEqual([])
  })
})
