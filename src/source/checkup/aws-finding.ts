import { Fault } from '../../base/fault.ts'
import { type Checked, doubtful, type Finding, failing } from '../../base/finding.ts'
import { troubleOf } from '../lookup/trouble.ts'

/** An action of IAM that was tried. */
export interface Tried {
  readonly action: string
  /** Nothing but doctor calls it: where it is refused, the rest may work. */
  readonly isDoctorsOwn?: boolean
}

const KMS = /^KMS|\bkms:|\bKMS\b/
/** Signatures that are wrong by their time alone say so in their message. */
const CLOCK =
  /^(RequestTimeTooSkewed|RequestExpired|RequestInTheFuture)$|^Signature (expired|not yet current)/
const UNKNOWN_KEYS =
  /^(CredentialsProviderError|TokenProviderError|ExpiredToken.*|InvalidClientTokenId|InvalidAccessKeyId|UnrecognizedClientException|SignatureDoesNotMatch|InvalidSignatureException)$/
const NOT_THERE =
  /^(NoSuchBucket|NoSuchKey|NotFound|NotFoundException|ResourceNotFoundException|.*QueueDoesNotExist|.*NonExistentQueue)$/
const THROTTLED = /throttl|slowdown|requestlimit|toomanyrequests/i

/** What an error of the AWS SDK says of a check: what is wrong, and what to do. */
export function awsFinding(of: Checked, error: unknown, tried: Tried): Finding {
  if (error instanceof Fault) return failing(of, error.message)
  const { name, message } = error as Error
  const said = `${name}: ${message}`
  if (KMS.test(name) || KMS.test(message))
    return failing(
      of,
      `the key that encrypts it is refused (${said})`,
      "allow kms:Decrypt on that key, in its own policy and, where it is another account's, in one of the caller",
    )
  if (CLOCK.test(name) || CLOCK.test(message))
    return failing(of, `the time is wrong (${said})`, 'set the clock of this machine (NTP)')
  if (UNKNOWN_KEYS.test(name))
    return failing(
      of,
      `the credentials do not count (${said})`,
      'name a profile with --profile, sign in again ("aws sso login"), or set the AWS_… environment variables',
    )
  if (NOT_THERE.test(name))
    return failing(of, `it is not there (${said})`, 'look at its name, account and Region')
  if (THROTTLED.test(name))
    return doubtful(of, `others use up its rate just now (${said})`, 'try again later')
  return byTrouble(of, error, said, tried)
}

function byTrouble(of: Checked, error: unknown, said: string, tried: Tried): Finding {
  const { action, isDoctorsOwn = false } = tried
  const trouble = troubleOf(error)
  if (trouble === 'busy')
    return failing(of, `no answer (${said})`, 'look at the network, proxies and endpoints')
  if (trouble !== 'access') return failing(of, said)
  return isDoctorsOwn
    ? doubtful(
        of,
        `it cannot be looked at (${said})`,
        `allow ${action}, which doctor alone asks for`,
      )
    : failing(of, `it is refused (${said})`, `allow ${action}`)
}
