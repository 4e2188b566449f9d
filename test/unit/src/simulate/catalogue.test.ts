import { describe, expect, it } from 'vitest'
import { apiOf, apisIn, deniedCode } from '../../../../src/simulate/catalogue.ts'

describe('apiOf', () => {
  it.each([
    { name: 'ec2 DescribeInstances', readOnly: true, isGlobal: false, isData: false },
    { name: 'ec2 RunInstances', readOnly: false, isGlobal: false, isData: false },
    { name: 'iam CreateUser', readOnly: false, isGlobal: true, isData: false },
    { name: 'sts AssumeRole', readOnly: true, isGlobal: false, isData: false },
    { name: 's3 GetObject', readOnly: true, isGlobal: false, isData: true },
    { name: 'signin GetSigninToken', readOnly: false, isGlobal: true, isData: false },
  ])('knows $name', ({ name, ...expected }) => {
    const { readOnly, isGlobal, isData } = apiOf(name)
    expect({ readOnly, isGlobal, isData }).toEqual(expected)
    expect(apiOf(name)).toBe(apiOf(name))
  })
})

describe('apisIn', () => {
  it('reads the compact list', () => {
    expect(apisIn('ec2 RunInstances StopInstances | iam GetRole')).toEqual([
      'ec2 RunInstances',
      'ec2 StopInstances',
      'iam GetRole',
    ])
  })
})

describe('deniedCode', () => {
  it('is the code each family of services uses', () => {
    expect(['ec2', 's3', 'kms'].map(deniedCode)).toEqual([
      'Client.UnauthorizedOperation',
      'AccessDenied',
      'AccessDeniedException',
    ])
  })
})
