import { expect, it } from 'vitest'
import type { Suppression } from '../../../../src/base/suppressions.ts'
import { silencedBy } from '../../../../src/insight/suppression.ts'
import { anInsight } from '../../../support/insights.ts'

const insight = anInsight({
  ...{ account: '111122223333', region: 'eu-west-1', insightType: 'ApiErrorRateInsight' },
  ...{ eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances', errorCode: 'Client.Denied' },
  ...{ principal: 'arn:aws:iam::111122223333:role/deployer', direction: 'up' },
  startMs: Date.UTC(2026, 2, 4, 10),
  attributions: [
    { attribute: 'userAgent', insight: [{ value: 'Terraform/1.9', average: 2 }], baseline: [] },
  ],
})

it.each<[Partial<Suppression>, boolean]>([
  [{ api: 'ec2:Run*' }, true],
  [{ api: 'ec2.amazonaws.com:RunInstances' }, false],
  [{ api: 's3:*' }, false],
  [{ account: '111122223333' }, true],
  [{ account: '1111' }, false],
  [{ region: 'eu-*' }, true],
  [{ principal: '*role/deployer' }, true],
  [{ principal: 'deployer' }, false],
  [{ userAgent: 'terraform*' }, true],
  [{ userAgent: 'aws-cli*' }, false],
  [{ errorCode: '*Denied' }, true],
  [{ errorCode: 'Throttling' }, false],
  [{ insightType: 'ApiErrorRateInsight' }, true],
  [{ insightType: 'ApiCallRateInsight' }, false],
  [{ direction: 'up' }, true],
  [{ direction: 'down' }, false],
  [{ from: '2026-03-04T10:00:00Z' }, true],
  [{ from: '2026-03-04T10:00:01Z' }, false],
  [{ until: '2026-03-04T10:00:01Z' }, true],
  [{ until: '2026-03-04T10:00:00Z' }, false],
  [{ api: 'ec2:*', principal: '*deployer' }, true],
  [{ api: 'ec2:*', principal: '*other' }, false],
])('%j silences it: %s', (rule, isSilenced) => {
  expect(silencedBy([{ reason: 'a test', ...rule }], insight)).toBe(isSilenced ? 0 : -1)
})

it('names the first of several rules', () => {
  const rules = ['s3:*', 'ec2:*', '*'].map((api) => ({ api, reason: 'a test' }))
  expect(silencedBy(rules, insight)).toBe(1)
  expect(silencedBy([], insight)).toBe(-1)
})

it('does not match a caller that nobody knows', () => {
  const unknown = anInsight({ principal: null, errorCode: null })
  expect(silencedBy([{ principal: '*', reason: 'a test' }], unknown)).toBe(-1)
  expect(silencedBy([{ errorCode: '*', reason: 'a test' }], unknown)).toBe(-1)
})
