import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rateOver } from '../../../../src/insight/averages.ts'
import { insightsAsTable } from '../../../../src/sink/insights-as-table.ts'
import { anInsight, anyInsight, START_MS, stillOpen } from '../../../support/insights.ts'
import { steeringIn } from '../../../support/steering.ts'

const plain = { width: null, colour: false }
const denied = anInsight({
  eventSource: 's3.amazonaws.com',
  eventName: 'ListBuckets',
  insightType: 'ApiErrorRateInsight',
  errorCode: 'AccessDenied',
  severity: 81.4,
  expected: 1.13,
  trigger: rateOver(96, START_MS, START_MS + 3_600_000),
  principal: 'arn:aws:iam::123456789012:user/mallory',
})

describe('insightsAsTable', () => {
  it('shows how loud, when, where, how much and who, in the order given', () => {
    const now = Date.UTC(2026, 2, 4, 12)
    expect(insightsAsTable([anInsight(), denied], { ...plain, now })).toBe(
      [
        'SEV       SCORE  WHEN (UTC)       ACCOUNT       API                          ACTUAL / EXPECTED  WHO',
        'critical     96  03-04 10:05 +8m  123456789012  ec2:RunInstances               47 / 0.8 per 5m  role/Deploy',
        'major        81  03-04 10:05 +8m  123456789012  s3:ListBuckets AccessDenied   96 / 1.1 per 60m  user/mallory',
        '',
      ].join('\n'),
    )
  })

  it('shows the year unless it is the present one', () => {
    const lastYear = insightsAsTable([anInsight()], { ...plain, now: Date.UTC(2027, 0, 1) })
    expect(lastYear).toContain('2026-03-04 10:05 +8m')
    expect(insightsAsTable([anInsight()], plain)).toContain('2026-03-04 10:05 +8m')
  })

  it('marks what still lasts', () => {
    const open = anInsight(stillOpen)
    expect(insightsAsTable([open], plain)).toContain('2026-03-04 10:05 open  123456789012')
  })

  it.each([
    [119, '119m'],
    [120, '2h'],
    [2879, '47h59m'],
    [2880, '2d'],
    [3000, '2d2h'],
  ])('writes %d minutes as %s', (minutes, length) => {
    const endMs = START_MS + minutes * 60_000
    expect(insightsAsTable([anInsight({ endMs })], plain)).toContain(`10:05 +${length} `)
  })

  it.each([
    [0, '47 / 0 per'],
    [0.04, '47 / <0.1 per'],
    [0.05, '47 / 0.1 per'],
    [9.94, '47 / 9.9 per'],
    [9.95, '47 / 10 per'],
    [1234.5, '47 / 1235 per'],
  ])('rounds an expectation of %d to be read', (expected, text) => {
    expect(insightsAsTable([anInsight({ expected })], plain)).toContain(text)
  })

  it('has a dash where nobody stands behind it, and says so where there is none', () => {
    expect(insightsAsTable([anInsight({ principal: null })], plain)).toMatch(/per 5m {2}-\n$/)
    expect(insightsAsTable([], plain)).toBe('No insights.\n')
  })

  it('cuts the widest column first to fit the terminal', () => {
    const eventName = 'UpdateInstanceAssociationStatusOfEverything'
    const table = insightsAsTable([anInsight({ eventName })], { ...plain, width: 110 })
    expect(table).toContain('ec2:UpdateInstance')
    expect(table).toContain('…  ')
    expect(table).toContain('role/Deploy')
    expect(Math.max(...table.split('\n').map((line) => line.length))).toBe(110)
  })

  it('colours the severity only when asked', () => {
    expect(insightsAsTable([anInsight()], { ...plain, colour: true })).toContain(
      '\u001b[31mcritical\u001b[39m',
    )
    expect(insightsAsTable([anInsight()], plain)).not.toContain('\u001b')
  })

  it('is one line each, without a control byte, whatever text events bring', () => {
    fc.assert(
      fc.property(fc.array(anyInsight, { minLength: 1, maxLength: 4 }), (insights) => {
        const lines = insightsAsTable(insights, { width: 100, colour: false }).split('\n')
        expect(lines).toHaveLength(insights.length + 2)
        expect(steeringIn(lines.join(''))).toEqual([])
      }),
    )
  })
})
