import { describe, expect, it } from 'vitest'
import type { RawRequest } from '../../../../../../src/http/aws/sigv4/raw-request.ts'
import { verify } from '../../../../../../src/http/aws/sigv4/verify.ts'
import { captureKey, signedCaptures } from '../../../../../support/wire-captures.ts'

const MINUTE_MS = 60_000
const keys = [captureKey]

type Header = readonly [string, string]
const pairs = ({ rawHeaders }: RawRequest): Header[] =>
  rawHeaders.flatMap((name, at): Header[] =>
    at % 2 === 0 ? [[name, rawHeaders[at + 1] as string]] : [],
  )
const withHeaders = (request: RawRequest, headers: readonly Header[]): RawRequest => ({
  ...request,
  rawHeaders: headers.flat(),
})
/** The error's name, or what came of it. */
const outcome = (request: RawRequest, nowMs: number, known = keys): unknown => {
  try {
    return verify(request, known, nowMs)
  } catch (error) {
    return (error as Error).name
  }
}

describe('requests of real clients', () => {
  it('are there, of each client and operation', () => {
    expect(signedCaptures).toHaveLength(13)
  })

  it.each(signedCaptures)('lets $title in, as whom it was signed by', ({ request, atMs }) => {
    for (const skewMs of [-5 * MINUTE_MS, 0, 5 * MINUTE_MS]) {
      expect(verify(request, keys, atMs + skewMs)).toEqual({
        accessKeyId: 'AKIDEXAMPLE',
        signature: expect.stringMatching(/^[0-9a-f]{64}$/),
        mayWrite: false,
        accounts: ['123456789012'],
        region: 'us-east-1',
      })
    }
  })

  it.each(signedCaptures)('refuses $title with a clock six minutes off', ({ request, atMs }) => {
    for (const skewMs of [-6 * MINUTE_MS, 6 * MINUTE_MS]) {
      expect(outcome(request, atMs + skewMs)).toBe('InvalidSignatureException')
    }
  })

  it.each(signedCaptures)('refuses $title with another body, path, query or method', (capture) => {
    const { request, atMs } = capture
    const others: Partial<RawRequest>[] = [
      { body: Buffer.concat([request.body, Buffer.from(' ')]) },
      { url: `${request.url}other` },
      { url: `${request.url}?X-Amz-Credential=AKIDEXAMPLE` },
      { method: 'GET' },
    ]
    for (const other of others) {
      expect(outcome({ ...request, ...other }, atMs)).toBe('InvalidSignatureException')
    }
  })

  it.each(signedCaptures)(
    'refuses $title with a signed header lost, changed or doubled',
    (capture) => {
      const { request, atMs } = capture
      const headers = pairs(request)
      const [, authorization = ''] = headers.find(([name]) => /^authorization$/i.test(name)) ?? []
      const signed = /SignedHeaders=([^,]+)/.exec(authorization)?.[1]?.split(';') ?? []
      expect(signed.length).toBeGreaterThan(3)
      for (const name of signed) {
        const is = ([each]: Header): boolean => each.toLowerCase() === name
        const lost = headers.filter((header) => !is(header))
        const changed = headers.map(
          (header): Header => (is(header) ? [header[0], `${header[1]}x`] : header),
        )
        const doubled = headers.flatMap((header) => (is(header) ? [header, header] : [header]))
        for (const wrong of [lost, changed, doubled]) {
          expect(outcome(withHeaders(request, wrong), atMs)).toBe('InvalidSignatureException')
        }
      }
    },
  )

  it.each(signedCaptures)('refuses $title with an x-amz header that nobody signed', (capture) => {
    const { request, atMs } = capture
    const more = [...pairs(request), ['X-Amz-Security-Token', 'token'] as const]
    expect(outcome(withHeaders(request, more), atMs)).toBe('InvalidSignatureException')
  })
})

describe('credentials', () => {
  const [{ request, atMs }] = signedCaptures as [(typeof signedCaptures)[0]]
  const authorized = (change: (header: string) => string): RawRequest =>
    withHeaders(
      request,
      pairs(request).map(
        ([name, value]): Header =>
          /^authorization$/i.test(name) ? [name, change(value)] : [name, value],
      ),
    )

  it('of a wrong secret or an unknown key are told apart', () => {
    const other = [{ ...captureKey, secretAccessKey: `${captureKey.secretAccessKey}x` }]
    expect(outcome(request, atMs, other)).toBe('InvalidSignatureException')
    expect(outcome(request, atMs, [])).toBe('UnrecognizedClientException')
  })

  it('are missed where none come', () => {
    const none = pairs(request).filter(([name]) => !/^authorization$/i.test(name))
    expect(outcome(withHeaders(request, none), atMs)).toBe('MissingAuthenticationTokenException')
  })

  it.each([
    ['another algorithm', (header: string) => header.replace('AWS4-HMAC-SHA256', 'AWS4-ECDSA')],
    ['a short signature', (header: string) => header.slice(0, -1)],
    ['no signature', (header: string) => header.replace(/Signature=.*/, '')],
    ['more behind it', (header: string) => `${header}, more`],
    ['a scope that ends otherwise', (header: string) => header.replace('aws4_request', 'aws5')],
  ])('with %s are incomplete', (_what, change) => {
    expect(outcome(authorized(change), atMs)).toBe('IncompleteSignatureException')
  })

  it.each([
    ['day', (header: string) => header.replace('/20261122/', '/20261121/')],
    ['Region', (header: string) => header.replace('/us-east-1/', '/eu-west-1/')],
    ['service', (header: string) => header.replace('/cloudtrail/', '/s3/')],
    [
      'order of headers',
      (header: string) => header.replace('content-type;host', 'host;content-type'),
    ],
    ['target', (header: string) => header.replace(';x-amz-target', '')],
    ['signature', (header: string) => header.replace(/.$/, (end) => (end === '0' ? '1' : '0'))],
  ])('of another %s are not the ones', (_what, change) => {
    expect(outcome(authorized(change), atMs)).toBe('InvalidSignatureException')
  })
})
