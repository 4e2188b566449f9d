import { describe, expect, it } from 'vitest'
import { parseRecord } from '../../../../src/event/parse-record.ts'
import { trailRecord } from '../../../support/trail-records.ts'

const NOWHERE = { account: null, stampMs: null }

function callOf(changes: object, context = NOWHERE as Parameters<typeof parseRecord>[2]) {
  const reading = parseRecord(trailRecord(0, changes), 'text', context)
  if (reading.kind !== 'call') throw new Error(`expected a call, got ${JSON.stringify(reading)}`)
  return reading.call
}

function codeOf(record: unknown, stampMs: number | null = null): string {
  const reading = parseRecord(record, 'text', { account: null, stampMs })
  return reading.kind === 'rejected' ? reading.code : reading.kind
}

describe('parseRecord', () => {
  it('reads the fields that are counted', () => {
    expect(callOf({})).toEqual({
      account: '111122223333',
      region: 'eu-west-1',
      category: 'Management',
      eventSource: 'ec2.amazonaws.com',
      eventName: 'RunInstances',
      timeMs: Date.UTC(2026, 2, 2, 12),
      errorCode: null,
      readOnly: false,
      identity: 'arn:aws:sts::111122223333:assumed-role/deploy',
      userAgent: 'aws-cli/2.31',
      resource: null,
      eventId: '00000000000040008000000000000000',
      replaces: null,
    })
  })

  it.each([
    ['TIME_MISSING', { eventTime: undefined }],
    ['TIME_MISSING', { eventTime: null }],
    ['TIME_INVALID', { eventTime: 1_772_452_800 }],
    ['TIME_INVALID', { eventTime: '' }],
    ['TIME_INVALID', { eventTime: '2026-02-30T00:00:00Z' }],
    ['TIME_OUT_OF_RANGE', { eventTime: '9999-12-31T23:59:59Z' }],
    ['SOURCE_MISSING', { eventSource: undefined }],
    ['SOURCE_MISSING', { eventSource: 7 }],
    ['NAME_MISSING', { eventName: '' }],
    ['NAME_MISSING', { eventName: ['RunInstances'] }],
    ['NAME_MISSING', { eventName: 'ä'.repeat(513) }],
    ['insight', { eventType: 'AwsCloudTrailInsight' }],
    ['insight', { eventCategory: 'Insight', eventTime: null }],
  ])('gives %s for %j', (code, changes) => {
    expect(codeOf(trailRecord(0, changes))).toBe(code)
  })

  it.each([null, 7, 'text', true, [], [trailRecord(0)]])('tells that %j is no object', (value) => {
    expect(codeOf(value)).toBe('NOT_AN_OBJECT')
  })

  it('keeps account and text of what it rejects', () => {
    const record = trailRecord(0, { eventTime: 'yesterday' })
    expect(parseRecord(record, 'the text', NOWHERE)).toEqual({
      kind: 'rejected',
      code: 'TIME_INVALID',
      account: '111122223333',
      sample: 'the text',
    })
  })
})

describe('parseRecord, of time and account', () => {
  it('takes the time of a log shipper where there is no eventTime', () => {
    const changes = { eventTime: undefined, '@timestamp': '2020-09-14T00:44:23.250Z' }
    expect(callOf(changes).timeMs).toBe(Date.UTC(2020, 8, 14, 0, 44, 23, 250))
  })

  it('allows an event a quarter of an hour after the delivery of its file, and no more', () => {
    const stampMs = Date.UTC(2026, 2, 2, 11, 45)
    expect(codeOf(trailRecord(0), stampMs)).toBe('call')
    expect(codeOf(trailRecord(1), stampMs)).toBe('TIME_AFTER_DELIVERY')
  })

  it.each([
    ['the recipient', {}, '111122223333'],
    ['the caller', { recipientAccountId: undefined }, '444455556666'],
    ['the caller', { recipientAccountId: 'x' }, '444455556666'],
    [
      'the path',
      { recipientAccountId: null, userIdentity: { accountId: 'ANONYMOUS_PRINCIPAL' } },
      '999999999999',
    ],
    ['the path', { recipientAccountId: 1, userIdentity: null }, '999999999999'],
  ])('takes the account from %s', (_title, changes, account) => {
    const userIdentity = { accountId: '444455556666' }
    const context = { account: '999999999999', stampMs: null }
    expect(callOf({ userIdentity, ...changes }, context).account).toBe(account)
  })

  it('counts a record of no known account or region', () => {
    const call = callOf({ recipientAccountId: undefined, userIdentity: 7, awsRegion: 9 })
    expect(call).toMatchObject({ account: 'unknown', region: 'unknown', identity: null })
  })
})

describe('parseRecord, of what a caller controls', () => {
  it.each([
    [undefined, null],
    [null, null],
    ['', null],
    ['AccessDenied', 'AccessDenied'],
    [404, '404'],
    [false, 'false'],
    [{ toString: 1 }, 'object'],
    [[[['deep']]], 'object'],
  ])('reads the error code %j as %j', (errorCode, expected) => {
    expect(callOf({ errorCode }).errorCode).toBe(expected)
  })

  it.each([
    [7, null],
    ['', null],
    ['a'.repeat(2000), 'a'.repeat(1024)],
    ['😀'.repeat(300), '😀'.repeat(256)],
    ['\ud800', '\ufffd'],
  ])('keeps a user agent to one kibibyte', (userAgent, expected) => {
    expect(callOf({ userAgent }).userAgent).toBe(expected)
  })

  it('names the first resource of a data event only', () => {
    const resources = [{ type: 'AWS::S3::Object' }, null, { ARN: 'arn:aws:s3:::b' }, { ARN: 'c' }]
    expect(callOf({ resources, eventCategory: 'Data' }).resource).toBe('arn:aws:s3:::b')
    expect(callOf({ resources }).resource).toBeNull()
    expect(callOf({ resources: { ARN: 'x' }, eventCategory: 'Data' }).resource).toBeNull()
  })

  it('tells which event an addendum replaces', () => {
    const originalEventID = '8E6FFB2A-AF42-47E6-9DA9-8D90ADBDC937'
    const addendum = { reason: 'UPDATED_DATA', originalEventID }
    expect(callOf({ addendum }).replaces).toBe('8e6ffb2aaf4247e69da98d90adbdc937')
    expect(callOf({ addendum: { ...addendum, reason: 'DELIVERY_DELAY' } }).replaces).toBeNull()
    expect(callOf({ addendum: 'UPDATED_DATA' }).replaces).toBeNull()
  })

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'reads a call named %s as any other',
    (eventName) => {
      const text = JSON.stringify({ ...trailRecord(0), eventName, errorCode: eventName })
      const hostile = text.replace('{', '{"__proto__":{"eventName":"Forged"},"constructor":null,')
      const reading = parseRecord(JSON.parse(hostile), hostile, NOWHERE)
      expect(reading).toMatchObject({ kind: 'call', call: { eventName, errorCode: eventName } })
    },
  )

  it('counts service events and sign-ins', () => {
    const service = callOf({
      eventType: 'AwsServiceEvent',
      userIdentity: { invokedBy: 'kms.amazonaws.com' },
    })
    expect(service).toMatchObject({ identity: 'kms.amazonaws.com', category: 'Management' })
    expect(callOf({ eventType: 'AwsConsoleSignIn', eventName: 'ConsoleLogin' }).eventName).toBe(
      'ConsoleLogin',
    )
  })
})
