import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Insight } from '../../../../../src/insight/insight.ts'
import { findingOf, findingsAsNdjson, ocsfJson } from '../../../../../src/sink/ocsf/finding.ts'
import { anInsight, anyInsight, stillOpen } from '../../../../support/insights.ts'

const SCHEMA = new URL(
  '../../../../fixtures/ocsf/detection-finding-1.3.schema.json',
  import.meta.url,
)
const isValid = new Ajv({ allErrors: true, strict: false }).compile(
  JSON.parse(readFileSync(SCHEMA, 'utf8')),
)
const complaints = (finding: object) => (isValid(finding) ? [] : isValid.errors)

const SUM: Partial<Insight> = {
  category: 'Aggregate',
  insightType: 'AggregateInsight',
  region: 'all',
  eventSource: 'offtrail',
  eventName: 'DeniedCalls',
  principal: null,
  incident: '',
  aggregate: {
    kind: 'denials',
    scope: 'region',
    apiCount: 2,
    topApis: [
      { api: 's3.amazonaws.com:ListBuckets', calls: 9 },
      { api: 'iam.amazonaws.com:ListUsers', calls: 4 },
    ],
  },
}

describe('a finding', () => {
  it('is what the published class asks for, whatever an insight is', () => {
    fc.assert(
      fc.property(anyInsight, (insight) => {
        expect(complaints(JSON.parse(ocsfJson([insight]))[0])).toEqual([])
      }),
    )
    expect(complaints(findingOf(anInsight(SUM)))).toEqual([])
  })

  it('is refused by the schema where something is missing or new', () => {
    const finding = findingOf(anInsight())
    const { time: _time, ...less } = finding as { time: number }
    expect(complaints(less)).toHaveLength(1)
    expect(complaints({ ...finding, surprise: 1 })).toHaveLength(1)
    expect(complaints({ ...finding, type_uid: 200401 })).not.toEqual([])
  })

  it('is created while an insight lasts and closed when it is over, under one id', () => {
    const [open, closed] = [findingOf(anInsight(stillOpen)), findingOf(anInsight())]
    expect(open).toMatchObject({ activity_id: 1, type_uid: 200401, status_id: 1, severity_id: 5 })
    expect(open).not.toHaveProperty('end_time')
    expect(closed).toMatchObject({ activity_id: 3, type_uid: 200403, status: 'Ended' })
    const ids = (finding: object) => {
      const { finding_info, metadata } = finding as Record<string, { uid: string }>
      return [finding_info?.uid, metadata?.uid]
    }
    expect(ids(open)[0]).toBe(ids(closed)[0])
    expect(ids(open)[1]).not.toBe(ids(closed)[1])
  })

  it('names the API, its error and its caller as evidence', () => {
    const insight = anInsight({ errorCode: 'AccessDenied', insightType: 'ApiErrorRateInsight' })
    expect(findingOf(insight)).toMatchObject({
      finding_info: { title: 'Unusually many: ec2:RunInstances AccessDenied' },
      evidences: [
        {
          api: {
            ...{ operation: 'RunInstances', service: { name: 'ec2' } },
            response: { error: 'AccessDenied' },
          },
          actor: { user: { uid: insight.principal } },
          data: { calls: 47, expected: 0.8 },
        },
      ],
    })
  })

  it('names the APIs behind a sum, and no Region where it is about all', () => {
    const finding = findingOf(anInsight(SUM))
    expect(finding).toMatchObject({
      evidences: [
        { api: { operation: 'ListBuckets', service: { name: 's3' } }, data: { calls: 9 } },
        { api: { operation: 'ListUsers', service: { name: 'iam' } }, data: { calls: 4 } },
      ],
    })
    expect((finding as { cloud: object }).cloud).not.toHaveProperty('region')
  })

  it('is a line of NDJSON each', () => {
    const lines = findingsAsNdjson([anInsight(), anInsight()]).split('\n')
    expect([lines.length, lines[2]]).toEqual([3, ''])
    expect(findingsAsNdjson([])).toBe('')
  })
})
