import { describe, expect, it } from 'vitest'
import { readOnlyOf } from '../../../../../src/event/fields/read-only.ts'

describe('readOnlyOf', () => {
  it.each([
    [true, 'RunInstances', true],
    [false, 'GetObject', false],
    ['true', 'RunInstances', true],
    ['FALSE', 'GetObject', false],
  ])('believes the record: %j of %s', (readOnly, name, expected) => {
    expect(readOnlyOf(readOnly, name)).toBe(expected)
  })

  it.each([
    'GetObject',
    'ListBuckets',
    'DescribeInstances',
    'HeadObject',
    'BatchGetItem',
    'Scan',
    'AssumeRole',
    'Decrypt',
  ])('takes %s for a read where the record does not say', (name) => {
    expect(readOnlyOf(undefined, name)).toBe(true)
  })

  it.each([
    'RunInstances',
    'Getaway',
    'ConsoleLogin',
    'GetFederationToken',
    'BatchWriteItem',
    '',
    '__proto__',
  ])('takes %j for a write where the record does not say', (name) => {
    expect(readOnlyOf(null, name)).toBe(false)
  })
})
