import { createHash } from 'node:crypto'
import type { HttpApp } from './http-types.ts'

/**
 * Names each answer's content by an `ETag`, and leaves out content that the client has already (`If-None-Match`, RFC 9110
 * §13.1.2): a page that asks again and again costs little. Comes behind whatever changes answers.
 */
export function addConditional(app: HttpApp): void {
  app.addHook('onSend', async (request, reply, payload) => {
    if (reply.statusCode !== 200 || (request.method !== 'GET' && request.method !== 'HEAD')) {
      return payload
    }
    if (typeof payload !== 'string') return payload
    const etag = String(reply.getHeader('etag') ?? tagOf(payload))
    reply.header('etag', etag)
    if (!isKnown(request.headers['if-none-match'], etag)) return payload
    reply.code(304).removeHeader('content-length')
    return ''
  })
}

function tagOf(payload: string): string {
  return `"${createHash('sha1').update(payload).digest('base64url')}"`
}

function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false
  const known = ifNoneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return known.includes(etag) || known.includes('*')
}
