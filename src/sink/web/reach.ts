import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { SinkFailure } from '../sink.ts'
import { reachOf } from './address.ts'

/** Where a post may go. */
export interface Reach {
  readonly allowHttp?: boolean
  readonly allowPrivate?: boolean
}

/** How the world is asked; left out: the system's resolver and certificates. */
export interface Wire {
  readonly resolve?: (host: string) => Promise<readonly LookupAddress[]>
  /** Certificates that are trusted, PEM. */
  readonly ca?: string
  /** For name, connection, and answer together, milliseconds. */
  readonly timeoutMs?: number
}

const TIMEOUT_MS = 5000
const PRIVATE_HINT = 'allowPrivate: true lets it'

/**
 * Has something done with a URL and the addresses that its name has, resolved once. Throws `SinkFailure` where one of them must not be
 * asked (`place`), or it is not done in time (`passing`).
 */
export async function reached<Answer>(
  url: string,
  { allowHttp, allowPrivate, resolve = everyAddress, timeoutMs = TIMEOUT_MS }: Reach & Wire,
  ask: (target: URL, addresses: readonly LookupAddress[], signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  const target = checkedUrl(url, { allowHttp: allowHttp === true })
  const deadline = AbortSignal.timeout(timeoutMs)
  try {
    const host = target.hostname.replace(/^\[|\]$/g, '')
    const addresses = await inTime(addressesOf(host, resolve), deadline)
    refuseInside(host, addresses, { allowPrivate: allowPrivate === true })
    return await ask(target, addresses, deadline)
  } catch (error) {
    if (error instanceof SinkFailure) throw error
    const reason = deadline.aborted ? `no answer within ${timeoutMs / 1000} s` : wordsOf(error)
    throw new SinkFailure('passing', `${target.host}: ${reason}`, { cause: error })
  }
}

/** Throws where a URL is none that may be posted to. Its text stays out of the words: it may hold a secret. */
function checkedUrl(text: string, { allowHttp }: { readonly allowHttp: boolean }): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new SinkFailure('place', 'the URL is none: write https://HOST/PATH')
  }
  if (url.protocol === 'http:' && !allowHttp) {
    throw new SinkFailure('place', `${url.host}: not over plain HTTP; allowHttp: true lets it`)
  }
  if (url.username !== '' || url.password !== '') {
    throw new SinkFailure('place', `${url.host}: a URL with a user name or password is not asked`)
  }
  return url
}

const everyAddress = (host: string): Promise<readonly LookupAddress[]> =>
  lookup(host, { all: true, verbatim: true })

async function addressesOf(
  host: string,
  resolve: NonNullable<Wire['resolve']>,
): Promise<readonly LookupAddress[]> {
  const family = isIP(host)
  return family === 0 ? resolve(host) : [{ address: host, family }]
}

function refuseInside(
  host: string,
  addresses: readonly LookupAddress[],
  { allowPrivate }: { readonly allowPrivate: boolean },
): void {
  if (addresses.length === 0) throw new SinkFailure('passing', `${host}: it has no address`)
  for (const { address } of addresses) {
    const reach = reachOf(address)
    if (reach === 'public' || (reach === 'private' && allowPrivate)) continue
    const hint = reach === 'private' ? `; ${PRIVATE_HINT}` : ''
    const where = address === host ? address : `${host} is ${address}, which`
    throw new SinkFailure('place', `${where} is not a public address${hint}`)
  }
}

function inTime<Answer>(work: Promise<Answer>, deadline: AbortSignal): Promise<Answer> {
  const late = new Promise<never>((_, reject) => {
    deadline.addEventListener('abort', () => reject(deadline.reason), { once: true })
  })
  return Promise.race([work, late])
}

function wordsOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  return message === '' ? (code ?? 'no connection') : message
}
