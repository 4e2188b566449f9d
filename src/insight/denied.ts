/**
 * Whether a call was refused because the caller may not make it: `AccessDenied`, `AccessDeniedException`,
 * `UnauthorizedOperation` and their kin, with whatever a service puts before or behind
 * (`Client.UnauthorizedOperation`, `KMS.AccessDeniedException`). Callers who are not known at all
 * (`InvalidClientTokenId`, `ExpiredToken`) and exceeded quotas are none.
 */
export function isDenied(errorCode: string | null): boolean {
  return errorCode !== null && DENIED.test(errorCode)
}

const DENIED =
  /^(?:\w+[.:#])*(?:AccessDenied|Unauthorized|NotAuthorized|AuthorizationError|Forbidden)(?:Operation|Access)?(?:Exception|Error|Fault)?$/
