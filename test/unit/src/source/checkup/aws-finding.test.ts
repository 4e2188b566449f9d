import { expect, it } from 'vitest'
import { Fault } from '../../../../../src/base/fault.ts'
import { awsFinding } from '../../../../../src/source/checkup/aws-finding.ts'

const of = { check: 'read', place: null }
const error = (name: string, message = 'no', status = 400): Error =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } })

it.each<[Error, string, RegExp]>([
  [error('AccessDenied'), 'fail', /^allow s3:GetObject$/],
  [error('KMS.DisabledException'), 'fail', /allow kms:Decrypt/],
  [error('AccessDenied', 'not authorized to perform: kms:Decrypt'), 'fail', /allow kms:Decrypt/],
  [error('ExpiredTokenException'), 'fail', /sign in again/],
  [error('CredentialsProviderError'), 'fail', /sign in again/],
  [error('NoSuchBucket'), 'fail', /name, account and Region/],
  [error('SlowDown', 'no', 503), 'warn', /later/],
  [error('RequestTimeTooSkewed'), 'fail', /clock/],
  [error('InvalidSignatureException'), 'fail', /sign in again/],
  [error('InvalidSignatureException', 'Signature expired: no'), 'fail', /clock/],
  [error('InternalError', 'no', 500), 'fail', /network/],
  [error('Oddity'), 'fail', /^$/],
  [new Fault('AWS_ACCESS', 'no'), 'fail', /^$/],
])('%s is %s, with what to do', (cause, state, remedy) => {
  const finding = awsFinding(of, cause, { action: 's3:GetObject' })
  expect(finding).toMatchObject({ check: 'read', state, words: expect.stringContaining('no') })
  expect(finding.remedy ?? '').toMatch(remedy)
})

it('doubts where an action is refused that nothing else needs', () => {
  const tried = { action: 'sns:GetTopicAttributes', isDoctorsOwn: true }
  expect(awsFinding(of, error('AuthorizationError', 'no', 403), tried)).toMatchObject({
    ...{ state: 'warn', remedy: 'allow sns:GetTopicAttributes, which doctor alone asks for' },
  })
})
