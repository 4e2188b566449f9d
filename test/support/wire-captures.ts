import { readFileSync } from 'node:fs'
import type { AccessKey } from '../../src/base/access-key.ts'
import type { RawRequest } from '../../src/http/aws/sigv4/raw-request.ts'

interface Captures {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly requests: readonly {
    readonly client: string
    readonly operation: string
    readonly method: string
    readonly url: string
    readonly headers: readonly (readonly [string, string])[]
    readonly body: string
  }[]
}

const captures: Captures = JSON.parse(
  readFileSync(new URL('../fixtures/sigv4/wire-captures.json', import.meta.url), 'utf8'),
)

/** A request that a client of AWS sent, with what it was. */
export interface Capture {
  readonly title: string
  readonly operation: string
  readonly request: RawRequest
  /** When it was signed, epoch milliseconds. */
  readonly atMs: number
}

/** The key that they were signed with. */
export const captureKey: AccessKey = {
  accessKeyId: captures.accessKeyId,
  secretAccessKey: captures.secretAccessKey,
  accounts: ['123456789012'],
  createdTime: '2026-01-01T00:00:00Z',
}

/** Those that were signed. */
export const signedCaptures: readonly Capture[] = captures.requests
  .filter(({ headers }) => headers.some(([name]) => name.toLowerCase() === 'authorization'))
  .map(({ client, operation, method, url, headers, body }) => ({
    title: `${operation} of ${client}`,
    operation,
    request: { method, url, rawHeaders: headers.flat(), body: Buffer.from(body) },
    atMs: dateOf(headers),
  }))

function dateOf(headers: Captures['requests'][0]['headers']): number {
  const [, text = ''] = headers.find(([name]) => name.toLowerCase() === 'x-amz-date') ?? []
  return Date.parse(text.replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/, '$1-$2-$3T$4:$5:$6Z'))
}
