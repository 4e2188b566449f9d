import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { SinkWorld } from '../../src/sink/sink-world.ts'
import type { Wire } from '../../src/sink/web/reach.ts'

/** One request that came in. */
export interface Received {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** What it answers; null: nothing, ever. */
export type Reply = null | {
  readonly status?: number
  readonly headers?: Record<string, string>
  readonly body?: string
}

export interface Receiver {
  readonly url: string
  readonly received: readonly Received[]
  /** Connections that were opened, whatever came over them. */
  connections(): number
  close(): Promise<void>
}

/** A web server on loopback that keeps what it is sent; gone after the test. With a key it speaks TLS. */
export async function receiver(
  reply: (request: Received, count: number) => Reply = () => ({}),
  tls?: { readonly key: string; readonly cert: string },
): Promise<Receiver> {
  const received: Received[] = []
  const server: Server =
    tls === undefined ? createServer() : (createSecureServer(tls) as unknown as Server)
  let opened = 0
  server.on('connection', () => {
    opened += 1
  })
  server.on('request', async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { url: path = '', headers } = request
    const one = { path, headers, body: Buffer.concat(chunks).toString() }
    received.push(one)
    const answer = reply(one, received.length)
    if (answer === null) return
    response.writeHead(answer.status ?? 200, answer.headers).end(answer.body ?? '')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = async () => {
    if (!server.listening) return
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  }
  onTestFinished(close)
  const { port } = server.address() as AddressInfo
  const scheme = tls === undefined ? 'http' : 'https'
  return { url: `${scheme}://127.0.0.1:${port}`, received, connections: () => opened, close }
}

/** A world whose secrets are these, by variable. */
export function aWorld(
  secrets: Readonly<Record<string, string>> = {},
  wire: Wire & { readonly now?: () => number } = {},
): SinkWorld {
  return { now: () => 1000, ...wire, secretAt: ({ env = '' }) => secrets[env] ?? '' }
}

/** What lets sinks reach a receiver. */
export const LOCAL = { allowHttp: true, allowPrivate: true } as const
