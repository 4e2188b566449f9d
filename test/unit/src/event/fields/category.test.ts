import { describe, expect, it } from 'vitest'
import { categoryOf, isInsight } from '../../../../../src/event/fields/category.ts'

const S3 = { eventSource: 's3.amazonaws.com' }

describe('categoryOf', () => {
  it.each([
    [{ eventCategory: 'Data', managementEvent: true }, 'Data'],
    [{ eventCategory: 'NetworkActivity' }, 'NetworkActivity'],
    [{ eventCategory: 'Management', managementEvent: false }, 'Management'],
    [{ managementEvent: false }, 'Data'],
    [{ managementEvent: 'false' }, 'Data'],
    [{ eventType: 'AwsVpceEvent' }, 'NetworkActivity'],
    [{}, 'Management'],
    [{ eventCategory: 'data' }, 'Management'],
    [{ eventCategory: 7, managementEvent: false }, 'Data'],
    [{ ...S3, eventName: 'GetObject' }, 'Data'],
    [{ ...S3, eventName: 'GetObject', managementEvent: true }, 'Management'],
    [{ ...S3, eventName: 'GetBucketAcl' }, 'Management'],
    [{ eventSource: 'lambda.amazonaws.com', eventName: 'Invoke' }, 'Data'],
    [{ eventSource: 'lambda.amazonaws.com', eventName: 'CreateFunction20150331' }, 'Management'],
  ] as const)('takes %j for %s', (record, category) => {
    expect(categoryOf(record)).toBe(category)
  })
})

describe('isInsight', () => {
  it.each([
    [{ eventType: 'AwsCloudTrailInsight' }, true],
    [{ eventCategory: 'Insight' }, true],
    [{ eventType: 'AwsApiCall', eventCategory: 'Management' }, false],
  ])('of %j is %s', (record, expected) => {
    expect(isInsight(record)).toBe(expected)
  })
})
