import { describe, expect, it } from 'vitest'
import { isDenied } from '../../../../src/insight/denied.ts'

describe('isDenied', () => {
  it.each([
    'AccessDenied',
    'AccessDeniedException',
    'UnauthorizedOperation',
    'Client.UnauthorizedOperation',
    'KMS.AccessDeniedException',
    'com.amazonaws#AccessDeniedException',
    'UnauthorizedAccess',
    'UnauthorizedException',
    'NotAuthorizedException',
    'AuthorizationError',
    'AuthorizationErrorException',
    'Forbidden',
  ])('knows %s as a refusal', (code) => expect(isDenied(code)).toBe(true))

  it.each([
    null,
    '',
    'ThrottlingException',
    'NoSuchBucket',
    'InvalidClientTokenId',
    'ExpiredToken',
    'NotAccessDeniedAtAll',
    'AccessDeniedOrNot',
    'accessdenied',
  ])('takes %s for none', (code) => expect(isDenied(code)).toBe(false))

  it('reads any code quickly', () => {
    const slow = `${'a.'.repeat(50_000)}AccessDenied!`
    const startedMs = performance.now()
    expect(isDenied(slow)).toBe(false)
    expect(performance.now() - startedMs).toBeLessThan(1000)
  })
})
