import { describe, expect, it } from 'vitest'
import type { Reading } from '../../../../src/event/api-call.ts'
import { Intake } from '../../../../src/event/intake.ts'
import { FILE_LIMITS } from '../../../support/file-limits.ts'
import { trailRecord } from '../../../support/trail-records.ts'

function intake() {
  const taken: Reading[] = []
  const context = { account: '999999999999', stampMs: null, limits: FILE_LIMITS }
  return { taken, intake: new Intake(context, (reading) => taken.push(reading)) }
}

describe('Intake', () => {
  it('holds back what is not CloudTrail’s until something is, then passes all on in order', () => {
    const { taken, intake: filled } = intake()
    filled.value(7, '7')
    filled.value({ name: 'x' }, '{}')
    expect(taken).toEqual([])
    filled.value(trailRecord(0), 'text')
    expect(taken.map((reading) => reading.kind)).toEqual(['rejected', 'rejected', 'call'])
    expect(filled.records).toBe(3)
  })

  it('gives a file up that begins with a thousand values of something else', () => {
    const { intake: filled } = intake()
    for (let at = 0; at < 1000; at++) filled.value(at, '')
    expect(() => filled.value(1000, '')).toThrow(
      expect.objectContaining({ code: 'NOT_CLOUDTRAIL' }),
    )
  })

  it('reads the record inside a LookupEvents item, and names it by its own text', () => {
    const { taken, intake: filled } = intake()
    const text = JSON.stringify(trailRecord(0, { eventID: undefined }))
    filled.value({ EventId: 'outer', CloudTrailEvent: text }, 'outer text')
    const { taken: alone, intake: other } = intake()
    other.value(JSON.parse(text), text)
    expect(taken).toEqual(alone)
  })

  it('reads a record that stands where its text should', () => {
    const { taken, intake: filled } = intake()
    filled.value({ CloudTrailEvent: trailRecord(0) }, '{}')
    expect(taken).toMatchObject([{ kind: 'call' }])
  })

  it('reads the record in EventBridge’s event of it, and no other event’s', () => {
    const { taken, intake: filled } = intake()
    const wrapped = (type: string, more: object = {}) => {
      filled.value({ 'detail-type': type, detail: trailRecord(0), ...more }, '{}')
    }
    wrapped('AWS API Call via CloudTrail')
    wrapped('AWS Console Sign In via CloudTrail')
    wrapped('EC2 Instance State-change Notification')
    wrapped('AWS API Call via CloudTrail', { detail: 'text' })
    expect(taken.map((reading) => reading.kind)).toEqual(['call', 'call', 'rejected', 'rejected'])
  })

  it('takes a record for itself, whatever it has beside its call', () => {
    const { taken, intake: filled } = intake()
    const inner = trailRecord(1, { eventName: 'DeleteTrail' })
    const more = { 'detail-type': 'AWS API Call via CloudTrail', detail: inner }
    filled.value(trailRecord(0, { eventName: 'RunInstances', ...more }), '{}')
    expect(taken).toMatchObject([{ kind: 'call', call: { eventName: 'RunInstances' } }])
  })

  it('counts Insight records inside LookupEvents items', () => {
    const { intake: filled } = intake()
    filled.value({ CloudTrailEvent: '{"eventType":"AwsCloudTrailInsight"}' }, '')
    expect(filled).toMatchObject({ records: 1, insights: 1 })
  })

  it('keeps the beginning of what is rejected, with the account of the path', () => {
    const { taken, intake: filled } = intake()
    filled.recognise()
    filled.reject('LINE_NOT_JSON', Buffer.from('{"eventName":'))
    expect(taken).toEqual([
      { kind: 'rejected', code: 'LINE_NOT_JSON', account: '999999999999', sample: '{"eventName":' },
    ])
    expect(filled.brokenLines).toBe(1)
  })
})
