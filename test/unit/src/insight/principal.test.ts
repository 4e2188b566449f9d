import { describe, expect, it } from 'vitest'
import { principalOf, shortPrincipal } from '../../../../src/insight/principal.ts'

const span = (calls: Record<string, number>, minutes: number, unnamed = 0) => ({
  identities: new Map(Object.entries(calls)),
  count: Object.values(calls).reduce((sum, count) => sum + count, unnamed),
  minutes,
})
const quiet = span({}, 10080)

describe('principalOf', () => {
  it('names who made more than half of a rise out of nothing, with the share of the calls', () => {
    const principal = principalOf({
      insight: span({ ci: 97, ops: 3 }, 5),
      baseline: quiet,
      direction: 'up',
    })
    expect(principal).toEqual({ value: 'ci', share: 0.97, isNew: true })
  })

  it('looks at the excess, not at the calls: a busy regular does not hide a newcomer', () => {
    const principal = principalOf({
      insight: span({ regular: 100, newcomer: 30 }, 5),
      baseline: span({ regular: 201_600 }, 10080),
      direction: 'up',
    })
    expect(principal).toEqual({ value: 'newcomer', share: 30 / 130, isNew: true })
  })

  it('names nobody at exactly one half', () => {
    expect(
      principalOf({ insight: span({ a: 5, b: 5 }, 5), baseline: quiet, direction: 'up' }),
    ).toBeNull()
  })

  it('counts calls without an identity against everybody', () => {
    const insight = span({ a: 9 }, 5, 91)
    expect(principalOf({ insight, baseline: quiet, direction: 'up' })).toBeNull()
  })

  it('names whose calls are missing in a fall', () => {
    const principal = principalOf({
      insight: span({ poller: 0, people: 10 }, 60),
      baseline: span({ poller: 10080, people: 1680 }, 10080),
      direction: 'down',
    })
    expect(principal).toEqual({ value: 'poller', share: 1, isNew: false })
  })

  it('names nobody where the window does not leave the mean in that direction', () => {
    const baseline = span({ a: 100_800 }, 10080)
    expect(principalOf({ insight: span({ a: 20 }, 5), baseline, direction: 'up' })).toBeNull()
    expect(principalOf({ insight: span({ a: 80 }, 5), baseline, direction: 'down' })).toBeNull()
  })

  it('names nobody where identities are past the cap', () => {
    const unknown = { identities: null, count: 5000, minutes: 5 }
    expect(principalOf({ insight: unknown, baseline: quiet, direction: 'up' })).toBeNull()
    const insight = span({ a: 9 }, 5)
    const baseline = { ...unknown, minutes: 10080 }
    expect(principalOf({ insight, baseline, direction: 'up' })).toBeNull()
  })

  it('takes the larger of two that each exceed one half, the first by name of equal ones', () => {
    const baseline = span({ c: 20_160 }, 10080)
    const insight = span({ b: 9, a: 9 }, 5)
    expect(principalOf({ insight, baseline, direction: 'up' })?.value).toBe('a')
    const uneven = span({ a: 8, b: 9 }, 5)
    expect(principalOf({ insight: uneven, baseline, direction: 'up' })?.value).toBe('b')
  })
})

describe('shortPrincipal', () => {
  it.each([
    ['arn:aws:sts::123456789012:assumed-role/ci-runner', 'role/ci-runner'],
    ['arn:aws:iam::123456789012:role/team/path/ci-runner', 'role/ci-runner'],
    ['arn:aws-cn:iam::123456789012:user/mallory', 'user/mallory'],
    ['arn:aws:sts::123456789012:federated-user/bob', 'federated-user/bob'],
    ['arn:aws:iam::123456789012:root', 'root'],
    ['autoscaling.amazonaws.com', 'autoscaling.amazonaws.com'],
    ['arn:aws:s3:::bucket/key', 'arn:aws:s3:::bucket/key'],
    ['arn:aws:iam::', 'arn:aws:iam::'],
    ['', ''],
  ])('writes %s as %s', (identity, short) => {
    expect(shortPrincipal(identity)).toBe(short)
  })
})
