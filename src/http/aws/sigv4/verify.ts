import { createHash, timingSafeEqual } from 'node:crypto'
import type { AccessKey } from '../../../base/access-key.ts'
import { AwsError } from '../aws-error.ts'
import type { AwsCaller } from '../caller.ts'
import { type Authorization, authorizationOf } from './authorization.ts'
import { headersOf, type RawRequest } from './raw-request.ts'
import { signatureOf } from './signature.ts'

/** How far a client's clock may be from ours: what AWS allows. */
const CLOCK_SKEW_MS = 5 * 60_000
const SERVICE = 'cloudtrail'
/** What a signature is held against where the key is unknown: as long as the secrets of `offtrail access-key`. */
const NOBODYS_SECRET = '-'.repeat(40)
/** Signed always; beside them every `x-amz-*` header that came. */
const MUST_BE_SIGNED = ['content-type', 'host', 'x-amz-date', 'x-amz-target']
/** What must not come twice: whoever reads it could take another one than was signed. */
const ONCE = /^(host|authorization|content-type|content-length|x-amz-.*)$/

/**
 * Who signed a request (SigV4), or why it is refused: the one function that authenticates, and nothing else reads who
 * asks. Keys and signatures that are wrong take the same work. Throws `AwsError` with the code that AWS's clients know.
 */
export function verify(request: RawRequest, keys: readonly AccessKey[], nowMs: number): AwsCaller {
  const headers = headersOf(request)
  const authorization = authorizationOf(headers.get('authorization'))
  checkForm(request, authorization, headers)
  checkDate(authorization, headers.get('x-amz-date')?.[0] ?? '', nowMs)
  const key = keys.find(({ accessKeyId }) => accessKeyId === authorization.accessKeyId)
  const due = signatureOf(request, authorization, key?.secretAccessKey ?? NOBODYS_SECRET)
  const isSame = timingSafeEqual(due, Buffer.from(authorization.signature, 'hex'))
  if (key === undefined) {
    throw new AwsError(
      'UnrecognizedClientException',
      `no access key ${authorization.accessKeyId} is known: offtrail access-key list prints those there are`,
    )
  }
  if (!isSame) {
    throw new AwsError(
      'InvalidSignatureException',
      'the signature does not match: the secret is another one, or the request was changed on its way',
    )
  }
  const { accessKeyId, mayWrite = false, accounts } = key
  const { signature, region } = authorization
  return { accessKeyId, signature, mayWrite, accounts, region }
}

function checkForm(
  { method, url, body }: RawRequest,
  { service, signedHeaders }: Authorization,
  headers: ReadonlyMap<string, readonly string[]>,
): void {
  if (method !== 'POST' || url.includes('?')) refuse('requests are POST, without a query')
  if (service !== SERVICE) refuse(`signed for ${service}, and this is ${SERVICE}`)
  checkSigned(signedHeaders, headers)
  const hash = headers.get('x-amz-content-sha256')?.[0]
  if (hash !== undefined && hash !== createHash('sha256').update(body).digest('hex')) {
    refuse('x-amz-content-sha256 is not that of the body')
  }
}

function checkSigned(
  names: readonly string[],
  headers: ReadonlyMap<string, readonly string[]>,
): void {
  const sorted = [...new Set(names)].sort()
  if (sorted.join() !== names.join()) refuse('SignedHeaders must be in order, each once')
  for (const [name, values] of headers) {
    if (values.length > 1 && ONCE.test(name)) refuse(`${name} came more than once`)
    if (name.startsWith('x-amz-') && !sorted.includes(name)) refuse(`${name} is not signed`)
  }
  for (const name of MUST_BE_SIGNED) {
    if (!sorted.includes(name)) refuse(`${name} is not signed`)
  }
  for (const name of sorted) if (!headers.has(name)) refuse(`${name} was signed and did not come`)
}

function checkDate({ day }: Authorization, date: string, nowMs: number): void {
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? []
  const [year = 0, month = 0, dayOfMonth = 0, hour = 0, minute = 0, second = 0] = parts.map(Number)
  const dateMs = Date.UTC(year, month - 1, dayOfMonth, hour, minute, second)
  const written = new Date(dateMs).toISOString().replace(/[-:]|\.000/g, '')
  if (parts.length !== 6 || written !== date) refuse('x-amz-date must be YYYYMMDDTHHMMSSZ')
  if (!date.startsWith(day)) refuse('the day of the credential is not that of x-amz-date')
  if (dateMs < nowMs - CLOCK_SKEW_MS) refuse(`Signature expired: ${date} is more than 5 min ago`)
  if (dateMs > nowMs + CLOCK_SKEW_MS) refuse(`Signature not yet current: ${date} is still to come`)
}

function refuse(why: string): never {
  throw new AwsError('InvalidSignatureException', why)
}
