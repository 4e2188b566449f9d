import { describe, expect, it } from 'vitest'
import { callsOf, codesOf, readContent } from '../../../../support/trail-records.ts'

const HEADER = [
  ...['Event category', 'User name', 'Event time', 'Event source', 'Event name', 'AWS region'],
  ...['User agent', 'Error code', 'Event ID', 'Read-only', 'Recipient Account Id', 'Notes'],
]
const ROW = [
  ...['Management', 'kim', '2026-03-02T12:00:00Z', 'iam.amazonaws.com', 'GetUser', 'us-east-1'],
  ...['aws-cli, "2"', 'AccessDenied', '8e6ffb2a-af42-47e6-9da9-8d90adbdc937', 'true'],
  ...['111122223333', 'a\nb'],
]
const csv = (...rows: readonly (readonly string[])[]) =>
  rows
    .map((row) => `${row.map((field) => `"${field.replaceAll('"', '""')}"`).join(',')}\r\n`)
    .join('')

describe('readTrailFile, of a console CSV', () => {
  it('reads every column that is counted', async () => {
    const { file, readings } = await readContent(csv(HEADER, ROW))
    expect(file).toMatchObject({ outcome: 'done', framing: 'csv', records: 1 })
    expect(callsOf(readings)).toEqual([
      {
        account: '111122223333',
        region: 'us-east-1',
        category: 'Management',
        eventSource: 'iam.amazonaws.com',
        eventName: 'GetUser',
        timeMs: Date.UTC(2026, 2, 2, 12),
        errorCode: 'AccessDenied',
        readOnly: true,
        identity: 'kim',
        userAgent: 'aws-cli, "2"',
        resource: null,
        eventId: '8e6ffb2aaf4247e69da98d90adbdc937',
        replaces: null,
      },
    ])
  })

  it('reads the same in any order of columns', async () => {
    const turned = csv(HEADER.toReversed(), ROW.toReversed())
    const expected = (await readContent(csv(HEADER, ROW))).readings
    expect((await readContent(turned)).readings).toEqual(expected)
  })

  it('takes an empty field for none', async () => {
    const empty = ROW.map((field, at) => ([2, 3, 4].includes(at) ? field : ''))
    const [call] = callsOf((await readContent(csv(HEADER, empty))).readings)
    expect(call).toMatchObject({
      account: 'unknown',
      errorCode: null,
      identity: null,
      readOnly: true,
    })
  })

  it('rejects a row of another length, and counts the others', async () => {
    const { file, readings } = await readContent(csv(HEADER, ROW.slice(1), ROW))
    expect(file).toMatchObject({ outcome: 'partial', records: 2 })
    expect(codesOf(readings)).toEqual(['ROW_NOT_CSV'])
  })
})
