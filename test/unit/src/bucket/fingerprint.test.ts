import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { fingerprintOf, secondIn, withSecond } from '../../../../src/bucket/fingerprint.ts'
import { aCall } from '../../../support/small-files.ts'

describe('fingerprintOf', () => {
  it('is the first 47 bits of a SHA-256, and leaves 17 bits for the second of the day', () => {
    const { high, low } = fingerprintOf(aCall(), 'AccessDenied')
    const text = '["eu-west-1","Management","ec2.amazonaws.com","RunInstances","AccessDenied"]'
    const digest = createHash('sha256').update(text).digest()
    expect(high).toBe(digest.readUInt32BE(0))
    expect(low >>> 17).toBe(digest.readUInt16BE(4) >>> 1)
    expect(low & 0x1ffff).toBe(0)
  })

  it('tells content apart that a forger would change, and not whose account it is', () => {
    const print = fingerprintOf(aCall(), null)
    expect(fingerprintOf(aCall({ account: '2' }), null)).toEqual(print)
    for (const other of [{ region: 'x' }, { eventSource: 'x' }, { eventName: 'x' }]) {
      expect(fingerprintOf(aCall(other), null)).not.toEqual(print)
    }
    expect(fingerprintOf(aCall(), '')).not.toEqual(print)
  })
})

describe('withSecond', () => {
  it.each([0, 1, 43_200, 86_399])('brings back second %i of the day', (second) => {
    const { low } = fingerprintOf(aCall(), null)
    expect(secondIn(withSecond(low, second))).toBe(second)
    expect(withSecond(low, second) >>> 17).toBe(low >>> 17)
  })
})
