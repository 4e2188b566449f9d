import { describe, expect, it } from 'vitest'
import { readAnnouncement } from '../../../../../src/source/sqs/announcement.ts'
import {
  callEvent,
  eventBridgeEvent,
  s3Event,
  s3Record,
  type Told,
  wrappedBySns,
} from '../../../../support/queue-world.ts'
import { trailRecord } from '../../../../support/trail-records.ts'

const told: Told = { key: 'AWSLogs/a b+c%2Fd/é.json.gz', etag: 'abc', size: 12 }
const object = { ...told, bucket: 'trail' }
const nothing = { objects: [], records: [], otherEvents: 0, problem: null }
const read = (body: unknown) => readAnnouncement(JSON.stringify(body))

describe('readAnnouncement', () => {
  it.each([
    ['S3', s3Event(told)],
    ['S3 by way of SNS', wrappedBySns(s3Event(told))],
    ['EventBridge', eventBridgeEvent(told)],
    ['EventBridge by way of SNS', wrappedBySns(eventBridgeEvent(told))],
    ['SNS by way of SNS', wrappedBySns(wrappedBySns(s3Event(told)))],
  ])('reads what %s sends', (_, body) => {
    expect(read(body)).toEqual({ ...nothing, objects: [object] })
  })

  it('reads the notification that CloudTrail sends itself, which knows no ETag', () => {
    const body = { s3Bucket: 'trail', s3ObjectKey: ['a+b', 'c'] }
    const unknown = { bucket: 'trail', etag: null, size: null }
    expect(read(wrappedBySns(body)).objects).toEqual([
      { ...unknown, key: 'a+b' },
      { ...unknown, key: 'c' },
    ])
  })

  it('takes every record, and counts what tells of no new object', () => {
    const second = { ...told, key: 'second' }
    const removed = s3Record(told, 'ObjectRemoved:Delete')
    const { objects, otherEvents } = read({
      Records: [s3Record(told), removed, s3Record(second, 's3:ObjectCreated:Copy')],
    })
    expect(objects.map(({ key }) => key)).toEqual([told.key, 'second'])
    expect(otherEvents).toBe(1)
  })

  it.each([
    { Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'trail' },
    wrappedBySns({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'trail' }),
    { ...eventBridgeEvent(told), 'detail-type': 'Object Deleted' },
  ])('takes no offence at %j', (body) => {
    expect(read(body)).toEqual({ ...nothing, otherEvents: 1 })
  })

  it('keeps the records it can read of a message that has others', () => {
    const { objects, problem } = read({ Records: [{ eventName: 'x' }, s3Record(told)] })
    expect(objects).toEqual([object])
    expect(problem).toBe('one of its records is no event of S3')
  })

  it.each([
    ['', 'it is no JSON object'],
    ['{"Records":', 'it is no JSON object'],
    ['7', 'it is no JSON object'],
    ['[]', 'none of what S3'],
    ['{}', 'none of what S3'],
    ['{"Records":[null]}', 'no event of S3'],
    ['{"Type":"Notification","Message":"hello"}', 'it is no JSON object'],
    ['{"Type":"SubscriptionConfirmation","SubscribeURL":"https://x"}', 'open its SubscribeURL'],
    ['{"detail-type":"Scheduled Event","source":"aws.events"}', 'an event of aws.events'],
    ['{"s3Bucket":"trail","s3ObjectKey":[7]}', 'no bucket, or no key'],
  ])('says what is wrong with %s', (body, words) => {
    const { objects, problem } = readAnnouncement(body)
    expect(objects).toEqual([])
    expect(problem).toContain(words)
  })

  it.each(['', '../x', 'arn:aws:s3:us-east-1:1:accesspoint/x', 'x y'])(
    'takes %j for no bucket',
    (name) => {
      const { detail, ...event } = eventBridgeEvent(told) as { detail: object }
      expect(read({ ...event, detail: { ...detail, bucket: { name } } }).problem).not.toBeNull()
    },
  )

  it('refuses a key whose encoding is broken, and ends unwrapping somewhere', () => {
    const broken = JSON.stringify(s3Event(told)).replace('a+b', 'a%ZZb')
    expect(readAnnouncement(broken).problem).not.toBeNull()
    const deep = [1, 2, 3, 4].reduce((inner: object) => wrappedBySns(inner), s3Event(told))
    expect(read(deep).problem).not.toBeNull()
  })

  it('has no ETag quoted, and no size that is none', () => {
    const [found] = read(eventBridgeEvent({ ...told, etag: '"abc"', size: -1 })).objects
    expect(found).toMatchObject({ etag: 'abc', size: null })
  })
})

describe('an event of CloudTrail', () => {
  it.each([
    'AWS API Call via CloudTrail',
    'AWS Console Sign In via CloudTrail',
    'AWS Service Event via CloudTrail',
    'AWS Insight via CloudTrail',
  ])('takes the record of %s, by way of SNS as well', (what) => {
    const records = [trailRecord(7)]
    const event = callEvent(trailRecord(7), what)
    expect(read(event)).toEqual({ ...nothing, records })
    expect(read(wrappedBySns(event))).toEqual({ ...nothing, records })
  })

  it('takes the account of the event, where the record does not say whose call it was', () => {
    const { recipientAccountId, ...record } = trailRecord(7)
    const event = callEvent(record)
    expect(read(event).records).toEqual([{ ...record, recipientAccountId }])
    expect(read({ ...event, account: 'me' }).records).toEqual([record])
  })

  it('passes over insights that others than AWS put onto the bus', () => {
    const event = callEvent(trailRecord(7), 'AWS Insight via CloudTrail')
    expect(read({ ...event, source: 'offtrail' })).toEqual({ ...nothing, otherEvents: 1 })
  })

  it('says what is wrong with one of nobody in particular, or of nothing', () => {
    expect(read({ ...callEvent({}), detail: [] }).problem).toContain('no record of CloudTrail')
    expect(read({ ...callEvent({}), source: 'me' }).problem).toContain('of me, not of AWS')
  })
})
