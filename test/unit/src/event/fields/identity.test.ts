import { describe, expect, it } from 'vitest'
import { identityOf } from '../../../../../src/event/fields/identity.ts'

const ROLE = 'arn:aws:sts::111122223333:assumed-role/deploy'

describe('identityOf', () => {
  it.each([
    ['an assumed role', { arn: `${ROLE}/session-1` }, ROLE],
    [
      'an assumed role of China',
      { arn: 'arn:aws-cn:sts::1:assumed-role/a/b' },
      'arn:aws-cn:sts::1:assumed-role/a',
    ],
    ['an assumed role without session', { arn: ROLE }, ROLE],
    [
      'a role named like a keyword',
      { arn: 'arn:aws:iam::1:role/assumed-role/x' },
      'arn:aws:iam::1:role/assumed-role/x',
    ],
    [
      'a federated user',
      { arn: 'arn:aws:sts::1:federated-user/kim' },
      'arn:aws:sts::1:federated-user/kim',
    ],
    ['root', { type: 'Root', arn: 'arn:aws:iam::1:root', userName: 'x' }, 'arn:aws:iam::1:root'],
    ['root without ARN', { type: 'Root' }, 'root'],
    [
      'a service',
      { type: 'AWSService', invokedBy: 'config.amazonaws.com' },
      'config.amazonaws.com',
    ],
    ['a user by name', { type: 'IAMUser', userName: 'kim' }, 'kim'],
    [
      'an anonymous caller',
      { type: 'AWSAccount', accountId: 'ANONYMOUS_PRINCIPAL' },
      'ANONYMOUS_PRINCIPAL',
    ],
    ['an unknown kind', { type: 'Directory' }, 'Directory'],
    ['nothing', {}, null],
    ['an odd ARN', { arn: { a: 1 }, userName: 'kim' }, 'kim'],
    ['an empty ARN', { arn: '', userName: 'kim' }, 'kim'],
  ])('names %s', (_title, userIdentity, expected) => {
    expect(identityOf(userIdentity)).toBe(expected)
  })

  it.each([undefined, null, 'kim', 7, true])('finds nobody in %j', (userIdentity) => {
    expect(identityOf(userIdentity)).toBeNull()
  })

  it('cuts a name at the length of an ARN', () => {
    expect(identityOf({ arn: 'a'.repeat(9000) })).toHaveLength(2048)
  })
})
