import type { LookupAddress } from 'node:dns'
import { once } from 'node:events'
import { type ClientRequest, type IncomingMessage, request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { connect, type LookupFunction } from 'node:net'
import { type Reach, reached, type Wire } from './reach.ts'

export interface PostAnswer {
  readonly status: number
  /** The first 64 KB at most. */
  readonly text: string
  /** What `Retry-After` asks for, milliseconds. */
  readonly retryAfterMs: number
}

const MOST_ANSWER_BYTES = 64 * 1024

/**
 * Posts a body, once, and follows nowhere. The name is resolved once; every address it has must be allowed, and the connection goes to
 * those addresses, so that a name which changes in between leads nowhere else. Throws `SinkFailure` where the URL must not be asked
 * (`place`) or nobody answers in time (`passing`); any answer with a status is an answer.
 */
export async function post(
  url: string,
  sent: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
  wire: Reach & Wire = {},
): Promise<PostAnswer> {
  return reached(url, wire, async (target, addresses, signal) => {
    const open = target.protocol === 'http:' ? plainRequest : secureRequest
    const request = open(target, {
      ...{ method: 'POST', agent: false, signal, lookup: pinned(addresses) },
      ...(wire.ca === undefined ? {} : { ca: wire.ca }),
      headers: { ...sent.headers, 'content-length': String(Buffer.byteLength(sent.body)) },
    })
    return answerTo(request, sent.body)
  })
}

/**
 * Opens a connection as for a post, sends nothing, and closes it: answers the host. Throws as `post` does. Certificates are not looked at.
 */
export async function knock(url: string, wire: Reach & Wire = {}): Promise<string> {
  return reached(url, wire, async ({ host, hostname, port, protocol }, addresses, signal) => {
    const standard = protocol === 'http:' ? 80 : 443
    const socket = connect({
      ...{ host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? standard : Number(port) },
      ...{ signal, lookup: pinned(addresses) },
    })
    await once(socket, 'connect').finally(() => socket.destroy())
    return host
  })
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
