import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { HttpApp } from './http-types.ts'
import { REQUEST_LIMITS } from './limits.ts'

/**
 * Lets `close()` end: connections on which nothing is being answered are hung up at once, the others when they are answered, or
 * when no answer can take longer. Node closes those alone that have had an answer, and no longer counts how slowly a
 * request comes. Comes before any other hook.
 */
export function hangUpOnClose(app: HttpApp): void {
  const connections = new Set<Socket>()
  const answers = new Set<ServerResponse>()
  app.server.on('connection', (socket) => {
    connections.add(socket)
    socket.once('close', () => connections.delete(socket))
  })
  app.server.on('request', (_request, response) => {
    answers.add(response)
    response.once('close', () => answers.delete(response))
  })
  // Where a connection breaks, Fastify lets the clock of the answer run on, and with it the process.
  app.addHook('onRequest', async (_request, reply) => {
    reply.raw.once('close', () => reply.hijack())
  })
  app.addHook('preClose', async () => {
    const asked = () => [...answers].filter(({ req }) => req.complete)
    const isAnswered = (socket: Socket) => asked().some(({ req }) => req.socket === socket)
    for (const socket of connections) if (!isAnswered(socket)) socket.destroy()
    for (const answer of asked()) {
      const { socket } = answer.req
      answer.once('close', () => {
        if (!isAnswered(socket)) socket.destroySoon()
      })
    }
    setTimeout(() => app.server.closeAllConnections(), REQUEST_LIMITS.handlerTimeout).unref()
  })
}
