import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request on its way. */
export interface PassingRequest {
  readonly method: string
  readonly url: string
  /** Operation of AWS's JSON protocol, `DeleteMessageBatch`; empty for S3. */
  readonly operation: string
  readonly body: string
}

/** What the one that asked gets: the answer, one to another address or none of the endpoint's, a status, a connection cut off at once or amid the answer. */
export type Fate =
  | 'answer'
  | { readonly url: string }
  | { readonly json: unknown }
  | 503
  | 500
  | 403
  | 'reset'
  | 'truncate'

/** A proxy before an endpoint; `fateOf` decides over each request, and may take its time. */
export async function faultProxy(
  upstreamPort: number,
  fateOf: (passing: PassingRequest) => Fate | Promise<Fate>,
) {
  const server = createServer((incoming, reply) => {
    void passOn(incoming, reply, upstreamPort, fateOf).catch(() => reply.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    async close(): Promise<void> {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function passOn(
  incoming: IncomingMessage,
  reply: ServerResponse,
  port: number,
  fateOf: (passing: PassingRequest) => Fate | Promise<Fate>,
): Promise<void> {
  const sent = await bytesOf(incoming)
  const { method = 'GET', url = '/', headers } = incoming
  const operation = String(headers['x-amz-target'] ?? '').replace(/^.*\./, '')
  const fate = await fateOf({ method, url, operation, body: sent.toString() })
  if (fate === 'reset') return void incoming.socket.destroy()
  if (typeof fate === 'number') return void reply.writeHead(fate).end()
  if (typeof fate === 'object' && 'json' in fate) {
    return void reply
      .writeHead(200, { 'content-type': 'application/x-amz-json-1.0' })
      .end(JSON.stringify(fate.json))
  }
  const path = typeof fate === 'object' ? fate.url : url
  const upstream = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ host: '127.0.0.1', port, method, path, headers }, resolve)
      .on('error', reject)
      .end(sent)
  })
  const answer = await bytesOf(upstream)
  reply.writeHead(upstream.statusCode ?? 500, {
    ...upstream.headers,
    ...(method === 'HEAD' ? {} : { 'content-length': answer.length }),
  })
  if (fate !== 'truncate' || answer.length < 2) return void reply.end(answer)
  reply.write(answer.subarray(0, answer.length >> 1), () => reply.destroy())
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
