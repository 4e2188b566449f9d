import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import { type ClientRequest, type IncomingMessage, request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
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

export interface PostAnswer {
  readonly status: number
  /** The first 64 KB at most. */
  readonly text: string
  /** What `Retry-After` asks for, milliseconds. */
  readonly retryAfterMs: number
}

const TIMEOUT_MS = 5000
const MOST_ANSWER_BYTES = 64 * 1024
const PRIVATE_HINT = 'allowPrivate: true lets it'

/**
 * Posts a body, once, and follows nowhere. The name is resolved once; every address it has must be allowed, and the connection goes to
 * those addresses, so that a name which changes in between leads nowhere else. Throws `SinkFailure` where the URL must not be asked
 * (`place`) or nobody answers in time (`passing`); any answer with a status is an answer.
 */
export async function post(
  url: string,
  sent: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
  { allowHttp, allowPrivate, resolve = everyAddress, ...wire }: Reach & Wire = {},
): Promise<PostAnswer> {
  const { timeoutMs = TIMEOUT_MS } = wire
  const target = checkedUrl(url, { allowHttp: allowHttp === true })
  const deadline = AbortSignal.timeout(timeoutMs)
  try {
    const host = target.hostname.replace(/^\[|\]$/g, '')
    const addresses = await inTime(addressesOf(host, resolve), deadline)
    refuseInside(host, addresses, { allowPrivate: allowPrivate === true })
    const open = target.protocol === 'http:' ? plainRequest : secureRequest
    const request = open(target, {
      ...{ method: 'POST', agent: false, signal: deadline, lookup: pinned(addresses) },
      ...(wire.ca === undefined ? {} : { ca: wire.ca }),
      headers: { ...sent.headers, 'content-length': String(Buffer.byteLength(sent.body)) },
    })
    return await answerTo(request, sent.body)
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

/** A resolver that knows these addresses alone. */
function pinned(addresses: readonly LookupAddress[]): LookupFunction {
  return (_host, { all }, done) => {
    const [first = { address: '', family: 4 }] = addresses
    if (all === true) done(null, [...addresses])
    else done(null, first.address, first.family)
  }
}

function answerTo(request: ClientRequest, body: string): Promise<PostAnswer> {
  return new Promise((resolve, reject) => {
    request.on('error', reject)
    request.once('response', (response) => {
      headOf(response).then((text) => {
        const { statusCode: status = 0, headers } = response
        const seconds = Number(headers['retry-after'])
        resolve({ status, text, retryAfterMs: seconds > 0 ? seconds * 1000 : 0 })
        request.destroy()
      }, reject)
    })
    request.end(body)
  })
}

/** The beginning of an answer; the rest is left on the wire. */
async function headOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response) {
    chunks.push(chunk)
    size += chunk.length
    if (size >= MOST_ANSWER_BYTES) break
  }
  return Buffer.concat(chunks).subarray(0, MOST_ANSWER_BYTES).toString()
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
