import { describe, expect, it } from 'vitest'
import { catches } from '../../../../src/pipeline/catch.ts'
import type { LabelledIncident } from '../../../../src/simulate/simulate.ts'
import { anInsight } from '../../../support/insights.ts'

const HOUR_MS = 3_600_000
const START_MS = Date.UTC(2026, 2, 10, 12)

const incident = {
  ...{ account: '111111111111', region: 'eu-west-1', kind: 'burst', principal: 'role/deploy' },
  ...{ eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances', title: 'mining' },
  ...{ startMs: START_MS, endMs: START_MS + HOUR_MS },
} as unknown as LabelledIncident

const alarm = (parts: object) =>
  anInsight({
    ...{ account: incident.account, region: incident.region, direction: 'up' },
    ...{ eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances' },
    ...{ startMs: START_MS, detectedMs: START_MS + 10 * 60_000, ...parts },
  })

describe('catches', () => {
  it('takes the insight that fired first, with the minutes it took', () => {
    const [late, early] = [alarm({ detectedMs: START_MS + HOUR_MS }), alarm({})]
    const { caught, extra } = catches([incident], [late, early])
    expect(caught).toEqual([{ incident, insight: early, delay: 10 }])
    expect(extra).toEqual([])
  })

  it.each([
    ['another account', { account: '222222222222' }],
    ['another Region', { region: 'us-east-1' }],
    ['another API', { eventName: 'StopInstances' }],
    ['another service', { eventSource: 's3.amazonaws.com' }],
    ['the other direction', { direction: 'down' }],
    ['a time before it', { detectedMs: START_MS }],
    ['a time long after it', { detectedMs: START_MS + 4 * HOUR_MS }],
    ['an anomaly that began days before', { startMs: START_MS - 25 * HOUR_MS }],
  ])('does not count an insight about %s', (_, parts) => {
    const other = alarm(parts)
    const { caught, extra } = catches([incident], [other])
    expect(caught).toEqual([{ incident, insight: null, delay: null }])
    expect(extra).toEqual([other])
  })

  it('counts a sum over many APIs by who did it, in all Regions or one', () => {
    const aggregate = { kind: 'newcomers', scope: 'principal', apiCount: 60, topApis: [] }
    const sum = { aggregate, eventSource: 'offtrail', eventName: 'FirstSeenApis', region: 'all' }
    const found = (principal: string | null) =>
      catches([incident], [alarm({ ...sum, principal })]).caught[0]?.insight
    expect(found('role/deploy')).not.toBeNull()
    expect(found('role/other')).toBeNull()
    expect(found(null)).toBeNull()
  })

  it('takes information neither for a catch nor for an alarm too many', () => {
    const { caught, extra } = catches([incident], [alarm({ insightType: 'NewApiInsight' })])
    expect(caught[0]?.insight).toBeNull()
    expect(extra).toEqual([])
  })

  it('counts an incident of many APIs by who did it', () => {
    const spree = { ...incident, eventSource: null, eventName: null } as LabelledIncident
    const found = (principal: string | null) =>
      catches([spree], [alarm({ principal, eventName: 'ListUsers' })]).caught[0]?.insight
    expect(found('role/deploy')).not.toBeNull()
    expect(found('role/other')).toBeNull()
  })
})
