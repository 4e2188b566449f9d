import { describe, expect, it } from 'vitest'
import { serviceOf } from '../../../../src/insight/service.ts'

describe('serviceOf', () => {
  it("leaves out AWS's domain at the end, and nothing else", () => {
    expect(serviceOf('ec2.amazonaws.com')).toBe('ec2')
    expect(serviceOf('offtrail')).toBe('offtrail')
    expect(serviceOf('a.amazonaws.com.example')).toBe('a.amazonaws.com.example')
  })
})
