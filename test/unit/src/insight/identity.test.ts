import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type InsightSubject,
  incidentId,
  insightId,
  recordId,
  seriesId,
} from '../../../../src/insight/identity.ts'
import { anyText } from '../../../support/insights.ts'

const UUID_V8 = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

const subject: InsightSubject = {
  account: '123456789012',
  region: 'us-east-1',
  category: 'Management',
  eventSource: 'ec2.amazonaws.com',
  eventName: 'RunInstances',
  insightType: 'ApiCallRateInsight',
  errorCode: null,
  direction: 'up',
  startMs: Date.UTC(2026, 2, 4, 10, 5),
}

describe('insightId', () => {
  it('stays what it was, since stored and delivered insights carry it', () => {
    expect(insightId(subject)).toBe('4e7ee22a-bdc7-8a4e-909f-387bc17ec2a6')
  })

  it.each<Partial<InsightSubject>>([
    { account: '123456789013' },
    { region: 'us-east-2' },
    { category: 'Data' },
    { eventSource: 'ecs.amazonaws.com' },
    { eventName: 'StopInstances' },
    { insightType: 'ApiErrorRateInsight' },
    { errorCode: 'null' },
    { direction: 'down' },
    { startMs: subject.startMs + 60_000 },
  ])('differs when the insight is about something else: %o', (difference) => {
    expect(insightId({ ...subject, ...difference })).not.toBe(insightId(subject))
  })

  it('is a UUID of version 8 whatever text events bring', () => {
    fc.assert(
      fc.property(anyText, anyText, fc.option(anyText), (account, eventName, errorCode) => {
        const id = insightId({ ...subject, account, eventName, errorCode })
        expect(id).toMatch(UUID_V8)
        expect(recordId(id, 'Start')).toMatch(UUID_V8)
        expect(incidentId(id)).toMatch(UUID_V8)
      }),
    )
  })

  it('keeps neighbouring texts apart wherever one ends and the next begins', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (a, b, c) => {
        fc.pre(b !== '')
        const one = insightId({ ...subject, eventSource: a + b, eventName: c })
        const other = insightId({ ...subject, eventSource: a, eventName: b + c })
        expect(one).not.toBe(other)
      }),
    )
  })
})

describe('recordId', () => {
  it('tells the Start from the End and both from the insight and its incident', () => {
    const id = insightId(subject)
    const ids = [id, recordId(id, 'Start'), recordId(id, 'End'), incidentId(id)]
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('seriesId', () => {
  it('is 16 hexadecimal digits, the same for every insight of the API', () => {
    expect(seriesId(subject)).toMatch(/^[0-9a-f]{16}$/)
    expect(seriesId({ ...subject, startMs: 0 } as InsightSubject)).toBe(seriesId(subject))
    expect(seriesId({ ...subject, region: 'eu-west-1' })).not.toBe(seriesId(subject))
  })
})
