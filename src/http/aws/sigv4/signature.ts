import { createHash, createHmac } from 'node:crypto'
import type { Authorization } from './authorization.ts'
import { headersOf, type RawRequest } from './raw-request.ts'

/**
 * The signature a request must carry, as bytes: HMAC-SHA-256 over the canonical request (AWS, "Create a signed request",
 * Signature Version 4). Headers that were signed and did not come count as empty.
 */
export function signatureOf(
  request: RawRequest,
  { day, region, service, signedHeaders }: Omit<Authorization, 'accessKeyId' | 'signature'>,
  secret: string,
): Buffer {
  const date = headersOf(request).get('x-amz-date')?.[0] ?? ''
  const scope = `${day}/${region}/${service}/aws4_request`
  const hash = sha256(canonicalRequest(request, signedHeaders))
  const text = ['AWS4-HMAC-SHA256', date, scope, hash].join('\n')
  const key = [day, region, service, 'aws4_request'].reduce<Buffer | string>(
    (made, part) => hmac(made, part),
    `AWS4${secret}`,
  )
  return hmac(key, text)
}

/** The request in the one form that client and server agree on. */
export function canonicalRequest(request: RawRequest, signedHeaders: readonly string[]): string {
  const headers = headersOf(request)
  const [path = '/', query = ''] = request.url.split(/\?(.*)/s, 2)
  return [
    request.method,
    canonicalPath(path),
    canonicalQuery(query),
    ...signedHeaders.map((name) => `${name}:${(headers.get(name) ?? []).map(tidy).join(',')}`),
    '',
    signedHeaders.join(';'),
    sha256(request.body),
  ].join('\n')
}

/** Dots and double slashes are gone (RFC 3986), and each segment, encoded as it came, is encoded once more. */
function canonicalPath(path: string): string {
  const segments: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop()
    else if (segment !== '' && segment !== '.') segments.push(encode(segment))
  }
  const end = segments.length > 0 && /\/(\.{0,2})?$/.test(path) ? '/' : ''
  return `/${segments.join('/')}${end}`
}

/** Names and values in the order of their code points. */
function canonicalQuery(query: string): string {
  if (query === '') return ''
  const pairs = query.split('&').map((pair) => {
    const [name = '', value = ''] = pair.split(/=(.*)/s, 2)
    return [encode(decode(name)), encode(decode(value))] as const
  })
  return pairs
    .sort(([a, one], [b, other]) => (a < b || (a === b && one < other) ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

function tidy(value: string): string {
  return value.trim().replace(/ +/g, ' ')
}

/** Percent-encoding of everything but unreserved characters. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function sha256(data: Buffer | string): string {
  return createHash('sha256').update(data).digest('hex')
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
