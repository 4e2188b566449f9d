import { Fault } from '../../base/fault.ts'

/**
 * What a failed call asks for: another try after a pause, one more try (the SDK has corrected its clock), a fresh
 * start without the token, help by a person, or giving up.
 */
export type Trouble = 'busy' | 'clock' | 'token' | 'access' | 'other'

const TOKEN = new Set(['InvalidNextTokenException', 'InvalidTokenException'])
const CLOCK = new Set([
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'RequestExpired',
  'RequestInTheFuture',
  'RequestTimeTooSkewed',
])
const ACCESS = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AuthFailure',
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'IncompleteSignatureException',
  'InvalidClientTokenId',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'NotAuthorized',
  'OptInRequired',
  'SubscriptionRequiredException',
  'TokenProviderError',
  'UnrecognizedClientException',
])
const BUSY = new Set([
  'LimitExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'Throttling',
  'ThrottlingException',
  'TimeoutError',
  'TooManyRequestsException',
])
const NETWORK = /^(E(CONN|PIPE|AI_AGAIN|HOSTUNREACH|NETUNREACH|NOTFOUND|TIMEDOUT)|UND_ERR_)/

/** Sorts an error of the AWS SDK by its name, the status of the answer, or the operating system's code. */
export function troubleOf(error: unknown): Trouble {
  const { name, code, status } = signsOf(error)
  if (TOKEN.has(name)) return 'token'
  if (CLOCK.has(name)) return 'clock'
  if (ACCESS.has(name) || status === 401 || status === 403) return 'access'
  if (BUSY.has(name) || status === 429 || status >= 500) return 'busy'
  return NETWORK.test(code) ? 'busy' : 'other'
}

/** The fault that tells a person which permission or credentials are missing. */
export function accessFault(
  error: unknown,
  {
    title,
    action = 'cloudtrail:LookupEvents',
  }: { readonly title: string; readonly action?: string },
): Fault {
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  const message =
    `AWS refused ${title} (${said}): expected credentials that allow the IAM action ${action}; ` +
    'name a profile with --profile, sign in again ("aws sso login"), or set the AWS_… environment variables'
  return new Fault('AWS_ACCESS', message, { cause: error })
}

/** The fault that tells a person that nobody answers. */
export function unreachable(error: Error, title: string): Fault {
  const said = `${error.name}: ${error.message}`
  return new Fault('AWS_UNREACHABLE', `no answer from ${title} (${said}): try again later`, {
    cause: error,
  })
}

function signsOf(error: unknown): { name: string; code: string; status: number } {
  if (!(error instanceof Error)) return { name: '', code: '', status: 0 }
  const metadata = '$metadata' in error ? error.$metadata : null
  const status =
    typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata
      ? Number(metadata.httpStatusCode ?? 0)
      : 0
  return { name: error.name, code: 'code' in error ? String(error.code) : '', status }
}
